package passage

import (
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// worded reads the markers that begin with a Chinese character.
func worded(s string, r rune) Marker {
	switch r {
	case '第':
		return ordinal(s)
	case '首', '其', '再', '最':
		if m := fixed(s, "再一方面", OneSide, 3); m.Len > 0 {
			return m
		}
		return sequence(s)
	case '另':
		if m := fixed(s, "另一方面", OneSide, 2); m.Len > 0 {
			return m
		}
		if strings.HasPrefix(s, "另一个是") {
			return Marker{Style: OneSide, Num: 2, Depth: 1, Len: len("另一个是")}
		}
		return Marker{}
	case '问', '措', '举', '建', '对', '针', '整', '改', '不', '困':
		return topic(s)
	}
	if i := strings.IndexRune(stems, r); i >= 0 {
		if n := separators(s[3:]); n > 0 && s[3] != ',' {
			return Marker{Style: Stem, Num: i/3 + 1, Len: 3 + n}
		}
		return Marker{}
	}
	v, n := hanNumber(s)
	if n == 0 {
		return Marker{}
	}
	rest := s[n:]
	switch {
	case counts(rest):
		return Marker{}
	case strings.HasPrefix(rest, "、"), strings.HasPrefix(rest, "."), strings.HasPrefix(rest, "．"):
		return Marker{Style: Han, Num: v, Len: n + separators(rest)}
	case strings.HasPrefix(rest, ")"):
		return Marker{Style: HanParen, Num: v, Len: n + 1 + separators(rest[1:])}
	case strings.HasPrefix(rest, "是"), strings.HasPrefix(rest, "要"):
		return Marker{Style: Yishi, Num: v, Len: n + 3 + separators(rest[3:])}
	case strings.HasPrefix(rest, "方面") && v == 1:
		return Marker{Style: OneSide, Num: 1, Len: n + 6 + separators(rest[6:])}
	case strings.HasPrefix(rest, "个是") && v == 1:
		return Marker{Style: OneSide, Num: 1, Depth: 1, Len: n + 6}
	case strings.HasPrefix(rest, "则") && v < 5 && !zh.HasAnyPrefix(rest[len("则"):], []string{"消息", "新闻", "信息", "公告", "通知", "案例"}):
		return Marker{Style: Qiyi, Num: v, Depth: 2, Len: n + len("则") + separators(rest[len("则"):])}
	case strings.HasPrefix(rest, "来") && v < 4 && !strings.HasPrefix(rest, "来二去"):
		return Marker{Style: Qiyi, Num: v, Depth: 1, Len: n + 3 + separators(rest[3:])}
	}
	return Marker{}
}

const stems = "甲乙丙丁戊己庚辛"

// ordinal reads 第一部分 第二章 and 第一, at the start of s.
func ordinal(s string) Marker {
	v, n := hanNumber(s[3:])
	if n == 0 {
		v, n = smallNumber(s[3:])
	}
	if n == 0 {
		return Marker{}
	}
	n += 3
	rest := s[n:]
	for _, w := range []string{"部分", "章", "篇"} {
		if strings.HasPrefix(rest, w) {
			n += len(w)
			if strings.HasPrefix(s[n:], ":") {
				n++
			}
			return Marker{Style: Part, Num: v, Len: n + separators(s[n:])}
		}
	}
	if strings.HasPrefix(rest, "节") && !lessons(rest[len("节"):]) {
		n += len("节")
		return Marker{Style: Part, Num: v, Depth: 1, Len: n + separators(s[n:])}
	}
	if k := counted(rest); k > 0 && strings.HasPrefix(rest[k:], "是") {
		return Marker{Style: Diyi, Num: v, Len: n + k + len("是") + separators(rest[k+len("是"):])}
	} else if k > 0 {
		n, rest = n+k, rest[k:]
	}
	for _, w := range []string{"是", ":", ",", "、", "点,", "点:", "点是"} {
		if strings.HasPrefix(rest, w) && !counts(rest) {
			n += len(w)
			return Marker{Style: Diyi, Num: v, Len: n + separators(s[n:])}
		}
	}
	return Marker{}
}

// counted returns the length of what a list counts by name at the start of s,
// behind an ordinal: 个问题, 条措施, 个方面; 0 for anything else.
func counted(s string) int {
	n := 0
	for _, w := range []string{"个", "条", "项", "步"} {
		if strings.HasPrefix(s, w) {
			n = len(w)
		}
	}
	if n == 0 {
		return 0
	}
	for _, w := range []string{"问题", "不足", "困难", "措施", "举措", "建议", "对策", "原因", "方面"} {
		if strings.HasPrefix(s[n:], w) {
			return n + len(w)
		}
	}
	return n
}

// lessons reports whether s, behind 节, makes it anything but a part of a text:
// 第一节课, 第二节约谈会.
func lessons(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || strings.ContainsRune("课约能省目假点气车的,。", r)
}

// counts reports whether s goes on an enumeration within a sentence, as in
// 一、二级指标 and 第一、二季度.
func counts(s string) bool {
	s, ok := strings.CutPrefix(s, "、")
	if !ok {
		return false
	}
	_, n := hanNumber(s)
	if n == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[n:])
	return strings.ContainsRune("级季类期批线层次、年月", r)
}

