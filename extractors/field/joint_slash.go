package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// Names and figures may be told in two rows of strokes: 编制数/实有数:36/34,
// 预算数/执行数/执行率 300/294.6/98.2%. Each figure has the name of its place.

// readSlashed reads figure i, and those parted from it by strokes, under as many names
// parted by strokes right before it.
func (s *script) readSlashed(i int, ctx *context) bool {
	if s.figs[i].End >= len(s.text) || s.text[s.figs[i].End] != '/' || i > 0 && s.figs[i-1].End+1 == s.figs[i].Start && s.text[s.figs[i-1].End] == '/' {
		return false
	}
	last := i
	for last+1 < len(s.figs) && last-i < maxJoint && s.text[s.figs[last].End:s.figs[last+1].Start] == "/" {
		last++
	}
	names := s.slashedNames(s.figs[i].Start, last-i+1)
	if last == i || names == nil || ctx.item {
		return false
	}
	for k, name := range names {
		f := &s.figs[i+k]
		set := s.wordsIn(name.i, name.j)
		s.used[i+k] = true
		switch {
		case f.Kind == zh.Plain && s.figs[last].Kind == zh.Money && !set.Any(s.words.ratehead):
			s.readSharedUnit(i+k, last, set, name, ctx)
		case f.Kind != zh.Plain:
			s.readNamed(i+k, set, name, ctx)
		case set.Any(s.words.ratehead):
			f.Kind = zh.Percent
			s.readNamed(i+k, set, name, ctx)
		case set.Any(s.words.modes | s.words.categories | s.words.weak):
			f.Kind = zh.Count
			s.readNamed(i+k, set, name, ctx)
		default:
			s.readUnitless(i+k, set, name, ctx)
		}
	}
	return true
}

// slashedNames returns the n names parted by strokes that end right before byte end;
// nil if there are not so many, or one of them names nothing.
func (s *script) slashedNames(end, n int) []part {
	end = len(strings.TrimRight(s.text[:end], ":为"))
	from := s.clauseFrom(end)
	words := s.text[from:end]
	parts := strings.Split(words, "/")
	if len(parts) != n || n < 2 || strings.ContainsAny(words, "=()%*") {
		return nil
	}
	names, at := make([]part, n), from
	for k, w := range parts {
		names[k] = part{at, at + len(w)}
		at += len(w) + len("/")
		if !s.wordsIn(names[k].i, names[k].j).Any(s.words.figures()) {
			return nil
		}
	}
	return names
}

// readUnitless proposes figure i, a number alone, as the amount that name tells, in the
// unit that holds there.
func (s *script) readUnitless(i int, set lexicon.Features, name part, ctx *context) {
	f, p := &s.figs[i], phrase{start: name.i, end: name.j}
	amount, header, ok := s.amount(f, &p)
	if !ok {
		return
	}
	if label, found := s.lex.Label(catalog.Money, set, s.scope); found {
		s.propose(candidate{key: label.Key, rule: label.ID, figure: *f, number: amount, label: [2]int{name.i, name.j}, extra: header,
			score: label.Weight - 0.05 - s.place(i) - s.otherYear(&p, ctx)})
	}
}

// readSharedUnit proposes figure i, a number alone, as the amount that name tells, in the
// unit that only the last of the figures has: 1100/1200/1180万元.
func (s *script) readSharedUnit(i, last int, set lexicon.Features, name part, ctx *context) {
	f, unit := &s.figs[i], &s.figs[last]
	if label, found := s.lex.Label(catalog.Money, set, s.scope); found {
		s.propose(candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Number.Shift(unit.Power).AtLeast(2), label: [2]int{name.i, name.j},
			extra: []proof{{record.RoleUnitHeader, unit.NumEnd, unit.End}}, score: label.Weight - 0.05 - s.place(i) - s.otherYear(&phrase{}, ctx)})
	}
}
