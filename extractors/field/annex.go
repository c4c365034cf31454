package field

import (
	"strings"

	"jixiao/extractors/section"
)

// annexFrom returns the byte from which on a report about a whole unit holds
// nothing but the forms of single projects, whose money and marks are not the
// unit's. It is past the end of the text if there are no such forms.
func (s *script) annexFrom() int {
	if s.r.text("scope") != "整体" {
		return len(s.text)
	}
	for p := len(s.r.Doc.Passages) / 4; p < len(s.r.Doc.Passages); p++ {
		line := s.line(p)
		if len(line) > 90 || s.role(p) == section.Contents || s.role(p) == section.Basics {
			continue
		}
		line = strings.TrimLeft(line, "附件表录:0123456789 .-、")
		if strings.HasPrefix(line, "项目支出绩效") && strings.Contains(line, "自评表") && s.namesOneProject(p+1) {
			return s.from[p]
		}
	}
	return len(s.text)
}

// namesOneProject reports whether one of the few lines from p on says which
// project a form is about.
func (s *script) namesOneProject(p int) bool {
	for q := p; q < min(p+6, len(s.r.Doc.Passages)); q++ {
		if strings.HasPrefix(s.line(q), "项目名称") {
			return true
		}
	}
	return false
}
