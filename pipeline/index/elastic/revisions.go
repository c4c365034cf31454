package elastic

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
)

// Revisions implements index.Backend; the documents come by id.
func (x *Index) Revisions(ctx context.Context) iter.Seq2[index.Revision, error] {
	return func(yield func(index.Revision, error) bool) {
		err := x.open(ctx)
		name := ""
		if err == nil {
			name, err = x.searched(ctx)
		}
		stopped := false
		if err == nil {
			err = x.revisions(ctx, name, func(r index.Revision) bool {
				stopped = !yield(r, nil)
				return !stopped
			})
		}
		if err != nil && !stopped {
			yield(index.Revision{}, later(fmt.Errorf("alias %q: %w", x.opts.Alias, err)))
		}
	}
}

func (x *Index) revisions(ctx context.Context, name string, yield func(index.Revision) bool) error {
	q := object{
		"size": maxWindow, "_source": false, "docvalue_fields": []string{fieldRevision}, "track_total_hits": false,
		"sort": []object{{fieldID: object{"order": "asc"}}},
	}
	var bad error
	err := x.each(ctx, name, q, func(a answer) bool {
		for _, h := range a.Hits.Hits {
			r := index.Revision{ID: schemas.DocID(h.ID)}
			values := h.Fields[fieldRevision]
			if len(values) == 1 {
				r.Revision, bad = strconv.ParseUint(values[0].String(), 10, 64)
			}
			if len(values) != 1 || bad != nil {
				bad = fault.New(fault.Internal, "elasticsearch: document %s has no revision", h.ID)
				return false
			}
			if !yield(r) {
				return false
			}
		}
		return true
	})
	if err == nil {
		err = bad
	}
	return err
}