// sequence reads 首先 其次 再次 最后 and 其一 其二 at the start of s.
func sequence(s string) Marker {
	for i, w := range []string{"首先", "其次", "再次", "最后"} {
		if m := fixed(s, w, Firstly, i+1); m.Len > 0 {
			return m
		}
	}
	if strings.HasPrefix(s, "其") {
		if v, n := hanNumber(s[3:]); n > 0 {
			return fixed(s, s[:3+n], Qiyi, v)
		}
	}
	return Marker{}
}

// fixed reads the word w with the comma, colon or 是 after it; without one of
// them the word is part of a sentence.
func fixed(s, w string, style Style, num int) Marker {
	if !strings.HasPrefix(s, w) {
		return Marker{}
	}
	rest := s[len(w):]
	for _, sep := range []string{"是", ",", ":", "、"} {
		if strings.HasPrefix(rest, sep) {
			n := len(w) + len(sep)
			return Marker{Style: style, Num: num, Len: n + separators(s[n:])}
		}
	}
	if style == OneSide {
		return Marker{Style: style, Num: num, Len: len(w)}
	}
	return Marker{}
}

// Topics are the words that head a numbered item, as 问题一: and 措施2:.
var topics = zh.NewWords("问题", "整改措施", "改进措施", "措施", "举措", "建议", "对策", "不足", "困难")

func topic(s string) Marker {
	if n := asked(s); n > 0 {
		return Marker{Style: Asked, Len: n}
	}
	word, v, n := topicNumber(s)
	if n == 0 {
		word, v, n = topicAnswered(s)
	}
	if n == 0 {
		return Marker{}
	}
	sep := separators(s[n:])
	switch {
	case strings.HasPrefix(s[n:], ":"):
		sep = 1
	case strings.HasPrefix(s[n:], "—"):
		sep = len(s[n:]) - len(strings.TrimLeft(s[n:], "—"))
	}
	if sep == 0 {
		return Marker{}
	}
	return Marker{Style: Topic, Num: v, Topic: word, Len: n + sep}
}

// BareTopic returns the marker that s begins with if nothing parts it from its
// words: 问题一预算不细, where only a space stood. Whether it is one its
// neighbours must tell: 问题一直存在 begins alike.
func BareTopic(s string) Marker {
	word, v, n := topicNumber(s)
	if n == 0 || n == len(s) || topic(s).Len > 0 || zh.HasAnyPrefix(s[n:], []string{"是", "方面", "些", "条", "直", "般", "定", "再", "时", "样", "部", "旦", "起", "律", "系列", "并", "次", "度", "大"}) || startsMeasured(s[n:]) {
		return Marker{}
	}
	return Marker{Style: Topic, Num: v, Topic: word, Len: n}
}

