package field

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// A mark is the marker of an item, found in a stream.
type mark struct {
	passage.Marker
	at, end int  // in the stream's text
	first   bool // it begins a line
}

// hardEnd parts the lines of a stream. A paragraph that was torn, by a page's
// end for example, goes on without one.
const hardEnd = '\n'

// marks returns the markers in text. A marker begins a line or stands after
// the end of a clause; circled figures and 一是 may stand anywhere.
func marks(text string) []mark {
	var out []mark
	bare := bareMarks(text)
	prev := rune(hardEnd)
	for i := 0; i < len(text); {
		if len(bare) > 0 && bare[0].at == i {
			out = append(out, bare[0])
			i, bare, prev = bare[0].end, bare[1:], ':'
			continue
		}
		r, n := zh.Next(text, i)
		if pageDashes.Has(prev) {
			prev = beforePageMark(text[:i], prev)
		}
		if leads.Has(r) && mayStand(r, prev) {
			m := passage.LeadingMarker(text[i:lineEnd(text, i)])
			if m.Style != passage.NoStyle && (placed(m, prev, text[:i]) || jammedIn(m, text, i, prev, out)) {
				out = append(out, mark{Marker: m, at: i, end: i + m.Len, first: prev == hardEnd})
				i += m.Len
				prev = ':'
				continue
			}
		}
		prev = r
		i += n
		next := leads.Next(text, i)
		if len(bare) > 0 && bare[0].at >= i {
			next = min(next, bare[0].at)
		}
		if next > i {
			i = next
			prev, _ = zh.Last(text[:i])
		}
	}
	return out
}

// beforePageMark returns what stands before the page number that s ends with, prev if
// it ends with none: 影响深度。—2—3.材料不全.
func beforePageMark(s string, prev rune) rune {
	head := pageDashes.TrimRight(strings.TrimRight(pageDashes.TrimRight(s), "0123456789"))
	if head == "" || pageMark(s[len(head):]) != len(s)-len(head) {
		return prev
	}
	r, _ := zh.Last(head)
	return r
}

// bareMarks returns the markers at the starts of lines that nothing parts from
// their words, in order.
func bareMarks(text string) []mark {
	numbers, topics := bareNumbers(text), bareTopics(text)
	if len(topics) == 0 {
		return numbers
	}
	out := append(numbers, topics...)
	slices.SortFunc(out, func(a, b mark) int { return cmp.Compare(a.at, b.at) })
	return out
}

// bareTopics returns markers such as 问题一 at the starts of lines, right before
// their words, if they count from one to two at least without a gap; what the
// text begins with need not count.
func bareTopics(text string) []mark {
	var out []mark
	count := make(map[string]int, 2)
	for i := 0; i < len(text); {
		if r, _ := utf8.DecodeRuneInString(text[i:]); strings.ContainsRune("问措举建对整改", r) {
			if m := passage.BareTopic(text[i:lineEnd(text, i)]); m.Num > 0 && (m.Num == count[m.Topic]+1 || i == 0) {
				count[m.Topic] = m.Num
				out = append(out, mark{Marker: m, at: i, end: i + m.Len, first: true})
			}
		}
		k := strings.IndexByte(text[i:], hardEnd)
		if k < 0 {
			break
		}
		i += k + 1
	}
	return slices.DeleteFunc(out, func(m mark) bool { return m.at > 0 && count[m.Topic] < 2 })
}

