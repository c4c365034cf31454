package index

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"

	"jixiao/schemas"
)

// A Difference is what an index has otherwise than it should.
type Difference struct {
	Missing []schemas.DocID // not there, or of an older revision
	Extra   []schemas.DocID // there, though it should not
}

// None reports whether there is no difference.
func (d Difference) None() bool { return len(d.Missing)+len(d.Extra) == 0 }

// Verify compares what is indexed with want, by ids and revisions. A revision
// newer than the wanted one is no difference: it arrived meanwhile. Documents
// that arrive or go while it compares may be reported; asking again tells.
func (s *Service) Verify(ctx context.Context, want iter.Seq2[Revision, error]) (Difference, error) {
	have := map[[sha256.Size]byte]uint64{} // half as large as by the ids
	for r, err := range s.Revisions(ctx) {
		if err != nil {
			return Difference{}, err
		}
		have[sha256.Sum256([]byte(r.ID))] = r.Revision
	}
	var d Difference
	wanted := map[[sha256.Size]byte]bool{}
	for r, err := range want {
		if err != nil {
			return Difference{}, fmt.Errorf("verifying the index: %w", err)
		}
		key := sha256.Sum256([]byte(r.ID))
		wanted[key] = true
		if revision, ok := have[key]; !ok || revision < r.Revision {
			d.Missing = append(d.Missing, r.ID)
		}
	}
	if len(d.Missing) == 0 && len(wanted) == len(have) {
		return d, nil
	}
	for r, err := range s.Revisions(ctx) {
		if err != nil {
			return Difference{}, err
		}
		if !wanted[sha256.Sum256([]byte(r.ID))] {
			d.Extra = append(d.Extra, r.ID)
		}
	}
	return d, nil
}
