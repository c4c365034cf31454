// Package lexicon holds the words that announce values, as data with examples.
//
// A word gives the phrase it stands in one or more features: 年初 says initial,
// 预算 says budget. A label says which features together announce which key
// and which forbid it, so that 年初部门预算, 年初财政批复预算 and 年初预算数 need
// not be listed one by one. Every label carries phrases it must and must not
// take, checked when the data is loaded.
package lexicon

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/bits"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"jixiao/internal/fault"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// Features is a set of features of a phrase.
type Features uint64

// Has reports whether f holds all of g.
func (f Features) Has(g Features) bool { return f&g == g }

// Any reports whether f holds one of g at least.
func (f Features) Any(g Features) bool { return f&g != 0 }

// Scope says for which reports a label holds.
type Scope string

// The scopes. A report about a policy is read like one about a project.
const (
	AnyScope Scope = ""
	Overall  Scope = "overall"
	Project  Scope = "project"
)

// A Label says which features announce Key.
type Label struct {
	ID      string       `yaml:"id"`
	Key     string       `yaml:"key"`
	Kind    catalog.Kind `yaml:"kind"`
	Scope   Scope        `yaml:"scope"`
	With    []string     `yaml:"with"`
	Without []string     `yaml:"without"`
	Weight  float64      `yaml:"weight"` // confidence where nothing speaks against it
	Match   []string     `yaml:"match"`
	NoMatch []string     `yaml:"no_match"`

	with, without Features
}

// A Hit is one word found in a text, bytes [Start, End).
type Hit struct {
	Start, End int
	Features   Features
}

// A Lexicon is loaded data, safe for concurrent use.
type Lexicon struct {
	version  string
	labels   []Label
	features map[string]Features
	trie     *trie
}

//go:embed data/*.yaml
var data embed.FS

var standard = sync.OnceValues(func() (*Lexicon, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, err
	}
	return Load(sub)
})

// Standard returns the lexicon of this build.
func Standard() *Lexicon {
	l, err := standard()
	if err != nil {
		panic(fmt.Sprintf("lexicon: the built-in data is broken: %v", err)) // caught by the tests of every build
	}
	return l
}

// Version names the data of the standard lexicon: a short hash.
func Version() string { return Standard().version }

// Version names the data l was loaded from.
func (l *Lexicon) Version() string { return l.version }

// Load reads all *.yaml files of fsys and checks the examples of every label.
func Load(fsys fs.FS) (*Lexicon, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	l := &Lexicon{features: map[string]Features{}}
	words := map[string]Features{}
	sum := sha256.New()
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		sum.Write(b)
		if err := l.add(b, words); err != nil {
			return nil, fault.Mark(fault.Invalid, fmt.Errorf("lexicon %s: %w", name, err))
		}
	}
	l.version = hex.EncodeToString(sum.Sum(nil))[:10]
	l.trie = newTrie(words)
	if err := l.resolve(); err != nil {
		return nil, fault.Mark(fault.Invalid, err)
	}
	return l, nil
}

// add reads one file. Its words' features are numbered as they come.
func (l *Lexicon) add(b []byte, words map[string]Features) error {
	var file struct {
		Words  yaml.Node `yaml:"words"`
		Fill   []string  `yaml:"fill"`
		Labels []Label   `yaml:"labels"`
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return err
	}
	for i := 0; i+1 < len(file.Words.Content); i += 2 { // a node keeps the order of the file
		var list []string
		if err := file.Words.Content[i+1].Decode(&list); err != nil {
			return err
		}
		if err := l.addWords(file.Words.Content[i].Value, list, words); err != nil {
			return err
		}
	}
	l.labels = append(l.labels, file.Labels...)
	return l.addWords("fill", file.Fill, words)
}

