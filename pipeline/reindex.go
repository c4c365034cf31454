package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

// rebuildBatch is how many documents go to a new index at a time.
const rebuildBatch = 200

// Reindex sends every record of the store to to, an empty index, and returns
// how many. progress, if given, is told how many of how many are done. A record
// without a state gets a new one: the store is the truth.
func (p *Pipeline) Reindex(ctx context.Context, to Indexer, progress func(done, total int)) (int, error) {
	var ids []schemas.DocID
	for id, err := range p.Store.Records(ctx, "") {
		if err != nil {
			return 0, fmt.Errorf("reindex: %w", err)
		}
		ids = append(ids, id)
	}
	return p.Fill(ctx, to, ids, progress)
}

// Fill sends the records of ids to to and returns how many that were: those of
// documents that are removed are not. progress is as in Reindex.
func (p *Pipeline) Fill(ctx context.Context, to Indexer, ids []schemas.DocID, progress func(done, total int)) (int, error) {
	done, indexed := 0, 0
	for done < len(ids) {
		batch := ids[done:min(done+rebuildBatch, len(ids))]
		docs, err := p.loadAll(ctx, batch)
		if err == nil && len(docs) > 0 {
			err = to.Index(ctx, docs...)
		}
		if err != nil {
			return indexed, fmt.Errorf("reindex: %w", err)
		}
		done += len(batch)
		indexed += len(docs)
		if progress != nil {
			progress(done, len(ids))
		}
	}
	return indexed, nil
}

// loadAll loads the documents of ids that are not removed.
func (p *Pipeline) loadAll(ctx context.Context, ids []schemas.DocID) ([]*record.Document, error) {
	loaded := make([]*record.Document, len(ids))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, id := range ids {
		g.Go(func() (err error) {
			loaded[i], err = p.restored(ctx, id)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	docs := loaded[:0]
	for _, d := range loaded {
		if d != nil {
			docs = append(docs, d)
		}
	}
	return docs, nil
}

// restored loads the document of id, with a new state if it has none. It
// returns nil for one that was removed meanwhile.
func (p *Pipeline) restored(ctx context.Context, id schemas.DocID) (*record.Document, error) {
	st, err := p.States.State(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		st = event.State{ID: id}
		err = nil
	}
	if err != nil || st.Phase.Gone() {
		return nil, err
	}
	if st.Seq == 0 {
		rec, err := p.Store.Record(ctx, id)
		if err != nil {
			return nil, err
		}
		st.Phase, st.Revision, st.Record, st.OCRPages = event.PhaseIndexed, 1, rec.State, ocrPages(rec)
		if st, err = p.put(ctx, st); err != nil {
			return nil, err
		}
	}
	doc, err := p.load(ctx, st)
	if fault.KindOf(err) == fault.NotFound {
		if now, stateErr := p.States.State(ctx, id); stateErr == nil && now.Phase.Gone() {
			return nil, nil
		}
	}
	return doc, err
}

// Refill sends every finished document to the index stage again, for an index
// that has lost them, and returns how many. It raises their revision. Several
// processes may do so at once, and one that is killed loses nothing: each passes
// over what another has sent, and from then on messages remind of it.
func (p *Pipeline) Refill(ctx context.Context) (int, error) {
	var sent atomic.Int64
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return int(sent.Load()), fmt.Errorf("refill: %w", errors.Join(err, g.Wait()))
		}
		if st.Phase != event.PhaseIndexed || gctx.Err() != nil {
			continue
		}
		g.Go(func() error {
			moved, err := p.redo(gctx, st, stepRecords)
			if moved {
				sent.Add(1)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return int(sent.Load()), fmt.Errorf("refill: %w", err)
	}
	return int(sent.Load()), nil
}
