package field

import (
	"slices"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// A project of an export: 项目名称:河道清淤, 预算数(万元):260, 执行数(万元):254.5.
type projectPairs struct {
	name    part
	members map[string]int // member -> figure
}

// readProjectPairs reads projects each of whose members follows its label. Several
// must be told: the one project of a report is no item of it.
func (s *script) readProjectPairs() {
	var told []projectPairs
	for p := 0; p < len(s.r.Doc.Passages); p++ {
		if !s.r.Doc.Passages[p].Any(zh.ColonSign) || !zh.Contains(s.line(p), "名称:") {
			continue
		}
		x, next := s.projectPairs(p)
		if len(x.members) > 0 {
			told = append(told, x)
			p = next - 1
		}
	}
	if len(told) < 2 || s.text[told[0].name.i:told[0].name.j] == s.text[told[1].name.i:told[1].name.j] {
		return
	}
	for _, x := range told {
		s.emitProjectPairs(x)
	}
}

// projectPairs reads the record that line p begins, and returns the line after it.
func (s *script) projectPairs(p int) (x projectPairs, next int) {
	const most = 15 // lines
	for next = p; next < min(p+most, len(s.r.Doc.Passages)); next++ {
		pairs := s.pairsOf(next)
		if len(pairs) == 0 {
			break
		}
		for _, y := range pairs {
			label := s.text[y.label.i:y.label.j]
			if zh.HasAnySuffix(label, []string{"项目名称", "专项名称", "资金名称", "子项名称"}) {
				if x.members != nil {
					return x, next
				}
				x.name, x.members = y.value, map[string]int{}
				continue
			}
			if x.members == nil {
				return x, next
			}
			m := s.projectMember(y.features)
			if m == "" {
				m = memberOf(label)
			}
			if m == "arrived" {
				m = "budget"
			}
			if i := s.figureOf(y.value); i >= 0 && m != "" && (x.members[m] == 0 || m == "budget" && y.features.Any(s.words.adjusted)) {
				x.members[m] = i + 1
			}
		}
	}
	return x, next
}

// emitProjectPairs makes a field of x if it tells an amount.
func (s *script) emitProjectPairs(x projectPairs) {
	if s.isEmpty(x.name) || x.members["budget"] == 0 && x.members["executed"] == 0 {
		return
	}
	at := s.r.withQuotes(s.span(x.name.i, x.name.j))
	members := map[string]string{"name": squeeze(s.r.Doc.Layout.Text[at.Start:at.End])}
	ev := []record.Evidence{s.r.Quote("name", at)}
	power := -1 // of the unit that has been quoted: both amounts stand under one
	for _, m := range []string{"budget", "executed", "rate", "score"} {
		i := x.members[m] - 1
		if i < 0 {
			continue
		}
		f := &s.figs[i]
		number := f.Number
		if m == "budget" || m == "executed" {
			if _, number = s.itemAmount(m, f); number == "" {
				continue
			}
			if p, unit, ok := s.itemUnit(f); ok && f.Kind == zh.Plain && p != power {
				if power >= 0 {
					continue
				}
				power = p
				ev = append(ev, s.r.Quote(record.RoleUnitHeader, s.span(unit.i, unit.j)))
			}
		}
		s.used[i] = true
		members[m] = string(number)
		ev = append(ev, s.r.Quote(m, s.span(f.Start, f.End)))
	}
	if slices.ContainsFunc(ev, func(e record.Evidence) bool { return e.Role == "budget" || e.Role == "executed" }) {
		s.object("projects", members, ev, members["name"])
	}
}
