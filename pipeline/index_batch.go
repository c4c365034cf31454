package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

// writers is how many failures of a batch are noted at a time: each waits for the
// disk.
const writers = 16

// An entry is one document of a batch on its way into the index.
type entry struct {
	sent    uint64 // the revision the message speaks of
	st      event.State
	doc     *record.Document // nil when there is nothing to index
	verdict error
}

// IndexBatch handles messages of the index stage, event.Extracted each, in one
// go. It returns one verdict a message, as Extract does.
func (p *Pipeline) IndexBatch(ctx context.Context, msgs [][]byte) []error {
	start := time.Now()
	verdicts := make([]error, len(msgs))
	entries := map[schemas.DocID]*entry{}
	ids := make([]schemas.DocID, len(msgs))
	for i, msg := range msgs {
		var e event.Extracted
		if err := json.Unmarshal(msg, &e); err != nil || !e.ID.Valid() {
			verdicts[i] = &event.Failed{Stage: event.StageIndex, Kind: string(fault.Invalid), Message: fmt.Sprintf("a message that is no extraction: %.100q", msg)}
			continue
		}
		ids[i] = e.ID
		entries[e.ID] = &entry{sent: e.Revision, st: event.State{ID: e.ID}}
	}
	p.each(entries, runtime.GOMAXPROCS(0), func(e *entry) { e.verdict = p.fetch(ctx, e) })
	p.index(ctx, entries)
	p.indexed(ctx, entries)
	for i, id := range ids {
		if e := entries[id]; e != nil {
			verdicts[i] = e.verdict
		}
	}
	for id, e := range entries {
		h := &handling{stage: event.StageIndex, doc: id, attempt: 1 + e.st.Attempts[event.StageIndex], start: start}
		if e.doc != nil {
			h.reached = OutcomeOK
		}
		p.tell(ctx, h, e.verdict)
	}
	return verdicts
}

// each runs f for every entry, limit at a time.
func (p *Pipeline) each(entries map[schemas.DocID]*entry, limit int, f func(*entry)) {
	var g errgroup.Group
	g.SetLimit(limit)
	for _, e := range entries {
		g.Go(func() error {
			if err := guard(func() error { f(e); return nil }); err != nil {
				e.verdict = err
			}
			return nil
		})
	}
	_ = g.Wait() // never fails
}

// fetch loads the document of e if it is to be indexed.
func (p *Pipeline) fetch(ctx context.Context, e *entry) (err error) {
	if doc, st := p.handover.take(e.st.ID, e.sent); doc != nil {
		e.doc, e.st = doc, st
		return nil
	}
	if e.st, err = p.States.State(ctx, e.st.ID); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			return &event.Failed{Stage: event.StageIndex, Kind: string(fault.NotFound), Message: err.Error()}
		}
		p.trouble.note(err)
		return err
	}
	switch e.st.Phase {
	case event.PhaseExtracted:
	case event.PhaseFailed:
		return letter(e.st)
	default:
		return nil // indexed or removed, or about to be read again and then sent again
	}
	if e.doc, err = p.load(ctx, e.st); fault.KindOf(err) == fault.NotFound {
		err = fault.WithHint(fmt.Errorf("the record of the document is not here: %w", err),
			"import and workers need the same data folder; then import it again")
	}
	if err != nil {
		return p.verdict(ctx, e.st, event.StageIndex, err)
	}
	return nil
}

// index sends the loaded documents to the index together. If that fails for
// other reasons than an index that is down, each is tried alone, so that one
// document does not hold up the others.
func (p *Pipeline) index(ctx context.Context, entries map[schemas.DocID]*entry) {
	var loaded []*entry
	var docs []*record.Document
	for _, e := range entries {
		if e.doc != nil {
			loaded, docs = append(loaded, e), append(docs, e.doc)
		}
	}
	if len(docs) == 0 {
		return
	}
	err := guard(func() error { return p.Indexer.Index(ctx, docs...) })
	alone := err != nil && len(docs) > 1 && !outage(err)
	for _, e := range loaded {
		e.verdict = err
		if alone {
			e.verdict = guard(func() error { return p.Indexer.Index(ctx, e.doc) })
		}
	}
}

// outage reports whether err speaks of the index rather than of a document.
func outage(err error) bool {
	switch fault.KindOf(err) {
	case fault.Unavailable, fault.Full, fault.Canceled, fault.Timeout:
		return true
	}
	return false
}

// indexed notes of the documents that can be found that they can, and of the
// others what kept them from it.
func (p *Pipeline) indexed(ctx context.Context, entries map[schemas.DocID]*entry) {
	var found []*entry
	var states []event.State
	others := map[schemas.DocID]*entry{}
	now := time.Now().UTC().Truncate(time.Millisecond)
	for id, e := range entries {
		switch {
		case e.doc == nil:
		case e.verdict != nil:
			others[id] = e
		default:
			st := e.st
			st.Phase, st.Fault, st.Updated = event.PhaseIndexed, nil, now
			found, states = append(found, e), append(states, st)
		}
	}
	for i, err := range p.States.PutStates(ctx, states) {
		found[i].verdict = p.noted(ctx, found[i], err)
	}
	p.each(others, writers, func(e *entry) { e.verdict = p.verdict(ctx, e.st, event.StageIndex, e.verdict) })
}

// noted takes in how it ended to write that the document of e can be found. If
// its state moved on meanwhile, what is in the index may be old, and the message
// comes again.
func (p *Pipeline) noted(ctx context.Context, e *entry, err error) error {
	if fault.KindOf(err) == fault.Conflict {
		return p.overtaken(ctx, e)
	}
	p.trouble.note(err)
	if err != nil {
		return err
	}
	told := p.Publisher.PublishIndexed(ctx, event.Indexed{ID: e.st.ID, Revision: e.st.Revision, State: string(e.st.Record)})
	if told != nil {
		p.log().WarnContext(ctx, "nobody is told", "doc", e.st.ID, "stage", event.StageIndex, "err", told)
	}
	return nil
}

// overtaken handles an entry whose state was written while it was indexed.
func (p *Pipeline) overtaken(ctx context.Context, e *entry) error {
	now, err := p.States.State(ctx, e.st.ID)
	switch {
	case err != nil:
		return err
	case now.Phase.Gone():
		return p.Indexer.Remove(ctx, now.ID)
	case now.Phase == event.PhaseExtracted:
		return fault.New(fault.Unavailable, "%.12s… changed while it was indexed", now.ID)
	}
	return nil // indexed by another delivery, or on its way through extract again
}
