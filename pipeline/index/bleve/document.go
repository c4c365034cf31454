package bleve

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/document"
	engine "github.com/blevesearch/bleve_index_api"

	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/search"
)

// The engine's fields. Keys of the catalogue get a mark in front, so that they
// meet neither one another nor the names here.
const (
	entryField    = "#entry"    // name of the entry; sorts by document, then by place in it
	kindField     = "#kind"     // "" or the item's key, and anyItem for all items
	revisionField = "#revision" // of documents only
	headField     = "#head"
	bodyField     = "#body"
	wordsField    = "#words"

	firstMark = "=" // first value of a key: filters, sorts and counts
	otherMark = "+" // its further values: filter only
	textMark  = "~" // a text, by postings
	itemMark  = ":" // behind a field of an item's text: other lengths, other frequencies

	docKind = "doc"
	anyItem = "item"
)

const (
	idLen    = 64 // of a DocID
	placeLen = 8  // of the entry's place behind it
)

func entryName(id schemas.DocID, place int) string { return fmt.Sprintf("%s%08x", id, place) }

// number spells n so that the order of the bytes is the order of the numbers.
func number(n int64) string { return fmt.Sprintf("%016x", uint64(n)^(1<<63)) }

// documentOf returns entry number place of d as the engine takes it.
func documentOf(d *index.Doc, place int) *document.Document {
	e := &d.Entries[place]
	name := entryName(d.ID, place)
	out := document.NewDocument(name)
	out.AddField(exact(entryField, name))
	out.AddField(stored(headField, e.Head))
	out.AddField(stored(bodyField, []byte(e.Body)))
	suffix := ""
	if e.Key == "" {
		out.AddField(plain(kindField, docKind))
		out.AddField(exact(revisionField, fmt.Sprintf("%016x", d.Revision)))
	} else {
		suffix = itemMark
		out.AddField(plain(kindField, e.Key, anyItem))
		out.AddField(stored(itemMark, []byte(e.Key+"\x00"+e.Item)))
	}
	for key, values := range e.Terms {
		addValues(out, key, values)
	}
	for key, numbers := range e.Numbers {
		values := make([]string, len(numbers))
		for i, n := range numbers {
			values[i] = number(n)
		}
		addValues(out, key, values)
	}
	for key, texts := range e.Texts {
		cut := sync.OnceValue(func() index.Cut { return index.CutTexts(texts) })
		out.AddField(&field{name: textMark + key + suffix, options: engine.IndexField | engine.IncludeTermVectors, cut: cut})
		if key == index.BodyText {
			out.AddField(&field{name: wordsField + suffix, options: engine.IndexField, cut: cut, words: true})
		}
	}
	return out
}

func addValues(out *document.Document, key string, values []string) {
	if len(values) == 0 {
		return
	}
	out.AddField(exact(firstMark+key, values[0]))
	if len(values) > 1 {
		out.AddField(plain(otherMark+key, values[1:]...))
	}
}

func exact(name, term string) *field {
	return &field{name: name, options: engine.IndexField | engine.DocValues | engine.SkipFreqNorm, terms: []string{term}}
}

func plain(name string, terms ...string) *field {
	return &field{name: name, options: engine.IndexField | engine.SkipFreqNorm, terms: terms}
}

func stored(name string, value []byte) *field {
	return &field{name: name, options: engine.StoreField, value: value}
}

// kindTerm is the term of kindField that all entries of a kind have.
func kindTerm(in string) string {
	switch in {
	case search.InDocuments:
		return docKind
	case search.InItems:
		return anyItem
	default:
		return in
	}
}

// A field hands the engine terms that package index made. Cutting waits until
// the engine asks for it, on one of its analysts.
type field struct {
	name    string
	options engine.FieldIndexingOptions
	value   []byte           // to store
	terms   []string         // of a value
	cut     func() index.Cut // of a text
	words   bool             // the segmenter's words of it, not its postings

	length int
	freqs  engine.TokenFrequencies
}

func (f *field) Name() string                                      { return f.name }
func (f *field) Value() []byte                                     { return f.value }
func (f *field) ArrayPositions() []uint64                          { return nil }
func (f *field) EncodedFieldType() byte                            { return 't' }
func (f *field) Options() engine.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                               { return f.length }
func (f *field) NumPlainTextBytes() uint64                         { return 0 }
func (f *field) Size() int                                         { return len(f.value) }
func (f *field) AnalyzedTokenFrequencies() engine.TokenFrequencies { return f.freqs }

// Analyze cuts the field into terms.
func (f *field) Analyze() {
	switch {
	case f.cut == nil:
		f.count(f.terms)
	case f.words:
		f.count(f.cut().Words())
	default:
		f.place(f.cut().Postings())
	}
	f.cut = nil // a cut is several times as large as its text
}

// count takes terms without their places.
func (f *field) count(terms []string) {
	f.length = len(terms)
	f.freqs = make(engine.TokenFrequencies, len(terms))
	for _, t := range terms {
		tf := f.freqs[t]
		if tf == nil {
			tf = &engine.TokenFreq{Term: []byte(t)}
			f.freqs[t] = tf
		}
		if !f.options.SkipFreqNorm() {
			tf.SetFrequency(tf.Frequency() + 1)
		}
	}
}

// place takes terms with their places. All locations of a text share two
// allocations: there are thousands of them.
func (f *field) place(postings []index.Posting) {
	f.length = len(postings)
	f.freqs = make(engine.TokenFrequencies, len(postings)/3)
	terms := make([]*engine.TokenFreq, len(postings))
	for i, p := range postings {
		tf := f.freqs[p.Term]
		if tf == nil {
			tf = &engine.TokenFreq{Term: []byte(p.Term)}
			f.freqs[p.Term] = tf
		}
		tf.SetFrequency(tf.Frequency() + 1)
		terms[i] = tf
	}
	locations := make([]engine.TokenLocation, len(postings))
	pointers := make([]*engine.TokenLocation, len(postings))
	for i, tf := range terms {
		locations[i].Position = postings[i].Pos
		if tf.Locations == nil {
			n := tf.Frequency()
			tf.Locations, pointers = pointers[:0:n], pointers[n:]
		}
		tf.Locations = append(tf.Locations, &locations[i])
	}
}
