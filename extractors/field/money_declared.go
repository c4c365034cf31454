package field

import (
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// unitDeclared looks for the unit of all amounts in a sentence of the opening
// that says nothing else: 单位:元。, 金额以万元列示, 以下金额均以万元计.
func (s *script) unitDeclared() (power int, at proof, ok bool) {
	if s.declared == nil {
		s.declared = &declaration{}
		s.declared.power, s.declared.at, s.declared.ok = s.findDeclared()
	}
	return s.declared.power, s.declared.at, s.declared.ok
}

// A declaration is what unitDeclared found, once for a report.
type declaration struct {
	power int
	at    proof
	ok    bool
}

func (s *script) findDeclared() (power int, at proof, ok bool) {
	end := len(s.opening())
	for p := 0; p < len(s.r.Doc.Passages) && s.from[p] < end; p++ {
		if s.inTable(p) || s.inTable(p+1) || !zh.Contains(s.line(p), "元") {
			continue
		}
		for _, u := range units {
			if i := s.declares(s.from[p], min(s.from[p+1]-1, end), u.word); i > 0 {
				return u.power, proof{record.RoleUnitHeader, i, i + len(u.word)}, true
			}
		}
	}
	return 0, at, false
}

// declares returns where in text[from:to] the unit word is said to hold for all
// amounts; 0 if nowhere.
func (s *script) declares(from, to int, word string) int {
	for at := from; at < to; {
		k := strings.Index(s.text[at:to], word)
		if k < 0 {
			return 0
		}
		k += at
		at = k + len(word)
		before, behind := s.text[from:k], s.text[at:to]
		if zh.HasAnySuffix(before, []string{"。单位:", ";单位:", "金额单位:", "金额单位为", "货币单位:", "。单位为"}) && (behind == "" || strings.HasPrefix(behind, "。") || strings.HasPrefix(behind, ")")) {
			return k
		}
		clause := before[strings.LastIndexAny(before, ",;()\n")+1:]
		if strings.HasSuffix(clause, "以") && zh.ContainsAny(clause, []string{"金额", "数据", "数字"}) && zh.HasAnyPrefix(behind, []string{"列示", "计", "为单位", "表示", "反映", "填列", "列报"}) {
			return k
		}
	}
	return 0
}