// asked returns the length of 问: or Q: at the start of s, which a number can be
// part of: 问3:, Q1.; 0 if a question does not begin there.
func asked(s string) int {
	rest, ok := strings.CutPrefix(s, "问")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "Q"); !ok {
			return 0
		}
	}
	_, n := anyNumber(rest)
	if !strings.HasPrefix(rest[n:], ":") && (n == 0 || separators(rest[n:]) == 0 || !strings.Contains(rest, "?")) {
		return 0
	}
	return len(s) - len(rest) + n + max(1, separators(rest[n:]))
}

// topicAnswered reads 针对问题一, behind which stands what is done about it.
func topicAnswered(s string) (word string, v, n int) {
	for _, w := range []string{"针对", "对应", "对于", "对"} {
		if rest, ok := strings.CutPrefix(s, w); ok && strings.HasPrefix(rest, "问题") {
			_, v, n = topicNumber(rest)
			if n == 0 {
				return "", 0, 0
			}
			return "措施", v, len(w) + n
		}
	}
	return "", 0, 0
}

// startsMeasured reports whether s begins with a measure word, and no word that
// begins alike: 项 but not 项目.
func startsMeasured(s string) bool {
	return zh.HasAnyPrefix(s, []string{"个", "项"}) && !zh.HasAnyPrefix(s, notMeasures)
}

// topicNumber reads one of topics and its number at the start of s and returns
// the bytes they take up; 0 if there is none.
func topicNumber(s string) (word string, v, n int) {
	word = topics.Before(s)
	if word == "" {
		return "", 0, 0
	}
	n = len(word)
	if strings.HasPrefix(s[n:], "之") {
		n += len("之")
	} else if word == "不足" || word == "困难" {
		return "", 0, 0 // 不足一半
	}
	open := strings.HasPrefix(s[n:], "(")
	if open {
		n++
	}
	v, k := anyNumber(s[n:])
	if k == 0 {
		return "", 0, 0
	}
	n += k
	if open && strings.HasPrefix(s[n:], ")") {
		n++
	}
	return word, v, n
}

// anyNumber reads 一, 1 or ① at the start of s.
func anyNumber(s string) (v, n int) {
	if v, n = hanNumber(s); n > 0 {
		return v, n
	}
	if v, n = smallNumber(s); n > 0 {
		return v, n
	}
	r, k := zh.Next(s, 0)
	if v, style := circled(r); k > 1 && style == Circled {
		return v, k
	}
	return 0, 0
}

// enclosedTopic reads (问题一) and [措施①], and [问题] that is not counted, at the
// start of s.
func enclosedTopic(s string) Marker {
	shut := byte(')')
	if s[0] == '[' {
		shut = ']'
	}
	word, v, n := topicNumber(s[1:])
	if n == 0 && shut == ']' && s[len(s)-1] != ']' { // alone on its line it is a title
		word = topics.Before(s[1:])
		n = len(word)
	}
	if n++; n == 1 || n >= len(s) || s[n] != shut {
		return Marker{}
	}
	n++
	if n < len(s) && s[n] == ':' {
		n++
	}
	return Marker{Style: Topic, Num: v, Topic: word, Len: n + separators(s[n:])}
}

// hanNumber reads a number from 一 to 九十九 and returns the bytes it takes up.
func hanNumber(s string) (v, n int) {
	tens := false
	for n < len(s) && n < 9 {
		r, k := zh.Next(s, n)
		d := hanValues.Get(r)
		if d == 0 {
			break
		}
		switch {
		case d == 10 && tens, d < 10 && v%10 != 0:
			return 0, 0 // 一二 and 十十 are no numbers
		case d == 10:
			v, tens = max(v, 1)*10, true
		default:
			v += d
		}
		n += k
	}
	return v, n
}

// hanDigits are the digits from one to ten, as written in sentences and as in
// deeds.
const hanDigits = "一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾"

var hanDigitSet = zh.NewRuneSet(hanDigits)

// hanValues has what each of hanDigits counts.
var hanValues = func() (m zh.RuneMap[int]) {
	for i, r := range hanDigits {
		m.Set(r, i/len("一")%10+1)
	}
	return m
}()
