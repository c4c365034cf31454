package bleve

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"

	engine "github.com/blevesearch/bleve_index_api"

	"jixiao/internal/durable"
	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
)

// maxBatch is how many bytes one write to the engine takes: enough that syncing
// costs little, few enough that the postings, some forty times as large, fit
// into memory beside everything else. An entry counts as its text and entryCost
// for its values.
const (
	maxBatch  = 1 << 20
	entryCost = 1 << 10
)

// Put implements index.Backend.
func (x *Index) Put(ctx context.Context, docs ...index.Doc) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	release, err := x.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	docs = newest(docs)
	for len(docs) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := batchLen(docs)
		if err := recovered(func() error { return x.put(ctx, docs[:n]) }); err != nil {
			return err
		}
		docs = docs[n:]
	}
	return nil
}

// newest keeps of each document the newest revision, the first of equals.
func newest(docs []index.Doc) []index.Doc {
	at := make(map[schemas.DocID]int, len(docs))
	out := make([]index.Doc, 0, len(docs))
	for _, d := range docs {
		i, seen := at[d.ID]
		switch {
		case !seen:
			at[d.ID] = len(out)
			out = append(out, d)
		case d.Revision > out[i].Revision:
			out[i] = d
		}
	}
	return out
}

// batchLen returns how many of docs, at least one, go into one write.
func batchLen(docs []index.Doc) int {
	bytes := 0
	for i := range docs {
		for _, e := range docs[i].Entries {
			bytes += len(e.Body) + entryCost
		}
		if i > 0 && bytes > maxBatch {
			return i
		}
	}
	return len(docs)
}

// put writes docs in one batch, without those that are there already.
func (x *Index) put(ctx context.Context, docs []index.Doc) error {
	r, err := x.engine.Reader()
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer r.Close()
	b := engine.NewBatch()
	for i := range docs {
		d := &docs[i]
		if !d.ID.Valid() || len(d.Entries) == 0 || len(d.Entries) >= 1<<31 {
			return fault.New(fault.Internal, "index: document %q has no valid id or no entries", d.ID)
		}
		old, found, err := revisionOf(ctx, r, d.ID)
		if err != nil {
			return fmt.Errorf("index %s: %w", d.ID, err)
		}
		if found && old >= d.Revision {
			continue
		}
		if found {
			if err := deleteEntries(r, b, d.ID); err != nil {
				return err
			}
		}
		for place := range d.Entries {
			b.Update(documentOf(d, place))
		}
	}
	return x.write(b)
}

// Delete implements index.Backend.
func (x *Index) Delete(ctx context.Context, ids ...schemas.DocID) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	release, err := x.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	r, err := x.engine.Reader()
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer r.Close()
	b := engine.NewBatch()
	for _, id := range ids {
		if !id.Valid() { // names nothing; as a prefix it could name everything
			continue
		}
		if err := deleteEntries(r, b, id); err != nil {
			return err
		}
	}
	return x.write(b)
}

// write hands b to the engine, which returns when it is durable.
func (x *Index) write(b *engine.Batch) error {
	if len(b.IndexOps) == 0 {
		return nil
	}
	err := x.engine.Batch(b)
	if err == nil && x.path != "" {
		err = durable.SyncFolder(x.path)
	}
	if err != nil {
		x.failed.Store(x.path != "") // what is in memory alone could not be opened again
		return fault.Mark(kindOf(err), fmt.Errorf("index: writing: %w", err))
	}
	return nil
}

// deleteEntries adds to b the removal of all entries of id.
func deleteEntries(r engine.IndexReader, b *engine.Batch, id schemas.DocID) error {
	names, err := termsOf(r.FieldDictPrefix(entryField, []byte(id)))
	if err != nil {
		return fmt.Errorf("index %s: its entries: %w", id, err)
	}
	for _, name := range names {
		b.Delete(name)
	}
	return nil
}

// termsOf reads a dictionary to its end.
func termsOf(d engine.FieldDict, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	var out []string
	for {
		e, err := d.Next()
		if err != nil || e == nil {
			return slices.Compact(out), joinClose(err, d)
		}
		out = append(out, e.Term)
	}
}

// revisionOf returns the revision under which id is indexed.
func revisionOf(ctx context.Context, r engine.IndexReader, id schemas.DocID) (rev uint64, found bool, err error) {
	t, err := r.TermFieldReader(ctx, []byte(entryName(id, 0)), entryField, false, false, false)
	if err != nil {
		return 0, false, err
	}
	defer t.Close()
	hit, err := t.Next(nil)
	if err != nil || hit == nil {
		return 0, false, err
	}
	values, err := r.DocValueReader([]string{revisionField})
	if err != nil {
		return 0, false, err
	}
	err = values.VisitDocValues(hit.ID, func(_ string, term []byte) {
		rev, err = strconv.ParseUint(string(term), 16, 64)
	})
	return rev, err == nil, err
}

// Revisions implements index.Backend.
func (x *Index) Revisions(ctx context.Context) iter.Seq2[index.Revision, error] {
	return func(yield func(index.Revision, error) bool) {
		release, err := x.use(ctx)
		if err != nil {
			yield(index.Revision{}, err)
			return
		}
		defer release()
		if err := x.revisions(ctx, yield); err != nil {
			yield(index.Revision{}, fmt.Errorf("index: revisions: %w", err))
		}
	}
}

func (x *Index) revisions(ctx context.Context, yield func(index.Revision, error) bool) error {
	r, err := x.engine.Reader()
	if err != nil {
		return err
	}
	defer r.Close()
	values, err := r.DocValueReader([]string{entryField, revisionField})
	if err != nil {
		return err
	}
	t, err := r.TermFieldReader(ctx, []byte(docKind), kindField, false, false, false)
	if err != nil {
		return err
	}
	defer t.Close()
	for {
		hit, err := t.Next(nil)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || hit == nil {
			return err
		}
		var rev index.Revision
		err = values.VisitDocValues(hit.ID, func(name string, term []byte) {
			if name == entryField {
				rev.ID = schemas.DocID(term[:len(term)-placeLen])
			} else {
				rev.Revision, _ = strconv.ParseUint(string(term), 16, 64)
			}
		})
		if err != nil {
			return err
		}
		if !yield(rev, nil) {
			return nil
		}
	}
}
