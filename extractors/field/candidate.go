package field

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A candidate is one figure that may be the value of key.
type candidate struct {
	key    string
	rule   string // id of the label
	score  float64
	figure zh.Figure
	number zh.Decimal // the value as the record holds it
	label  [2]int     // bytes of the script; equal if there is none
	extra  []proof    // header of the unit, row and column
	loose  bool       // 实有, 现有: may count more people than are in post
	inner  bool       // stands in brackets
	part   bool       // stands behind 其中 or in brackets
	raw    string     // a table cell's words; "" for the figure's own
}

// A proof is a piece of evidence yet to be quoted, bytes of the script.
type proof struct {
	role string
	i, j int
}

// threshold is the score under which a candidate is not believed. Only marks at
// or over doubt announce a grade. How sure a field is, is decided in check.Review.
const (
	threshold = 0.5
	doubt     = 0.7
)

func (s *script) propose(c candidate) {
	switch {
	case c.score < threshold:
	case c.figure.Bad || !possible(&c):
		s.refuse(c)
	default:
		c.score = math.Min(c.score, 0.99)
		s.keep(c)
	}
}

// maxCandidates bounds the candidates for one key, which are compared with
// each other: the best are kept.
const maxCandidates = 40

func (s *script) keep(c candidate) {
	of := s.byKey[c.key]
	if len(of) < maxCandidates {
		s.byKey[c.key] = append(of, len(s.cands))
		s.cands = append(s.cands, c)
		return
	}
	worst := slices.MinFunc(of, func(a, b int) int { return cmp.Compare(s.cands[a].score, s.cands[b].score) })
	if s.cands[worst].score < c.score {
		s.cands[worst] = c
	}
}

// refuse notes a figure that has a label and is not well formed, or more than
// can be.
func (s *script) refuse(c candidate) {
	if s.hasGap(c.key) {
		return
	}
	reason := "“%s”不成数字"
	if !c.figure.Bad {
		reason = "“%s”不可能是这一项的值，多半是几个数字连在了一起"
	}
	at := s.span(c.figure.Start, c.figure.End)
	s.r.Gaps = append(s.r.Gaps, record.Gap{Kind: record.Refused, Key: c.key, Page: s.page(c.figure.Start),
		Reason: fmt.Sprintf(reason, squeeze(s.r.Doc.Layout.Text[at.Start:at.End])), Evidence: s.evidence(c)})
}

func (s *script) page(i int) int { return s.r.Doc.Passages[s.passage(i)].Page }

// choose makes a field of the best candidate of every key.
func (s *script) choose() {
	s.boundScores()
	s.rankScores()
	s.rankPairs()
	s.rankStaff()
	s.rankHeads()
	s.rankPolice()
	s.rankAllPosts()
	s.rankSums()
	s.rankWholes()
	s.rankSaidWhole()
	s.rankPlans()
	s.rankSubjects()
	s.rankFull()
	best := make(map[string]int, len(s.byKey))
	for i := range s.cands {
		k := s.cands[i].key
		if j, ok := best[k]; !ok || s.cands[i].score > s.cands[j].score+1e-9 {
			best[k] = i
		}
	}
	order := make([]int, 0, len(best))
	for _, i := range best {
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Compare(catalog.Order(s.cands[a].key), catalog.Order(s.cands[b].key))
	})
	for _, i := range order {
		if s.cands[i].score >= threshold {
			s.emit(&s.cands[i])
			s.rivals(i)
		}
	}
}

func (s *script) emit(c *candidate) {
	entry, _ := catalog.Lookup(c.key)
	value := record.Text(string(c.number))
	if entry.Kind == catalog.Count {
		n, ok := c.number.Whole()
		if !ok {
			return
		}
		value = record.Number(n)
	}
	raw := c.raw
	if raw == "" {
		raw = s.source(c.figure.Start, c.figure.End)
	}
	s.r.Fields = append(s.r.Fields, record.Field{
		Key: c.key, Value: value, Unit: entry.Unit, Raw: raw, Confidence: math.Round(c.score*100) / 100,
		Rule: rule(c.rule), Approx: c.figure.Approx, Evidence: s.evidence(*c),
	})
}

func rule(id string) string { return id + "@" + lexicon.Version() }

func (s *script) evidence(c candidate) []record.Evidence {
	out := make([]record.Evidence, 0, 2+len(c.extra))
	out = append(out, s.r.Quote(record.RoleValue, s.span(c.figure.Start, c.figure.End)))
	if c.label[0] < c.label[1] {
		out = append(out, s.r.Quote(record.RoleLabel, s.span(c.label[0], c.label[1])))
	}
	for _, e := range c.extra {
		out = append(out, s.r.Quote(e.role, s.span(e.i, e.j)))
	}
	return out
}

// rivals notes that the report states another value for the key of the chosen
// candidate as clearly as the one that was kept, and in the same words: under
// other words it may be a part, or of something else.
func (s *script) rivals(chosen int) {
	a := &s.cands[chosen]
	const close = 0.03
	for i := range s.cands {
		b := &s.cands[i]
		if i == chosen || b.key != a.key || b.part || b.inner || b.score < a.score-close || sameNumber(a.number, b.number) || !s.sameWords(a, b) {
			continue
		}
		entry, _ := catalog.Lookup(a.key)
		s.r.Findings = append(s.r.Findings, record.Finding{
			Code: "value_conflict", Severity: record.Warn, Keys: []string{a.key},
			Message:  fmt.Sprintf("%s：文中既有%s，又有%s", entry.Label, s.source(a.figure.Start, a.figure.End), s.source(b.figure.Start, b.figure.End)),
			Evidence: append(s.evidence(*a), s.evidence(*b)...),
		})
		return
	}
}

// sameWords reports whether the labels of a and b, or the rows and columns that
// they stand in, say the same.
func (s *script) sameWords(a, b *candidate) bool {
	words := func(c *candidate) string {
		out := s.text[c.label[0]:c.label[1]]
		for _, e := range c.extra {
			if e.role != record.RoleUnitHeader {
				out += "|" + s.text[e.i:e.j]
			}
		}
		return strings.ReplaceAll(out, " ", "")
	}
	return words(a) == words(b)
}

func sameNumber(a, b zh.Decimal) bool {
	x, y := a.Rat(), b.Rat()
	return x != nil && y != nil && x.Cmp(y) == 0
}

// quoteCell returns the evidence of a cell under role.
func (s *script) quoteCell(role string, p int) record.Evidence {
	return s.r.Quote(role, s.whole(p))
}

// whole returns where the words of passage p begin and end.
func (s *script) whole(p int) layout.Span {
	q := &s.r.Doc.Passages[p]
	if q.Text == "" {
		return q.Span
	}
	return s.r.withQuotes(q.Origin(0, len(q.Text)))
}
