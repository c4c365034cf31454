package field

import (
	"hash/maphash"
	"strings"

	"jixiao/extractors/section"
	"jixiao/schemas/record"
)

var repeatSeed = maphash.MakeSeed()

// readRepeats finds paragraphs whose sentences stand elsewhere in the report
// as well, mostly by copying one part into another.
func readRepeats(r *Reading) {
	const (
		clause = 60  // bytes; shorter clauses are set phrases
		least  = 240 // bytes that must be repeated in one paragraph
	)
	seen := make(map[uint64]piece)
	for i := range r.Doc.Passages {
		p := &r.Doc.Passages[i]
		if p.Table >= 0 || len(p.Text) < least || r.Tree.Role[i] == section.Contents {
			continue
		}
		again, first := 0, piece{p: -1}
		for _, x := range clauses(p.Text, i) {
			words := p.Text[x.from:x.to]
			n := len(words)
			if n < clause {
				continue
			}
			h := maphash.String(repeatSeed, words)
			if old, ok := seen[h]; ok && old.p != i {
				again += n
				if first.p < 0 {
					first = old
				}
			} else if !ok {
				seen[h] = x
			}
		}
		if again >= least {
			r.repeated(first, i)
			return
		}
	}
}

// clauses parts the folded text t of passage p at its full stops and semicolons.
func clauses(t string, p int) []piece {
	var out []piece
	for from := 0; from < len(t); {
		to, next := len(t), len(t)
		if i := strings.Index(t[from:], "。"); i >= 0 {
			to, next = from+i, from+i+len("。")
		}
		if i := strings.IndexByte(t[from:to], ';'); i >= 0 {
			to, next = from+i, from+i+1
		}
		if to > from {
			out = append(out, piece{p, from, to})
		}
		from = next
	}
	return out
}

func (r *Reading) repeated(first piece, i int) {
	whole := func(p int) piece { return piece{p, 0, len(r.Doc.Passages[p].Text)} }
	r.Findings = append(r.Findings, record.Finding{
		Code: "repeated_paragraph", Severity: record.Info, Keys: []string{},
		Message:  "a paragraph repeats what another one says word for word",
		Evidence: r.quotes([]piece{whole(first.p), whole(i)}),
	})
}
