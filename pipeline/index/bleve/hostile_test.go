package bleve_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// TestHostileTexts indexes texts made to be dear and asks dear questions. The
// bounds leave room for a slow machine; what they catch is work that grows with
// the square of a text: 80,000 characters would take minutes.
func TestHostileTexts(t *testing.T) {
	const size = 240_000
	rnd := rand.New(rand.NewPCG(1, 2))
	var random strings.Builder
	for random.Len() < size/4 {
		random.WriteRune(rune(0x4e00 + rnd.IntN(5000)))
	}
	for name, tt := range map[string]struct{ text, query string }{
		"one_character": {strings.Repeat("预", size/3), "预预预预预预预预"},
		"two_by_two":    {strings.Repeat("预算", size/6), "预算预算预算预算"},
		"one_word":      {strings.Repeat("x", size), strings.Repeat("x", 640)},
		"punctuation":   {strings.Repeat("，预", size/6), "“预，预，预，预”"},
		"random":        {random.String(), "丁"},
	} {
		t.Run(name, func(t *testing.T) {
			x, err := bleve.Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			s := &index.Service{Backend: x}
			defer s.Close()
			start := time.Now()
			d := &record.Document{Record: &record.Record{ID: schemas.IDOf([]byte(name))}, Text: tt.text, Revision: 1}
			if err := s.Index(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			indexed := time.Since(start)
			r, err := s.Search(context.Background(), search.Query{Text: tt.query})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Hits) != 1 || len(r.Hits[0].Highlights) == 0 {
				t.Errorf("%d hits", len(r.Hits))
			}
			searched := time.Since(start) - indexed
			if indexed > 30*time.Second || searched > 15*time.Second {
				t.Errorf("indexed in %v, searched in %v", indexed, searched)
			}
		})
	}
}
