package eval

import (
	"slices"

	"jixiao/schemas/catalog"
)

// A judged value is one that was emitted for a scored key.
type judged struct {
	value *Value
	got   any // the value, or one item of it
	right bool
}

// A tally counts the values of one key.
type tally struct{ n, emitted, tp int }

// A comparison collects what is found in one case after the other.
type comparison struct {
	report  Report
	tallies map[string]*tally
	judged  []judged
	found   tally // of evidence: emitted values whose document is known, and those with a quote in it
	exact   tally
	reread  tally
}

// Compare scores outputs, one a case by the case's name, against the gold.
func Compare(cases []Case, outputs map[string]*Output) (*Report, error) {
	c := newComparison(len(cases))
	for i := range cases {
		if err := c.add(&cases[i], outputs[cases[i].Name]); err != nil {
			return nil, err
		}
	}
	c.finish()
	return &c.report, nil
}

func newComparison(cases int) *comparison {
	c := &comparison{tallies: map[string]*tally{}, report: Report{
		Cases: cases, Keys: []KeyScore{}, Misses: []Miss{}, Unproven: []Miss{}, Unscored: map[string]int{}, Missing: []string{},
	}}
	for _, k := range keys {
		c.tallies[k.Key] = &tally{}
	}
	return c
}

// add compares the output of one case; nil if there is none.
func (c *comparison) add(of *Case, o *Output) error {
	r := Result{Case: of, Output: o}
	if o == nil {
		c.report.Missing = append(c.report.Missing, of.Name)
		o = &Output{}
	}
	if err := c.verify(of, o); err != nil {
		return err
	}
	got := map[string][]judged{}
	for i := range o.Values {
		v := &o.Values[i]
		key, scored := scoredKey(v.Key)
		if !scored {
			c.report.Unscored[v.Key]++
			continue
		}
		got[v.Key] = append(got[v.Key], split(key, v)...)
	}
	for _, key := range keys {
		if of.Skip[key.Key] {
			continue
		}
		misses := c.key(key, of, got[key.Key])
		for i := range misses {
			misses[i].explain(of, key.Key, o)
		}
		r.Misses = append(r.Misses, misses...)
		c.judged = append(c.judged, got[key.Key]...)
	}
	c.report.Misses = append(c.report.Misses, r.Misses...)
	c.report.Results = append(c.report.Results, r)
	return nil
}

func scoredKey(key string) (catalog.Field, bool) {
	i := slices.IndexFunc(keys, func(f catalog.Field) bool { return f.Key == key })
	if i < 0 {
		return catalog.Field{}, false
	}
	return keys[i], true
}

// split returns the values that v is: none if it is null, its items if it is
// the array of a key that has items.
func split(key catalog.Field, v *Value) []judged {
	if v.Value == nil {
		return nil
	}
	items, ok := v.Value.([]any)
	if !ok || !isList(key.Kind) {
		return []judged{{value: v, got: v.Value}}
	}
	all := make([]judged, len(items))
	for i, x := range items {
		all[i] = judged{value: v, got: x}
	}
	return all
}

// key judges the values got for one key and returns the misses.
func (c *comparison) key(key catalog.Field, of *Case, got []judged) []Miss {
	t := c.tallies[key.Key]
	t.emitted += len(got)
	gold, stated := of.Gold[key.Key]
	if isList(key.Kind) {
		items, _ := gold.([]any)
		return t.items(key, items, got)
	}
	return t.scalar(key, gold, stated, got)
}

// items judges the items of a list.
func (t *tally) items(key catalog.Field, gold []any, got []judged) (misses []Miss) {
	values := make([]any, len(got))
	for i := range got {
		values[i] = got[i].got
	}
	partner := matchItems(key, gold, values)
	t.n += len(gold)
	for i, g := range gold {
		if slices.Contains(partner, i) {
			t.tp++
		} else {
			misses = append(misses, Miss{Kind: Missed, Expected: g})
		}
	}
	for i := range got {
		if got[i].right = partner[i] >= 0; !got[i].right {
			misses = append(misses, got[i].miss(Spurious, nil))
		}
	}
	return misses
}

// scalar judges the values of a key that has one: the first is compared, more
// are spurious.
func (t *tally) scalar(key catalog.Field, gold any, stated bool, got []judged) (misses []Miss) {
	rest := got
	if stated {
		t.n++
		if len(got) == 0 {
			return []Miss{{Kind: Missed, Expected: gold}}
		}
		if rest = got[1:]; equal(key, gold, got[0].got) {
			t.tp++
			got[0].right = true
		} else {
			misses = append(misses, got[0].miss(Wrong, gold))
		}
	}
	for i := range rest {
		misses = append(misses, rest[i].miss(Spurious, nil))
	}
	return misses
}

func (j *judged) miss(kind string, expected any) Miss {
	return Miss{Kind: kind, Expected: expected, Got: j.got, value: j.value}
}

// explain adds what led to the miss.
func (m *Miss) explain(of *Case, key string, o *Output) {
	m.Case, m.Key = of.Name, key
	if m.value == nil {
		m.Gap = o.gap(key)
		return
	}
	m.Rule, m.Review = m.value.Rule, m.value.Review
	if m.value.Confidence >= 0 {
		m.Confidence = &m.value.Confidence
	}
	for _, e := range m.value.Evidence {
		m.Quotes = append(m.Quotes, words(e.Quote))
	}
}

// finish makes the report of what was counted.
func (c *comparison) finish() {
	var all tally
	withGold, sum := 0, 0.0
	for _, key := range keys {
		t := c.tallies[key.Key]
		all.n, all.emitted, all.tp = all.n+t.n, all.emitted+t.emitted, all.tp+t.tp
		s := newScore(t.n, t.emitted, t.tp)
		if t.n > 0 || t.emitted > 0 {
			c.report.Keys = append(c.report.Keys, KeyScore{key.Key, s})
		}
		if t.n > 0 {
			withGold, sum = withGold+1, sum+s.F1
		}
	}
	c.report.Micro = newScore(all.n, all.emitted, all.tp)
	if withGold > 0 {
		c.report.MacroF1 = sum / float64(withGold)
	}
	kinds := map[string]int{}
	for _, m := range c.report.Misses {
		kinds[m.Kind]++
	}
	c.report.Spurious, c.report.Wrong = shareOf(kinds[Spurious], all.emitted), shareOf(kinds[Wrong], all.emitted)
	c.report.Evidence = Validity{
		Found: shareOf(c.found.tp, c.found.n), Exact: shareOf(c.exact.tp, c.exact.n), Reread: shareOf(c.reread.tp, c.reread.n),
	}
	c.report.Reliability = reliabilityOf(c.judged)
	c.report.Review = triageOf(c.judged)
}
