package app

import (
	"context"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// Search implements Service.
func (n *Node) Search(ctx context.Context, q search.Query) (search.Result, error) {
	if err := n.needIndex(); err != nil {
		return search.Result{}, err
	}
	return n.index.Search(ctx, q)
}

// find returns the state of the one document whose id begins with prefix.
func (n *Node) find(ctx context.Context, prefix string) (*pipeline.Pipeline, event.State, error) {
	p, err := n.open(ctx)
	if err != nil {
		return nil, event.State{}, err
	}
	if prefix == "" {
		return nil, event.State{}, usage("an empty id names no document")("copy an id from jixiao list")
	}
	st, err := p.Find(ctx, strings.ToLower(prefix)) // ids are lower-case hex
	return p, st, err
}

// Show implements Service.
func (n *Node) Show(ctx context.Context, id string) (search.Detail, error) {
	_, st, err := n.find(ctx, id)
	if err != nil {
		return search.Detail{}, err
	}
	return n.detail(ctx, st)
}

// detail adds the record of st, if there is one.
func (n *Node) detail(ctx context.Context, st event.State) (search.Detail, error) {
	d := search.Detail{ID: st.ID, State: stateOf(st), Revision: st.Revision, Submissions: st.Submissions}
	if f := st.Fault; f != nil {
		d.Error = &search.Trouble{Kind: f.Kind, Message: f.Message, Hint: f.Hint}
	}
	rec, err := n.store.Record(ctx, st.ID)
	if fault.KindOf(err) == fault.NotFound {
		return d, nil
	}
	d.Record = rec
	hint(rec, st.Name())
	return d, err
}

// stateOf is the one word that people see about a document.
func stateOf(st event.State) string {
	if st.Phase == event.PhaseIndexed && st.Record != "" {
		return string(st.Record)
	}
	return string(st.Phase)
}

// Original implements Service.
func (n *Node) Original(ctx context.Context, id string) (io.ReadCloser, error) {
	_, st, err := n.find(ctx, id)
	if err != nil {
		return nil, err
	}
	r, _, err := n.store.Original(ctx, st.ID)
	return r, err
}

// Failed implements Service.
func (n *Node) Failed(ctx context.Context) iter.Seq2[event.Failed, error] {
	return func(yield func(event.Failed, error) bool) {
		if _, err := n.open(ctx); err != nil {
			yield(event.Failed{}, err)
			return
		}
		for f, err := range n.queue.Letters(ctx) {
			if !yield(f, err) {
				return
			}
		}
	}
}

// Remove implements Service. Every id is looked up before the first goes; one
// that is named twice goes once.
func (n *Node) Remove(ctx context.Context, ids ...string) ([]schemas.DocID, error) {
	if err := n.removable(ctx); err != nil {
		return nil, err
	}
	var states []event.State
	for _, id := range ids {
		_, st, err := n.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(states, func(s event.State) bool { return s.ID == st.ID }) {
			states = append(states, st)
		}
	}
	var gone []schemas.DocID
	for _, st := range states {
		if err := n.pipeline.Remove(ctx, st.ID); err != nil && fault.KindOf(err) != fault.NotFound {
			return gone, err
		}
		gone = append(gone, st.ID)
	}
	return gone, nil
}

// RemoveBatch implements Service.
func (n *Node) RemoveBatch(ctx context.Context, batch string) ([]schemas.DocID, error) {
	if err := n.removable(ctx); err != nil {
		return nil, err
	}
	p, err := n.open(ctx)
	if err != nil {
		return nil, err
	}
	return p.RemoveBatch(ctx, batch)
}

// removable says why nothing can be removed now, before anything is half removed.
func (n *Node) removable(ctx context.Context) error {
	if err := n.needIndex(); err != nil {
		return err
	}
	return n.opts.hideSecrets(n.index.Ready(ctx))
}

// Status implements Service.
func (n *Node) Status(ctx context.Context) (search.Status, error) {
	p, err := n.open(ctx)
	if err != nil {
		return search.Status{}, err
	}
	s := search.Status{Documents: map[string]int{}, Owner: n.owner(), Index: search.IndexStatus{Version: index.Version}}
	if n.owns {
		s.Data = n.opts.Data
	}
	want := map[schemas.DocID]uint64{}
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return s, err
		}
		if st.Phase.Gone() {
			continue
		}
		s.Total++
		s.Documents[stateOf(st)]++
		if st.Phase == event.PhaseIndexed || st.Phase == event.PhaseExtracted {
			want[st.ID] = st.Revision
		}
	}
	err = n.countIndex(ctx, &s.Index, want)
	if n.elastic != nil && fault.KindOf(err) == fault.Unavailable { // no reason not to tell the rest
		s.Index, err = search.IndexStatus{Version: index.Version, Error: n.opts.redact(err.Error())}, nil
	}
	if err != nil {
		return s, err
	}
	q, err := n.queue.Status(ctx)
	s.Queue = search.QueueStatus{Waiting: q.Waiting, InHand: q.InHand, DeadLetters: q.Dead, Server: n.opts.redact(q.Server)}
	return s, err
}

// countIndex counts what the index has and what of want it has not.
func (n *Node) countIndex(ctx context.Context, s *search.IndexStatus, want map[schemas.DocID]uint64) error {
	if n.index == nil { // elsewhere, or not now
		s.Error = n.needIndex().Error()
		return nil
	}
	for rev, err := range n.index.Revisions(ctx) {
		if err != nil {
			return err
		}
		s.Documents++
		if want[rev.ID] == rev.Revision {
			delete(want, rev.ID)
		}
	}
	s.Behind = len(want)
	return nil
}

func (n *Node) owner() search.Owner {
	return search.Owner{PID: os.Getpid(), Command: n.command, Since: n.since}
}

// tableKeys are the values an Entry carries: what people compare reports by.
var tableKeys = []string{
	"headcount.authorized.total", "headcount.actual.total", "revenue.total", "budget.adjusted", "expenditure.total",
	"expenditure.three_public", "execution_rate", "score", "grade",
}

// entryOf makes the line of a listing.
func entryOf(d search.Detail) search.Entry {
	e := search.Entry{ID: d.ID, State: d.State, Revision: d.Revision, Names: record.Names(d.Submissions), Batches: record.Batches(d.Submissions)}
	if d.Error != nil {
		e.Error = d.Error.Message
	}
	if d.Record == nil {
		return e
	}
	e.Title = d.Record.Title
	e.Values, e.Counts = map[string]record.Value{}, map[string]int{}
	for _, f := range d.Record.Fields {
		takeField(&e, f)
	}
	for _, f := range d.Record.Findings {
		if f.Severity != record.Info {
			e.Findings++
		}
	}
	return e
}

func takeField(e *search.Entry, f record.Field) {
	switch f.Key {
	case "unit":
		e.Unit, _ = f.Value.AsText()
	case "scope":
		e.Scope, _ = f.Value.AsText()
	case "project_name":
		e.Project, _ = f.Value.AsText()
	case "year":
		y, _ := f.Value.AsNumber()
		e.Year = int(y)
	case "problems", "measures", "projects", "indicators":
		e.Counts[f.Key]++
	}
	for _, key := range tableKeys {
		if _, ok := e.Values[key]; f.Key == key && !ok {
			e.Values[key] = f.Value
		}
	}
}
