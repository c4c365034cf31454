package field

import (
	"fmt"
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// readBlanks notes labels behind which no figure stands: 行政编制   人, 工勤编制:无,
// 基本支出××万元. Blank, none, masked and 不适用 are different things.
func (s *script) readBlanks() {
	for k := range s.hits {
		h := &s.hits[k]
		if h.End >= len(s.text) || !h.Features.Any(s.words.figures()) {
			continue
		}
		kind, end, ok := s.missing(h.End)
		if !ok {
			continue
		}
		key := s.keyBefore(h.End, k)
		if key == "" || s.hasGap(key) {
			continue
		}
		at := s.span(h.Start, end)
		s.r.Gaps = append(s.r.Gaps, record.Gap{Kind: kind, Key: key, Page: s.page(h.Start),
			Reason: fmt.Sprintf("%s：%s", reasons[kind], squeeze(s.r.Doc.Layout.Text[at.Start:at.End])), Evidence: []record.Evidence{s.r.Quote(record.RoleLabel, at)}})
	}
}

var reasons = map[record.GapKind]string{
	record.NoneStated:    "报告写明没有",
	record.NotApplicable: "报告写明不适用",
	record.Blank:         "数字处空白",
	record.Masked:        "数字被遮盖",
}

// missingStarts are the characters that the words begin with that missing knows.
var missingStarts = zh.NewRuneSet("不无暂xX*×万元人名分%")

// missing says in which way no figure stands at byte i, right behind a label,
// and where the words that say so end.
func (s *script) missing(i int) (record.GapKind, int, bool) {
	at := i
	for at < len(s.text) && strings.IndexByte(":=_", s.text[at]) >= 0 {
		at++
	}
	rest := s.text[at:]
	if r, _ := zh.Next(rest, 0); !missingStarts.Has(r) {
		return "", 0, false
	}
	colon := at > i
	for _, w := range []string{"不适用", "不涉及"} {
		if strings.HasPrefix(rest, w) {
			return record.NotApplicable, at + len(w), true
		}
	}
	if colon && (strings.HasPrefix(rest, "无") || strings.HasPrefix(rest, "暂无")) && ends(strings.TrimPrefix(strings.TrimPrefix(rest, "暂"), "无")) {
		return record.NoneStated, at + len("无"), true
	}
	n := 0
	for n < len(rest) && strings.ContainsRune("xX*", rune(rest[n])) || strings.HasPrefix(rest[n:], "×") {
		if rest[n] < 0x80 {
			n++
		} else {
			n += len("×")
		}
	}
	for _, w := range []string{"万元", "元", "人", "名", "分", "%"} {
		if strings.HasPrefix(rest[n:], w) && ends(rest[n+len(w):]) && (n > 0 || s.gapBefore(at)) {
			if n > 0 {
				return record.Masked, at + n + len(w), true
			}
			return record.Blank, at + len(w), true
		}
	}
	return "", 0, false
}

// ends reports whether a clause ends before rest.
func ends(rest string) bool {
	if rest == "" {
		return true
	}
	for _, p := range []string{",", ";", "、", "。", "\n", ")", "|"} {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}

// keyBefore returns the key that the words up to byte i announce.
func (s *script) keyBefore(i, hit int) string {
	a, _ := s.figsIn(i, i)
	p := s.before(i, a)
	set := p.features
	kind := catalog.Money
	switch {
	case set.Any(s.words.modes | s.words.categories | s.words.weak):
		kind = catalog.Count
		ctx := context{mode: s.modeBefore(i, hit)}
		var ok bool
		if set, _, ok = s.people(set, &p, &ctx); !ok {
			return ""
		}
	case set.Any(s.words.ratehead):
		kind = catalog.Percent
	case set.Any(s.words.score | s.words.self):
		kind = catalog.Points
	}
	if l, ok := s.lex.Label(kind, set, s.scope); ok {
		return l.Key
	}
	return ""
}

// modeBefore returns whether the sentence before byte i spoke of posts or of
// people in post.
func (s *script) modeBefore(i, hit int) lexicon.Features {
	from := s.sentence(i) - 1
	for k := hit; k >= 0 && s.hits[k].Start > from; k-- {
		if m := s.hits[k].Features & s.words.modes; m != 0 && !s.hits[k].Features.Any(s.words.weak) {
			return m
		}
	}
	return 0
}

func (s *script) hasGap(key string) bool {
	for i := range s.r.Gaps {
		if s.r.Gaps[i].Key == key {
			return true
		}
	}
	return false
}
