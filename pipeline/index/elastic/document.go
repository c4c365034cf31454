package elastic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
)

// gap is the term of a place where no unit stands: an empty place, so that no
// phrase runs from one text into the next. No unit is spelled so.
const gap = "_"

// atOnePlace joins terms that stand at one place; no term holds it.
const atOnePlace = '|'

// A writer spells documents as Elasticsearch takes them. It is not safe for
// concurrent use.
type writer struct {
	out bytes.Buffer
	enc *json.Encoder // into out
}

func newWriter() *writer {
	w := &writer{}
	w.enc = json.NewEncoder(&w.out)
	w.enc.SetEscapeHTML(false)
	return w
}

// action is the line before a document in a bulk request.
type action struct {
	Index  *target `json:"index,omitempty"`
	Delete *target `json:"delete,omitempty"`
}

type target struct {
	ID          string `json:"_id"`
	Version     uint64 `json:"version,omitempty"`
	VersionType string `json:"version_type,omitempty"`
}

// put adds d as two lines. Its revision is the version: Elasticsearch itself
// refuses what is not newer.
func (w *writer) put(d *index.Doc) error {
	if !d.ID.Valid() || len(d.Entries) == 0 || d.Entries[0].Key != "" || d.Revision > math.MaxInt64 {
		return fault.New(fault.Internal, "index: document %q has no valid id, no entry of its own, or a revision that is too large", d.ID)
	}
	if err := w.enc.Encode(action{Index: &target{string(d.ID), d.Revision, "external"}}); err != nil {
		return err
	}
	if err := w.value(spelled(d)); err != nil {
		return fmt.Errorf("index %s: %w", d.ID, err)
	}
	w.out.WriteByte('\n')
	return nil
}

// spelled returns d with its items and objects nested in it.
func spelled(d *index.Doc) object {
	e := &d.Entries[0]
	out := object{fieldID: d.ID, fieldRevision: d.Revision, fieldText: e.Body, fieldShown: raw(e.Head)}
	postings := object{}
	for key, texts := range e.Texts {
		c := index.CutTexts(texts)
		postings[key] = spell(c)
		if key == index.BodyText {
			out[fieldWords] = strings.Join(c.Words(), " ")
		}
	}
	out[fieldTerms] = postings
	also := object{}
	for key, values := range e.Terms {
		if key != index.IDKey {
			addValues(out, also, key, values)
		}
	}
	for key, numbers := range e.Numbers {
		addValues(out, also, key, numbers)
	}
	if len(also) > 0 {
		out[fieldAlso] = also
	}
	if years := e.Numbers["year"]; len(years) > 0 && years[0] > 0 && years[0] <= 9999 {
		out[fieldTime] = fmt.Sprintf("%04d", years[0])
	}
	if len(d.Entries) > 1 {
		addItems(out, d.Entries[1:], written(facts(e)))
	}
	for _, o := range d.Objects {
		list, _ := out[o.Key].([]object)
		out[o.Key] = append(list, members(o))
	}
	return out
}

// addValues puts the first value under the key, where it sorts and counts, and
// the others beside it.
func addValues[T any](out, also object, key string, values []T) {
	if len(values) == 0 {
		return
	}
	out[key] = values[0]
	if len(values) > 1 {
		also[key] = values[1:]
	}
}

// raw is a head, which is JSON, or nothing.
func raw(head []byte) json.RawMessage {
	if len(head) == 0 {
		return json.RawMessage("{}")
	}
	return head
}

// spell writes the terms of c so that Elasticsearch finds each at its place: one
// place after the other between spaces. It is a JSON string: terms are letters,
// digits and commas, of which none has to be escaped.
func spell(c index.Cut) json.RawMessage {
	b := append(make([]byte, 0, c.Size()), '"')
	last := 0 // the place that was written last
	for p := range c.All() {
		if p.Pos == last {
			b = append(b, atOnePlace)
		}
		for ; last < p.Pos; last++ {
			if len(b) > 1 {
				b = append(b, ' ')
			}
			if last+1 < p.Pos {
				b = append(b, gap...)
			}
		}
		b = append(b, p.Term...)
	}
	return append(b, '"')
}

// An item is a problem or a measure as it is nested in its report.
type item struct {
	Item  string          `json:"item"`
	Place int             `json:"place"` // in index.Doc.Entries
	Text  string          `json:"text"`
	Shown json.RawMessage `json:"shown"`
	Terms json.RawMessage `json:"terms,omitempty"`
	Words string          `json:"words,omitempty"`
	Facts json.RawMessage `json:"facts,omitempty"` // a list, the same for all items of a report
}

// object is what is written of i.
func (i item) object() object {
	return object{
		fieldItem: i.Item, fieldPlace: int64(i.Place), fieldText: i.Text, fieldShown: i.Shown, fieldTerms: i.Terms, fieldWords: i.Words, fieldFacts: i.Facts,
	}
}

func addItems(out object, entries []index.Entry, facts json.RawMessage) {
	lists := map[string][]item{}
	seen := map[string]map[string]bool{}
	for i := range entries {
		e := &entries[i]
		c := index.CutTexts(e.Texts[index.BodyText])
		ws := c.Words()
		lists[e.Key] = append(lists[e.Key], item{
			Item: e.Item, Place: i + 1, Text: e.Body, Shown: raw(e.Head), Terms: spell(c), Words: strings.Join(ws, " "), Facts: facts,
		})
		if seen[e.Key] == nil {
			seen[e.Key] = map[string]bool{}
		}
		for _, w := range ws {
			seen[e.Key][w] = true
		}
	}
	for key, list := range lists {
		out[key] = list
		all := make([]string, 0, len(seen[key]))
		for w := range seen[key] {
			all = append(all, w)
		}
		slices.Sort(all)
		out[wordFields[key]] = all
	}
}

// facts spell all values of a report for its items, so that a condition on the
// report can stand anywhere in a question about items: Elasticsearch cannot see
// from a nested document to the one around it.
func facts(e *index.Entry) []string {
	var out []string
	for key, values := range e.Terms {
		for _, v := range values {
			out = append(out, fact(key, v))
		}
	}
	for key, numbers := range e.Numbers {
		for _, n := range numbers {
			out = append(out, fact(key, ordered(n)))
		}
	}
	slices.Sort(out)
	return out
}

// written is a list of strings as JSON.
func written(list []string) json.RawMessage {
	w := newWriter()
	_ = array(w, list) // strings can always be written
	return w.out.Bytes()
}

func fact(key, value string) string { return key + "=" + value }

// ordered spells n so that the order of the bytes is the order of the numbers.
func ordered(n int64) string { return fmt.Sprintf("%016x", uint64(n)^(1<<63)) }

func members(o index.Object) object {
	out := object{}
	for name, v := range o.Terms {
		out[name] = v
	}
	for name, n := range o.Numbers {
		out[name] = n
	}
	return out
}
