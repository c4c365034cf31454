package app

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"slices"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// Reprocess does the chosen documents again as far as the program has changed,
// and waits until each is final. progress is called now and then. A dry run reads
// in this process and stores nothing.
func (n *Node) Reprocess(ctx context.Context, q search.Redo, progress func(search.Redone)) (search.Redone, error) {
	p, err := n.open(ctx)
	if err != nil {
		return search.Redone{}, err
	}
	docs, err := n.chosen(ctx, q)
	if err != nil {
		return search.Redone{}, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	o := pipeline.RedoOptions{From: q.From, Force: q.Force, Progress: func(r search.Redone) {
		if n.isStopping() { // an asker over the socket must not hold its owner up
			stop(fault.WithHint(fault.New(fault.Unavailable, "the program is stopping"), "run the same command again: it does the rest"))
		}
		progress(r)
	}}
	if o.Indexed, err = n.indexed(ctx); err != nil {
		return search.Redone{}, err
	}
	if q.DryRun {
		return p.Preview(ctx, docs, o)
	}
	if n.owns && !n.working() {
		if err := n.workAlone(ctx); err != nil {
			return search.Redone{}, err
		}
		o.Drain = n.drained // those of others go on
	}
	return p.Redo(ctx, docs, o)
}

// chosen returns the documents that q names, in the order of a listing.
func (n *Node) chosen(ctx context.Context, q search.Redo) ([]event.State, error) {
	if len(q.IDs) == 0 {
		states, err := n.listed(ctx, q.Listing)
		return page(states, q.Listing.Offset, q.Listing.Limit), err
	}
	var states []event.State
	for _, id := range q.IDs {
		_, st, err := n.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(states, func(s event.State) bool { return s.ID == st.ID }) {
			states = append(states, st)
		}
	}
	return states, nil
}

// indexed returns the revisions that the index has; nil where it is elsewhere.
func (n *Node) indexed(ctx context.Context) (map[schemas.DocID]uint64, error) {
	if n.index == nil {
		return nil, nil
	}
	revisions := map[schemas.DocID]uint64{}
	for rev, err := range n.index.Revisions(ctx) {
		if err != nil {
			return nil, err
		}
		revisions[rev.ID] = rev.Revision
	}
	return revisions, nil
}

// working reports whether workers run in this process.
func (n *Node) working() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.workers != nil
}

func (n *Node) isStopping() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stopping
}

// reprocessing is Reprocess for an asker over the socket: what it answers now
// and then, and at the end.
func (n *Node) reprocessing(ctx context.Context, q search.Redo) iter.Seq2[search.Redone, error] {
	return func(yield func(search.Redone, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		gone := false
		done, err := n.Reprocess(ctx, q, func(r search.Redone) {
			if r.Done = false; !gone && !yield(r, nil) {
				gone = true
				cancel()
			}
		})
		if gone {
			return
		}
		if err != nil {
			done.Done = false
			if !yield(done, nil) { // the counts, then the reason
				return
			}
		}
		yield(done, err)
	}
}

// flushing sends every line of an answer at once.
func flushing(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(flushed{w}, r) })
}

type flushed struct{ http.ResponseWriter }

func (f flushed) Write(b []byte) (int, error) {
	n, err := f.ResponseWriter.Write(b)
	return n, errors.Join(err, http.NewResponseController(f.ResponseWriter).Flush())
}

// Reprocess implements Service.
func (c *Client) Reprocess(ctx context.Context, q search.Redo, progress func(search.Redone)) (last search.Redone, err error) {
	for r, err := range stream[search.Redone](ctx, c, "reprocess", q) {
		if err != nil {
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			return last, err
		}
		if last = r; r.Done {
			return r, nil
		}
		progress(r)
	}
	return last, errors.Join(ctx.Err(), errCut)
}

// errCut says that an answer of the owner ended before its end.
var errCut = fault.WithHint(fault.New(fault.Unavailable, "the process that owns the data folder has ended before the work was done"),
	"run the same command again: it does the rest")
