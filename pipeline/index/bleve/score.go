package bleve

import (
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	engine "github.com/blevesearch/bleve_index_api"

	"jixiao/pipeline/index"
)

// Weights of what speaks for an entry, and the constants of BM25.
const (
	phraseWeight = 2.0 // the phrase itself
	titleWeight  = 3.0 // the phrase in the title
	wordWeight   = 1.0 // a word of it, by the segmenter

	bm25K = 1.2
	bm25B = 0.75
)

// scores returns the score of every entry of set: BM25 over the phrases that
// match, over Boost and over Words. It returns nil if nobody sorts by it.
func (v *evaluation) scores(r index.Request, set *roaring.Bitmap) (map[uint32]float64, error) {
	if set.IsEmpty() || !slices.ContainsFunc(r.Sort, func(o index.Order) bool { return o.By == index.ByScore }) {
		return nil, nil
	}
	var found []index.Phrase
	index.Positive(r.Expr, func(p index.Phrase) { found = append(found, p) })
	s := scorer{set: set, total: float64(v.all.GetCardinality()), out: make(map[uint32]float64, set.GetCardinality())}
	for _, p := range found {
		if err := v.addPhrase(&s, p, phraseWeight); err != nil {
			return nil, err
		}
	}
	for _, p := range r.Boost {
		if err := v.addPhrase(&s, p, titleWeight); err != nil {
			return nil, err
		}
	}
	for _, w := range r.Words {
		var out []occurrence
		err := v.each(wordsField+v.suffix, w, counted, func(d *engine.TermFieldDoc) { out = append(out, occurrenceOf(d, int(d.Freq))) })
		if err != nil {
			return nil, err
		}
		s.add(out, wordWeight)
	}
	return s.out, nil
}

func (v *evaluation) addPhrase(s *scorer, p index.Phrase, weight float64) error {
	out, err := v.occurrences(p)
	s.add(out, weight)
	return err
}

// A scorer adds up scores of the entries in set.
type scorer struct {
	set   *roaring.Bitmap
	total float64 // entries that could be hits
	out   map[uint32]float64
}

func (s *scorer) add(os []occurrence, weight float64) {
	if len(os) == 0 {
		return
	}
	mean := 0.0
	for _, o := range os {
		mean += o.length / float64(len(os))
	}
	n := float64(len(os))
	idf := math.Log(1 + (max(s.total-n, 0)+0.5)/(n+0.5))
	for _, o := range os {
		if s.set.Contains(o.entry) {
			times := float64(o.times)
			s.out[o.entry] += weight * idf * times * (bm25K + 1) / (times + bm25K*(1-bm25B+bm25B*o.length/mean))
		}
	}
}
