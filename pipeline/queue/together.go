package queue

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"jixiao/schemas/event"
)

// A write to the disk costs the same for one state and for hundreds. A server in this
// process takes many as one batch, all or none, each only if nobody was quicker.

const (
	// few states are written one by one: what is written together costs the
	// server a folder of its own for a moment, as much as some twenty writes.
	few = 32
	// most is how many go together; the server takes a thousand.
	most = 500
	// afterRefusal is how many groups are written one by one after one that was
	// refused.
	afterRefusal = 20
	// writers is how many are written at a time where each is by itself.
	writers = 16
)

// The headers of messages that a stream takes all of or none.
const (
	headerBatch    = "Nats-Batch-Id"
	headerSequence = "Nats-Batch-Sequence"
	headerCommit   = "Nats-Batch-Commit"
)

// PutStates implements pipeline.States.
func (q *Queue) PutStates(ctx context.Context, sts []event.State) []error {
	errs := make([]error, len(sts))
	for i, w := range q.putAll(ctx, sts) {
		errs[i] = w.err
	}
	return errs
}

// putAll writes sts. A server in this process takes many with one write to the
// disk.
func (q *Queue) putAll(ctx context.Context, sts []event.State) []*written {
	if q.embedded() {
		return q.joiner.put(ctx, sts, q.flush)
	}
	all := make([]*written, len(sts))
	for i, st := range sts {
		all[i] = &written{st: st}
	}
	q.putEach(ctx, all)
	return all
}

// flush writes group, together if they are many. Those that the server refuses
// together are written one by one, and so are some groups after them: where one
// is refused it is often because its documents are known already.
func (q *Queue) flush(group []*written) {
	ctx := context.Background() // each request has a time of its own
	for part := range slices.Chunk(group, most) {
		if len(part) < few || q.refusals > 0 {
			q.refusals = max(0, q.refusals-1)
			q.putEach(ctx, part)
			continue
		}
		refused, err := q.putTogether(ctx, part)
		if refused {
			q.refusals = afterRefusal
			q.putEach(ctx, part)
			continue
		}
		for _, w := range part {
			w.err = q.fault("write the state of "+string(w.st.ID), err)
		}
	}
}

// putEach writes every state by itself.
func (q *Queue) putEach(ctx context.Context, all []*written) {
	var g errgroup.Group
	g.SetLimit(writers)
	for _, w := range all {
		g.Go(func() error { w.seq, w.err = q.putOne(ctx, w.st); return nil })
	}
	_ = g.Wait() // never fails
}

// putTogether writes all or none. refused says that it is none.
func (q *Queue) putTogether(ctx context.Context, all []*written) (refused bool, err error) {
	if q.full() {
		return false, errFull
	}
	batch := rand.Text()
	for i, w := range all {
		m, err := q.stateMessage(w.st)
		if err != nil {
			return true, err
		}
		m.Header.Set(headerBatch, batch)
		m.Header.Set(headerSequence, strconv.Itoa(i+1))
		if i < len(all)-1 {
			if err := q.conn.PublishMsg(m); err != nil {
				return false, err
			}
			continue
		}
		last, refused, err := q.commit(ctx, m)
		for k, w := range all { // nothing came between them
			w.seq = last - uint64(i-k)
		}
		return refused, err
	}
	return false, nil
}

// commit sends the last of the messages that go together, waits until they are
// on the disk and returns its number.
func (q *Queue) commit(ctx context.Context, m *nats.Msg) (last uint64, refused bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	m.Header.Set(headerCommit, "1")
	res, err := q.conn.RequestMsgWithContext(ctx, m)
	if err != nil {
		return 0, false, err
	}
	var answer struct {
		Seq   uint64
		Error *jetstream.APIError
	}
	if err := json.Unmarshal(res.Data, &answer); err != nil {
		return 0, false, err
	}
	if answer.Error != nil {
		return 0, true, answer.Error
	}
	return answer.Seq, false, nil
}

// stateMessage is st as the bucket keeps it, for a write that fails unless the
// entry is still the one with number st.Seq.
func (q *Queue) stateMessage(st event.State) (*nats.Msg, error) {
	if !st.ID.Valid() {
		return nil, errors.New("state without a valid id")
	}
	b, err := json.Marshal(st)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	m := nats.NewMsg("$KV." + q.bucket() + "." + string(st.ID))
	m.Data = b
	m.Header.Set(jetstream.ExpectedLastSubjSeqHeader, strconv.FormatUint(st.Seq, 10))
	return m, nil
}
