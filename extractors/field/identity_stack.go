package field

import (
	"jixiao/internal/zh"
)

// maxStack is how many captions can stand above their values.
const maxStack = 12

// stacked returns what the captions that stand one below the other from
// paragraph i on announce, if as many values follow them in the same order, as
// where the cells of a form's columns were written out.
func (r *Reading) stacked(i int) []stated {
	var out []stated
	for j := i; j < len(r.Doc.Passages) && len(out) < maxStack; j++ {
		kind, ok := r.bareCaption(j)
		if !ok {
			break
		}
		p := &r.Doc.Passages[j]
		out = append(out, stated{kind: kind, label: p.Origin(0, len(p.Text)), at: j})
	}
	n := len(out)
	if n < 2 || i+2*n > len(r.Doc.Passages) {
		return nil
	}
	told := false
	for k := range out {
		j := i + n + k
		q := &r.Doc.Passages[j]
		if _, ok := r.bareCaption(j); ok || q.Table >= 0 || r.Tree.Heading[j] || zh.HasAnySuffix(q.Text, []string{":"}) {
			return nil
		}
		out[k].value = trimPiece(q.Text, piece{j, 0, len(q.Text)})
		suits, sure := fitsCaption(out[k].kind, r.words(out[k].value))
		if !suits {
			return nil
		}
		told = told || sure
	}
	if !told {
		return nil // nothing shows that the columns belong together
	}
	return out
}

// bareCaption reports whether paragraph i is a caption and nothing else.
func (r *Reading) bareCaption(i int) (caption, bool) {
	p := &r.Doc.Passages[i]
	if p.Table >= 0 || p.Text == "" || len(p.Text) > 60 {
		return 0, false
	}
	kind, n, _, ok := captionAt(p.Text)
	return kind, ok && n == len(p.Text)
}

// fitsCaption reports whether s can stand where a caption of kind asks, and
// whether hardly anything else can.
func fitsCaption(kind caption, s string) (suits, sure bool) {
	switch kind {
	case unitCaption, projectUnit, supervisorCap, plainUnit:
		ok := zh.IsOrgan(s)
		return ok, ok
	case fillCaption, foreignDate, plainDate:
		d, ok := zh.FindDate(s, 0)
		ok = ok && d.Start == 0
		return ok, ok
	}
	return zh.Shorter(s, 60), false
}
