package indextest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"jixiao/internal/zh"
	"jixiao/pipeline/index"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// testDifferential asks a thousand random documents random questions and wants
// the answers that a plain reading of every text gives.
func testDifferential(t *testing.T, s *index.Service) {
	rnd := rand.New(rand.NewPCG(7, 42))
	var docs []*record.Document
	for i := range 1000 {
		docs = append(docs, randomDocument(rnd, i))
	}
	for part := range slices.Chunk(docs, 130) {
		fill(t, s, part...)
	}
	flat := read(docs)
	for i := range 250 {
		q := randomQuery(rnd)
		if i%4 == 3 {
			q.In = []string{search.InProblems, search.InMeasures, search.InItems}[rnd.IntN(3)]
			q.Text = strings.ReplaceAll(q.Text, "problems:", "")
		}
		compare(t, s, q, flat)
	}
}

// A reading is one entry with its texts as plain spells them.
type reading struct {
	doc   string
	place int
	entry index.Entry
	texts map[string][]string
}

func read(docs []*record.Document) []*reading {
	var out []*reading
	for _, d := range docs {
		out = append(out, readings(index.Flatten(d))...)
	}
	return out
}

func readings(d index.Doc) []*reading {
	var out []*reading
	for place, e := range d.Entries {
		r := &reading{doc: string(d.ID), place: place, entry: e, texts: map[string][]string{}}
		for key, texts := range e.Texts {
			for _, text := range texts {
				r.texts[key] = append(r.texts[key], plain(text))
			}
		}
		out = append(out, r)
	}
	return out
}

// compare holds the backend's answer against the plain reading.
func compare(t *testing.T, s *index.Service, q search.Query, docs []*reading) {
	t.Helper()
	q.Limit = 100_000
	r, err := s.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	want := plainSearch(t, q, docs)
	var got []string
	for _, h := range r.Hits {
		got = append(got, string(h.ID)+h.Key+h.Item)
	}
	if len(q.Sort) == 0 {
		slices.Sort(want)
		slices.Sort(got)
	}
	if !slices.Equal(want, got) || r.Total != len(want) {
		t.Errorf("%+v: %d hits, a plain reading finds %d, or in another order", q, len(got), len(want))
	}
}

const alphabet = "预算编制管理绩效支出执行，。、“”\n 　（）預編製錄龍ＡＢab12"

func randomText(rnd *rand.Rand, n int) string {
	letters := []rune(alphabet)
	var b strings.Builder
	for range n {
		switch rnd.IntN(12) {
		case 0:
			b.WriteString([]string{"预算编制", "三公经费", "结转和结余", "budget", "2021", " plan "}[rnd.IntN(6)])
		default:
			b.WriteRune(letters[rnd.IntN(len(letters))])
		}
	}
	return b.String()
}

func randomDocument(rnd *rand.Rand, i int) *record.Document {
	s := sketch{
		name: "随机" + strconv.Itoa(i), text: randomText(rnd, rnd.IntN(80)), values: map[string][]record.Value{}, items: map[string][]string{},
		batch: []string{"", "甲", "乙"}[rnd.IntN(3)],
	}
	if rnd.IntN(4) > 0 {
		s.values["year"] = number(int64(2018 + rnd.IntN(5)))
	}
	for range rnd.IntN(3) {
		s.values["unit"] = append(s.values["unit"], record.Text([]string{"天池县财政局", "天池縣教育局", "澄湖（区）局"}[rnd.IntN(3)]))
	}
	if rnd.IntN(3) > 0 {
		s.values["expenditure.total"] = texts(fmt.Sprintf("%d.%02d", rnd.IntN(1000), rnd.IntN(100)))
	}
	for range rnd.IntN(4) {
		key := []string{"problems", "measures"}[rnd.IntN(2)]
		if text := randomText(rnd, 1+rnd.IntN(15)); strings.TrimSpace(text) != "" {
			s.items[key] = append(s.items[key], text)
		}
	}
	return s.document()
}

func randomQuery(rnd *rand.Rand) search.Query {
	q := search.Query{Text: randomExpression(rnd, 3)}
	if rnd.IntN(3) == 0 {
		low := rnd.IntN(900)
		q.Filters = append(q.Filters, search.Filter{Key: "expenditure.total", Min: strconv.Itoa(low), Max: strconv.Itoa(low + 300), MaxOpen: true})
	}
	if rnd.IntN(4) == 0 {
		q.Filters = append(q.Filters, search.Filter{Key: "unit", Values: []string{[]string{"教育", "天池县", "=澄湖(区)局"}[rnd.IntN(3)]}})
	}
	if rnd.IntN(2) == 0 {
		q.Sort = []search.Sort{{Key: []string{"year", "unit", "expenditure.total", "batch"}[rnd.IntN(4)], Desc: rnd.IntN(2) == 0}}
	}
	return q
}

func randomExpression(rnd *rand.Rand, depth int) string {
	if depth == 0 || rnd.IntN(3) == 0 {
		return randomLeaf(rnd)
	}
	a, b := randomExpression(rnd, depth-1), randomExpression(rnd, depth-1)
	return []string{a + " " + b, a + " OR " + b, a + " -(" + b + ")", "(" + a + ") AND NOT " + b, "NOT (" + a + ")"}[rnd.IntN(5)]
}

