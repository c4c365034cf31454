package field

import (
	"jixiao/extractors/section"
	"jixiao/schemas/record"
)

// maxQuotes is how many places a finding points at.
const maxQuotes = 10

// readPrompts finds the template's instructions that were left standing.
func readPrompts(r *Reading) {
	f := record.Finding{Code: "unfilled_prompt", Severity: record.Info, Keys: []string{}, Message: "报告中留有模板的填写提示"}
	for i := range r.Doc.Passages {
		p := &r.Doc.Passages[i]
		if r.Tree.Role[i] == section.Contents || p.Text == "" {
			continue
		}
		from := 0
		if r.Tree.Heading[i] {
			from = r.Tree.Body[i]
		}
		if from == len(p.Text) || !isPrompt(p.Text[from:]) {
			continue
		}
		if role := r.Tree.Role[i]; role == problems || role == measures {
			f.Severity = record.Warn
			f.Keys = appendNew(f.Keys, role)
		}
		if len(f.Evidence) < maxQuotes {
			f.Evidence = append(f.Evidence, r.Quote(record.RoleValue, p.Origin(from, len(p.Text))))
		}
	}
	if len(f.Evidence) > 0 {
		r.Findings = append(r.Findings, f)
	}
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}
