package eval

import (
	"cmp"
	"slices"
	"strings"

	"jixiao/extractors/field"
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
	for _, f := range o.Record.Fields {
		c.exact.n++
		if f.Validate(o.Text) == nil {
			c.exact.tp++
		}
		c.reread.n++
		if v, err := field.Reread(f); err == nil && v.Equal(f.Value) {
			c.reread.tp++
		}
	}
	return nil
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