func randomLeaf(rnd *rand.Rand) string {
	letters := []rune("预算编制管理绩效支出執行預編製，a1b2")
	for {
		var b strings.Builder
		for range 1 + rnd.IntN(4) {
			b.WriteRune(letters[rnd.IntN(len(letters))])
		}
		leaf := b.String()
		if strings.Trim(leaf, "，") == "" {
			continue
		}
		switch rnd.IntN(8) {
		case 0:
			return "“" + leaf + "”"
		case 1:
			return []string{"三公经费", "结转结余", "budget", "“plan”", "2021", "预算编制"}[rnd.IntN(6)]
		case 2:
			return "problems:" + leaf
		case 3:
			return []string{"year:2019..2020", "unit:财政局", "年度:>=2021", "batch:甲"}[rnd.IntN(4)]
		}
		return leaf
	}
}

// plainSearch answers q by reading every text.
func plainSearch(t *testing.T, q search.Query, docs []*reading) []string {
	t.Helper()
	e, err := index.Parse(q.Text)
	if err != nil {
		t.Fatal(err)
	}
	all := index.And{}
	if e != nil {
		all = append(all, e)
	}
	for _, f := range q.Filters {
		c, err := index.CondOf(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	var hits []*reading
	for _, r := range docs {
		if askedFor(q.In, r.entry.Key) && holds(all, r) {
			hits = append(hits, r)
		}
	}
	slices.SortFunc(hits, func(a, b *reading) int {
		for _, s := range q.Sort {
			if c := compareBy(s, &a.entry, &b.entry); c != 0 {
				return c
			}
		}
		if a.doc != b.doc {
			return strings.Compare(a.doc, b.doc)
		}
		return a.place - b.place
	})
	var out []string
	for _, h := range hits {
		out = append(out, h.doc+h.entry.Key+h.entry.Item)
	}
	return out
}

func askedFor(in, key string) bool {
	switch in {
	case search.InDocuments:
		return key == ""
	case search.InItems:
		return key != ""
	}
	return key == in
}

// compareBy compares the first values of a key; what has none comes last.
func compareBy(s search.Sort, a, b *index.Entry) int {
	none := func(e *index.Entry) bool { return len(e.Terms[s.Key]) == 0 && len(e.Numbers[s.Key]) == 0 }
	switch {
	case none(a) && none(b):
		return 0
	case none(a):
		return 1
	case none(b):
		return -1
	}
	c := 0
	if x := a.Terms[s.Key]; len(x) > 0 {
		c = strings.Compare(x[0], b.Terms[s.Key][0])
	} else if x, y := a.Numbers[s.Key][0], b.Numbers[s.Key][0]; x != y {
		c = 1
		if x < y {
			c = -1
		}
	}
	if s.Desc {
		c = -c
	}
	return c
}

func holds(e index.Expr, r *reading) bool {
	switch e := e.(type) {
	case index.And:
		return !slices.ContainsFunc(e, func(x index.Expr) bool { return !holds(x, r) })
	case index.Or:
		return slices.ContainsFunc(e, func(x index.Expr) bool { return holds(x, r) })
	case index.Not:
		return !holds(e.X, r)
	case index.Phrase:
		want := plainUnits(e.Units)
		return slices.ContainsFunc(r.texts[e.Text], func(s string) bool { return strings.Contains(s, want) })
	case index.Cond:
		return has(e, &r.entry)
	}
	panic(fmt.Sprintf("unknown expression %T", e))
}

func has(c index.Cond, e *index.Entry) bool {
	for _, v := range e.Terms[c.Key] {
		for _, t := range c.Terms {
			if t.How == index.Equal && v == t.Text || t.How == index.Prefix && strings.HasPrefix(v, t.Text) || t.How == index.Contains && strings.Contains(v, t.Text) {
				return true
			}
		}
	}
	for _, n := range e.Numbers[c.Key] {
		for _, r := range c.Ranges {
			if n >= r.Min && n <= r.Max {
				return true
			}
		}
	}
	return false
}

// plain spells a text so that a phrase stands in it as a piece of the string:
// words of letters and digits stand between bars, a run of punctuation is one
// slash, and numbers have no thousands separators.
func plain(text string) string {
	text = grouped.ReplaceAllStringFunc(text, func(s string) string { return strings.ReplaceAll(s, ",", "") })
	var b strings.Builder
	word := false
	slash := false
	for _, r := range strings.ToLower(zh.Simplify(zh.FoldString(text))) {
		ascii := r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
		if word != ascii {
			b.WriteByte('|')
		}
		word = ascii
		switch {
		case ascii || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsNumber(r)):
			b.WriteRune(r)
			slash = false
		case r == ' ' && !slash:
		case !slash:
			b.WriteByte('/')
			slash = true
		}
	}
	if word {
		b.WriteByte('|')
	}
	return b.String()
}

var grouped = regexp.MustCompile(`\b[0-9]{1,3}(,[0-9]{3})+\b`)

func plainUnits(units []string) string {
	var b strings.Builder
	for _, u := range units {
		switch {
		case u == ",":
			b.WriteByte('/')
		case u[0] < 0x80:
			b.WriteString("|" + u + "|")
		default:
			b.WriteString(u)
		}
	}
	return b.String()
}
