package index

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// Limits of what one document can put into an index.
const (
	// MaxText is how many bytes of one text are searched. What follows is kept
	// in the store and is not found by its words; FlagCut says so.
	MaxText = 1 << 20
	// maxTerm is the longest value that is compared whole, in bytes.
	maxTerm = 512
	// maxItems is how many problems, and how many measures, are hits of their own.
	maxItems = 10_000
)

// The keys of terms and numbers that are no catalogue keys.
const (
	IDKey    = "id"    // the document's ID
	StateKey = "state" // record.State
	BatchKey = "batch" // of its submissions
	NameKey  = "name"  // of its submissions
	FlagKey  = "flag"  // what the index holds otherwise than the record
)

// The values of FlagKey.
const (
	FlagCut     = "cut"     // the text is longer than what is searched
	FlagRounded = "rounded" // a number is stated finer than it is indexed
)

// head is what is shown of a hit without reading more than the index.
type head struct {
	Unit    string `json:"unit,omitempty"`
	Year    int    `json:"year,omitempty"`
	Scope   string `json:"scope,omitempty"`
	Project string `json:"project,omitempty"`
	Title   string `json:"title,omitempty"`
	Page    int    `json:"page,omitempty"`
	Quote   string `json:"quote,omitempty"`
	Start   int    `json:"start,omitempty"` // of an item in the document's text; -1 if it is not verbatim in it
}

// Flatten returns d in the form in which a backend keeps it.
func Flatten(d *record.Document) Doc {
	f := flattener{doc: d, terms: map[string][]string{}, numbers: map[string][]int64{}, texts: map[string][]string{}}
	for _, s := range d.Submissions {
		f.term(NameKey, s.Name)
		f.term(BatchKey, s.Batch)
	}
	f.term(IDKey, string(d.Record.ID))
	f.term(StateKey, string(d.Record.State))
	for i := range d.Record.Fields {
		f.field(&d.Record.Fields[i])
	}
	return Doc{ID: d.Record.ID, Revision: d.Revision, Entries: append([]Entry{f.document()}, f.items()...), Objects: f.objects}
}

// A flattener gathers what the entries of one document share.
type flattener struct {
	doc     *record.Document
	head    head
	terms   map[string][]string
	numbers map[string][]int64
	texts   map[string][]string
	objects []Object
}

func (f *flattener) field(x *record.Field) {
	c, ok := catalog.Lookup(x.Key)
	if !ok {
		return
	}
	switch c.Kind {
	case catalog.Keyword:
		f.term(c.Key, x.Value.String())
	case catalog.Text, catalog.Items:
		f.texts[c.Key] = append(f.texts[c.Key], x.Value.String())
	case catalog.Objects:
		f.object(c, x.Value)
	default:
		f.number(c, x.Value.String())
	}
}

// term adds a value to compare whole.
func (f *flattener) term(key, value string) {
	v := termOf(value)
	if v != "" && !slices.Contains(f.terms[key], v) {
		f.terms[key] = append(f.terms[key], v)
	}
}

// termOf returns value as it is compared whole.
func termOf(value string) string { return clip(fold(clip(value, 4*maxTerm)), maxTerm) }

func (f *flattener) number(c catalog.Field, value string) {
	n, rounded, ok := int64(0), false, false
	if c.Kind == catalog.Date {
		n, _, ok = parseDate(value)
	} else {
		digits, _ := scaleOf(c.Kind)
		n, rounded, ok = parseNumber(value, digits)
	}
	if ok {
		f.numbers[c.Key] = append(f.numbers[c.Key], n)
	}
	if rounded {
		f.term(FlagKey, FlagRounded)
	}
}

// object makes the words of one project or indicator searchable, in the order
// of the catalogue.
func (f *flattener) object(c catalog.Field, v record.Value) {
	members, _ := v.AsObject()
	o := Object{c.Key, map[string]string{}, map[string]int64{}}
	for _, m := range c.Members {
		value := members[m.Name]
		if m.Kind == catalog.Keyword && value != "" {
			f.texts[c.Key] = append(f.texts[c.Key], value)
			o.Terms[m.Name] = termOf(value)
		}
		if digits, number := scaleOf(m.Kind); number && m.Kind != catalog.Date {
			if n, _, ok := parseNumber(value, digits); ok {
				o.Numbers[m.Name] = n
			}
		}
	}
	if len(f.objects) < maxItems {
		f.objects = append(f.objects, o)
	}
}

func (f *flattener) document() Entry {
	r := f.doc.Record
	f.head.Title = clip(r.Title, maxTerm)
	for i := range r.Fields {
		f.show(&r.Fields[i])
	}
	body := clip(f.doc.Text, MaxText)
	if len(body) < len(f.doc.Text) {
		f.term(FlagKey, FlagCut)
	}
	f.texts[BodyText] = []string{body}
	if r.Title != "" {
		f.texts[TitleText] = []string{r.Title}
		if !strings.Contains(body, r.Title) {
			f.texts[BodyText] = []string{r.Title, body}
		}
	}
	return Entry{Terms: f.terms, Numbers: f.numbers, Texts: f.texts, Head: f.head.encode(), Body: body}
}

// show takes over the values that every hit shows; the first one counts.
func (f *flattener) show(x *record.Field) {
	switch {
	case x.Key == "unit" && f.head.Unit == "":
		f.head.Unit = clip(x.Value.String(), maxTerm)
	case x.Key == "scope" && f.head.Scope == "":
		f.head.Scope = clip(x.Value.String(), maxTerm)
	case x.Key == "project_name" && f.head.Project == "":
		f.head.Project = clip(x.Value.String(), maxTerm)
	case x.Key == "year" && f.head.Year == 0:
		n, _ := x.Value.AsNumber()
		f.head.Year = int(n)
	}
}

// items returns the problems and measures, each as a thing to find.
func (f *flattener) items() []Entry {
	var out []Entry
	seen := map[[2]string]int{}
	count := map[string]int{}
	for i := range f.doc.Record.Fields {
		x := &f.doc.Record.Fields[i]
		c, ok := catalog.Lookup(x.Key)
		if !ok || c.Kind != catalog.Items || count[x.Key] == maxItems {
			continue
		}
		count[x.Key]++
		id := clip(x.Item, maxTerm)
		if seen[[2]string{x.Key, x.Item}]++; id == "" || seen[[2]string{x.Key, x.Item}] > 1 {
			id = fmt.Sprintf("%s#%d", id, count[x.Key])
		}
		out = append(out, f.item(x, id))
	}
	return out
}

func (f *flattener) item(x *record.Field, id string) Entry {
	text := clip(x.Value.String(), MaxText)
	h := f.head
	h.Start = -1
	for _, e := range x.Evidence {
		if e.Role != record.RoleValue {
			continue
		}
		h.Page, h.Quote = e.Page, clip(e.Quote, MaxText)
		if at := strings.Index(e.Quote, text); at >= 0 {
			h.Start = e.Start + at
		}
		break
	}
	return Entry{
		Key: x.Key, Item: id, Terms: f.terms, Numbers: f.numbers,
		Texts: map[string][]string{BodyText: {text}}, Head: h.encode(), Body: text,
	}
}

func (h head) encode() []byte {
	b, err := json.Marshal(h)
	if err != nil {
		return nil // strings and numbers always marshal
	}
	return b
}

// clip cuts s to at most n bytes without splitting a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