func (l *Lexicon) addWords(feature string, list []string, words map[string]Features) error {
	if len(list) == 0 {
		return nil
	}
	f, ok := l.features[feature]
	if !ok {
		if len(l.features) == 64 {
			return fmt.Errorf("feature %q is one too many: a set holds 64", feature)
		}
		f = 1 << len(l.features)
		l.features[feature] = f
	}
	for _, w := range list {
		w = zh.FoldString(w)
		if w == "" {
			return fmt.Errorf("feature %q has an empty word", feature)
		}
		words[w] |= f
	}
	return nil
}

// resolve turns the labels' names into sets and checks their examples.
func (l *Lexicon) resolve() error {
	seen := map[string]bool{}
	for i := range l.labels {
		a := &l.labels[i]
		if _, ok := catalog.Lookup(a.Key); !ok || a.ID == "" || seen[a.ID] || len(a.With) == 0 || len(a.Match) == 0 || len(a.NoMatch) == 0 {
			return fmt.Errorf("label %q: it needs an id of its own, a key of the catalogue, features, match and no_match", a.ID)
		}
		seen[a.ID] = true
		var err error
		if a.with, err = l.set(a.With); err != nil {
			return fmt.Errorf("label %q: %w", a.ID, err)
		}
		if a.without, err = l.set(a.Without); err != nil {
			return fmt.Errorf("label %q: %w", a.ID, err)
		}
	}
	var bad []error
	for i := range l.labels {
		bad = append(bad, l.check(&l.labels[i]))
	}
	return errors.Join(bad...)
}

func (l *Lexicon) set(names []string) (f Features, err error) {
	for _, n := range names {
		x, ok := l.features[n]
		if !ok {
			return 0, fmt.Errorf("no word has the feature %q", n)
		}
		f |= x
	}
	return f, nil
}

// check holds a against its examples.
func (l *Lexicon) check(a *Label) error {
	var bad []error
	for _, m := range a.Match {
		got, ok := l.Label(a.Kind, l.Phrase(m), a.Scope)
		if !ok || got.ID != a.ID {
			bad = append(bad, fmt.Errorf("label %q must take %q, %q takes it", a.ID, m, idOf(got)))
		}
	}
	for _, m := range a.NoMatch {
		if got, ok := l.Label(a.Kind, l.Phrase(m), a.Scope); ok && got.ID == a.ID {
			bad = append(bad, fmt.Errorf("label %q must not take %q", a.ID, m))
		}
	}
	return errors.Join(bad...)
}

func idOf(a *Label) string {
	if a == nil {
		return ""
	}
	return a.ID
}

// Phrase returns the features of all words in s.
func (l *Lexicon) Phrase(s string) (f Features) {
	for _, h := range l.Scan(nil, zh.FoldString(s)) {
		f |= h.Features
	}
	return f
}

// Feature returns the set of the named feature, empty if no word has it.
func (l *Lexicon) Feature(names ...string) (f Features) {
	for _, n := range names {
		f |= l.features[n]
	}
	return f
}

// Label returns the label for a figure of the given kind in a phrase with
// features f: of those that take it the one that asks for most features, and
// among these the weightiest.
func (l *Lexicon) Label(kind catalog.Kind, f Features, scope Scope) (*Label, bool) {
	var best *Label
	for i := range l.labels {
		a := &l.labels[i]
		if !f.Has(a.with) || f.Any(a.without) || a.Kind != kind || a.Scope != AnyScope && a.Scope != scope {
			continue
		}
		if best == nil || a.wins(best) {
			best = a
		}
	}
	return best, best != nil
}

func (a *Label) wins(b *Label) bool {
	n, m := bits.OnesCount64(uint64(a.with)), bits.OnesCount64(uint64(b.with))
	return n > m || n == m && a.Weight > b.Weight
}

// Labels returns all labels.
func (l *Lexicon) Labels() []Label { return slices.Clone(l.labels) }

// Scan appends to dst the words of text, a folded text: from left to right the
// longest word at each place, none overlapping another. It is linear in text
// and allocates nothing but dst.
func (l *Lexicon) Scan(dst []Hit, text string) []Hit { return l.trie.scan(dst, text) }
