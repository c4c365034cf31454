package bleve_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"jixiao/internal/zh"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// TestCorpusPiecesAreFound takes random pieces of real reports, spaces and line
// breaks dropped as a person would, and wants each found in its report and
// marked there.
func TestCorpusPiecesAreFound(t *testing.T) {
	shared := os.Getenv("JIXIAO_TEST_SHARED")
	if shared == "" {
		t.Skip("JIXIAO_TEST_SHARED names no folder with corpus/dev")
	}
	files, err := filepath.Glob(filepath.Join(shared, "corpus", "dev", "*", "source.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports below %s: %v", shared, err)
	}
	x, err := bleve.NewMemory()
	if err != nil {
		t.Fatal(err)
	}
	s := &index.Service{Backend: x}
	defer s.Close()
	var texts []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
		d := &record.Document{Record: &record.Record{ID: schemas.IDOf(b), State: record.Read}, Text: string(b), Revision: 1}
		if err := s.Index(context.Background(), d); err != nil {
			t.Fatal(err)
		}
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		text := texts[rnd.IntN(len(texts))]
		piece := randomPiece(rnd, text)
		if piece == "" {
			continue
		}
		r, err := s.Search(context.Background(), search.Query{Text: "「" + piece + "」", Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, h := range r.Hits {
			found = found || h.ID == schemas.IDOf([]byte(text))
			if len(h.Highlights) == 0 || !strings.HasPrefix(zh.FoldString(h.Highlights[0].Text[h.Highlights[0].Marks[0][0]:]), zh.FoldString(piece)[:1]) {
				t.Errorf("%q is not marked in %s", piece, h.ID)
			}
		}
		if !found {
			t.Errorf("%q is not found in its report", piece)
		}
	}
}

// randomPiece returns one to eight characters of text that begin and end with
// an ideograph, folded; "" if it hit on none.
func randomPiece(rnd *rand.Rand, text string) string {
	rs := []rune(zh.FoldString(text))
	at := rnd.IntN(len(rs))
	piece := rs[at:min(at+1+rnd.IntN(8), len(rs))]
	if !unicode.Is(unicode.Han, piece[0]) || !unicode.Is(unicode.Han, piece[len(piece)-1]) {
		return ""
	}
	return string(piece)
}