// bareNumbers returns the numbers at the starts of lines that stand right before
// their words, 1预算不细, if they count from one to two at least without a gap: a
// single one is a quantity.
func bareNumbers(text string) []mark {
	var out []mark
	for i := 0; i < len(text); {
		end := len(text)
		if k := strings.IndexByte(text[i:], hardEnd); k >= 0 {
			end = i + k
		}
		if n := bareNumber(text[i:end]); n > 0 && n == len(out)+1 {
			m := passage.Marker{Style: passage.Number, Num: n, Len: len(strconv.Itoa(n))}
			out = append(out, mark{Marker: m, at: i, end: i + m.Len, first: true})
		}
		i = end + 1
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// bareNumber returns the number of one or two figures that line begins with if
// words follow that it does not count.
func bareNumber(line string) int {
	n := 0
	for n < len(line) && n < 3 && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	if n == 0 || n > 2 || n >= len(line) || line[n] < 0x80 || line[0] == '0' {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(line[n:])
	counted := strings.ContainsRune("个年月日人名万亿元项次度号条类级岁时分秒天户亩公千百件台辆家所座处期批种位份成至", r) && !zh.HasAnyPrefix(line[n:], notCounted)
	if r < 0x4e00 || r > 0x9fff || counted {
		return 0
	}
	v, err := strconv.Atoi(line[:n])
	if err != nil {
		return 0
	}
	return v
}

// notCounted begin with a measure word's character and are none.
var notCounted = []string{"项目", "台账", "个别", "人员", "人才", "人手", "人力", "人岗", "年初", "年度", "年中", "年末", "次年", "名称", "条件", "处理", "处置", "所属", "批复", "公共", "公用", "公务", "分配", "分工", "分类",
	"时效", "时间", "家庭", "成本", "成果", "位置", "日常", "万一"}

// leads are the characters that a marker can begin with. A > within a text is a
// sign of comparison.
var leads = func() *zh.RuneSet {
	set := new(zh.RuneSet)
	for r := range rune(1 << 16) {
		if r != '>' && passage.MayLead(r) {
			set.Add(r)
		}
	}
	return set
}()

// clauseLeads are those of them that begin markers only at the start of a clause,
// beforeClauses what a clause begins behind.
var (
	clauseLeads   = zh.NewRuneSet("第首其再最另问措举建对针整改不困")
	beforeClauses = zh.NewRuneSet("\n。;:!?|,")
)

// mayStand is a cheap look before LeadingMarker: what placed and jammedIn say by
// the characters alone. Within a clause one of two is Chinese, a word or a figure.
func mayStand(r, prev rune) bool {
	return beforeClauses.Has(prev) || !clauseLeads.Has(r) && (r >= utf8.RuneSelf || prev >= utf8.RuneSelf)
}

func lineEnd(text string, i int) int {
	const most = 64 // bytes; no marker is longer
	j := min(len(text), i+most)
	if k := strings.IndexByte(text[i:j], hardEnd); k >= 0 {
		return i + k
	}
	return j
}

// placed reports whether a marker can stand after prev; before is all the text
// before it.
func placed(m passage.Marker, prev rune, before string) bool {
	switch prev {
	case hardEnd:
		return true
	case '。', ';', ':', '!', '?', '|':
		return m.Style != passage.Bullet || m.Len > 3
	}
	switch m.Style {
	case passage.Circled:
		return true
	case passage.NumParen:
		return m.Num > 0 && prev != '表' && prev != '图' && (prev >= 0x80 || prev == ',')
	case passage.Yishi:
		return !strings.ContainsRune("统唯第之其逐任", prev)
	case passage.OneSide, passage.Qiyi, passage.Diyi:
		return prev == ','
	}
	return false
}

// jammedIn reports whether m at text[i] counts on in a list whose items nothing but
// a comma ends: 1、预算不细2、台账不全. Words stand right before and behind it.
func jammedIn(m passage.Marker, text string, i int, prev rune, before []mark) bool {
	const least = 12 // bytes of an item
	if m.Style != passage.Number || len(before) == 0 || (prev < 0x4e00 || prev > 0x9fff) && prev != ',' {
		return false
	}
	last := before[len(before)-1]
	r, _ := zh.Next(text, i+m.Len)
	return last.Style == m.Style && m.Num == last.Num+1 && i-last.end >= least && m.Len > len(strconv.Itoa(m.Num)) && r >= 0x4e00 && r <= 0x9fff &&
		!strings.ContainsAny(text[last.end:i], "\n;") && !strings.Contains(text[last.end:i], "。")
}

// sameKind reports whether m and n can number one list.
func sameKind(m, n mark) bool {
	return m.Style == n.Style && m.Depth == n.Depth && m.Topic == n.Topic
}

// follows reports whether n can be the next item after m in one list: counted
// on, or at the start of a line, where typing errors in numbers are forgiven.
func follows(m, n mark) bool {
	if m.Style == passage.Firstly && n.Style == passage.Diyi || m.Style == passage.Diyi && n.Style == passage.Firstly {
		return m.Num > 1 && n.Num == m.Num+1 // 首先 其次 第三
	}
	if m.Style == passage.OneSide && n.Style == passage.Diyi {
		return n.Num == m.Num+1 && n.Num == 3 // 一方面 另一方面 第三个方面
	}
	if !sameKind(m, n) {
		return false
	}
	if m.Style == passage.Bullet {
		return n.first || !m.first
	}
	if m.Style == passage.Firstly {
		return n.Num > m.Num
	}
	return n.Num == m.Num+1 || n.first && m.first
}

// chain returns the indices of the marks that form a list with ms[k]. A number
// that comes again at 1 inside of a list of another style is no part of it.
func chain(ms []mark, k int) []int {
	out := []int{k}
	last := ms[k]
	for j := k + 1; j < len(ms); j++ {
		if follows(last, ms[j]) || inOtherFigures(ms[k:], last, j-k) {
			out = append(out, j)
			last = ms[j]
		}
	}
	return out
}

// otherFigures are the styles of figures that stand for one another where numbers
// were typed by hand or lost their shape: 1. 2. ③.
var otherFigures = []passage.Style{passage.Number, passage.NumParen, passage.Circled}

// inOtherFigures reports whether ms[j], which begins a line, counts on from last, of the
// list that ms[0] begins, in figures that nothing else there is numbered with.
func inOtherFigures(ms []mark, last mark, j int) bool {
	m := ms[j]
	if !m.first || !last.first || m.Num != last.Num+1 || m.Style == last.Style || !slices.Contains(otherFigures, m.Style) || !slices.Contains(otherFigures, last.Style) {
		return false
	}
	for k, x := range ms {
		if k < j && x.Style == m.Style && m.Style != ms[0].Style || k > j && (sameKind(x, m) && x.Num <= m.Num || sameKind(x, last) && x.Num == m.Num) {
			return false
		}
	}
	return true
}

// outerList returns the list that parts the text on the outermost level: that
// of the first mark which begins a line or counts on to a second one.
func outerList(ms []mark) []int {
	const most = 100 // marks that are tried as the first
	for k := range ms[:min(most, len(ms))] {
		c := chain(ms, k)
		if len(c) > 1 && (ms[k].Num <= 1 || ms[k].first) {
			return c
		}
		if ms[k].first {
			return c
		}
	}
	return nil
}
