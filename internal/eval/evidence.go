package eval

import (
	"cmp"
	"slices"
	"strings"

	"jixiao/extractors/field"
	"jixiao/schemas/record"
)

// verify counts the values of o whose evidence holds.
func (c *comparison) verify(of *Case, o *Output) error {
	plain, err := of.plainText()
	if err != nil {
		return err
	}
	if plain = cmp.Or(plain, o.Text); plain != "" {
		c.findQuotes(foldQuote(plain), o)
	}
	if o.Record == nil {
		return nil
	}
	for i := range o.Record.Fields {
		if why := c.prove(&o.Record.Fields[i], o.Text); why != "" {
			c.report.Unproven = append(c.report.Unproven, o.unproven(of, i, why))
		}
	}
	return nil
}

// prove counts f where its quotes stand in text and give its value. Else it
// says what is wrong.
func (c *comparison) prove(f *record.Field, text string) (why string) {
	c.exact.n++
	c.reread.n++
	if err := f.Validate(text); err != nil {
		return err.Error()
	}
	c.exact.tp++
	switch v, err := field.Reread(*f); {
	case err != nil:
		return err.Error()
	case !v.Equal(f.Value):
		return "its quotes say " + v.String()
	}
	c.reread.tp++
	return ""
}

func (o *Output) unproven(of *Case, i int, why string) Miss {
	v := &o.Values[i]
	m := Miss{Case: of.Name, Key: v.Key, Kind: Unproven, Got: v.Value, Why: why, value: v}
	m.explain(of, v.Key, o)
	return m
}

// findQuotes counts the values that have a quote in the folded text.
func (c *comparison) findQuotes(text string, o *Output) {
	for i := range o.Values {
		c.found.n++
		if slices.ContainsFunc(o.Values[i].Evidence, func(e Evidence) bool {
			q := foldQuote(e.Quote)
			return q != "" && strings.Contains(text, q)
		}) {
			c.found.tp++
		}
	}
}

// gap returns what o says about a key that it did not read.
func (o *Output) gap(key string) string {
	for _, g := range o.Gaps {
		if kind, ok := strings.CutPrefix(g, key+" "); ok {
			return kind
		}
	}
	return ""
}
