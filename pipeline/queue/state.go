package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// State implements pipeline.States.
func (q *Queue) State(ctx context.Context, id schemas.DocID) (event.State, error) {
	if !id.Valid() {
		return event.State{}, fault.New(fault.NotFound, "%q is not the id of a document", id)
	}
	var e jetstream.KeyValueEntry
	err := q.elected(ctx, func() (err error) { e, err = q.kv.Get(ctx, string(id)); return err })
	if err != nil {
		return event.State{}, q.fault("read the state of "+string(id), err)
	}
	return decode(e)
}

// PutState implements pipeline.States.
func (q *Queue) PutState(ctx context.Context, st event.State) (uint64, error) {
	w := q.putAll(ctx, []event.State{st})[0]
	return w.seq, w.err
}

// putOne writes st by itself.
func (q *Queue) putOne(ctx context.Context, st event.State) (uint64, error) {
	if !st.ID.Valid() {
		return 0, fault.New(fault.Internal, "state without a valid id: %q", st.ID)
	}
	if q.full() {
		return 0, q.fault("write the state of "+string(st.ID), errFull)
	}
	b, err := json.Marshal(st)
	if err != nil {
		return 0, fmt.Errorf("queue: encode the state of %s: %w", st.ID, err)
	}
	var seq uint64
	err = q.elected(ctx, func() (err error) { seq, err = q.kv.Update(ctx, string(st.ID), b, st.Seq); return err })
	return seq, q.fault("write the state of "+string(st.ID), err)
}

// AllStates implements pipeline.States.
func (q *Queue) AllStates(ctx context.Context) iter.Seq2[event.State, error] {
	return func(yield func(event.State, error) bool) {
		w, err := q.watch(ctx)
		if err != nil {
			yield(event.State{}, q.fault("list the states", err))
			return
		}
		defer func() { _ = w.Stop() }() // the connection closes it at the latest
		for {
			select {
			case <-ctx.Done():
				yield(event.State{}, ctx.Err())
				return
			case e, ok := <-w.Updates():
				if !ok {
					yield(event.State{}, fault.New(fault.Unavailable, "queue: the list of states ended early"))
					return
				}
				if e == nil || !yield(decode(e)) {
					return
				}
			}
		}
	}
}

// WatchStates implements pipeline.States.
func (q *Queue) WatchStates(ctx context.Context) iter.Seq2[event.State, error] {
	return func(yield func(event.State, error) bool) {
		w, err := q.watch(ctx, jetstream.UpdatesOnly())
		if err != nil {
			yield(event.State{}, q.fault("watch the states", err))
			return
		}
		defer func() { _ = w.Stop() }() // as above
		if !yield(event.State{}, nil) {
			return
		}
		for {
			select {
			case <-ctx.Done():
				return
			case e, ok := <-w.Updates():
				if !ok || (e != nil && !yield(decode(e))) {
					return
				}
			}
		}
	}
}

// watch opens a watch on the states, again while the servers choose who leads
// their stream: a server that loses its place with the request in hand never
// answers it, and an ephemeral consumer too many ends by itself.
func (q *Queue) watch(ctx context.Context, o ...jetstream.WatchOpt) (jetstream.KeyWatcher, error) {
	var w jetstream.KeyWatcher
	err := q.elected(ctx, func() (err error) {
		w, err = q.kv.WatchAll(ctx, append(o, jetstream.IgnoreDeletes())...)
		return silent(ctx, err)
	})
	return w, err
}

func decode(e jetstream.KeyValueEntry) (event.State, error) {
	var st event.State
	if err := json.Unmarshal(e.Value(), &st); err != nil {
		return st, fault.Mark(fault.Internal, fmt.Errorf("queue: state %q: %w", e.Key(), err))
	}
	st.Seq = e.Revision()
	return st, nil
}
