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

const (
	// few states are written one by one: what is written together costs the
	// server a folder of its own for a moment, as much as some twenty writes.
	few = 32
	// most is how many go together; the server takes a thousand.
	most = 500
	// writers is how many are written at a time where each is by itself.
	writers = 16
)

// The headers of messages that a stream takes all of or none.
const (
	headerBatch    = "Nats-Batch-Id"
	headerSequence = "Nats-Batch-Sequence"
	headerCommit   = "Nats-Batch-Commit"
)

// PutStates implements pipeline.States. A server in this process takes many of
// them with one write to the disk; those that it refuses together are written
// one by one.
func (q *Queue) PutStates(ctx context.Context, sts []event.State) []error {
	if len(sts) < few || !q.embedded() {
		return q.putEach(ctx, sts)
	}
	var errs []error
	for part := range slices.Chunk(sts, most) {
		refused, err := q.putTogether(ctx, part)
		if refused {
			errs = append(errs, q.putEach(ctx, part)...)
			continue
		}
		errs = append(errs, slices.Repeat([]error{q.fault("write states", err)}, len(part))...)
	}
	return errs
}

// putEach writes every state by itself.
func (q *Queue) putEach(ctx context.Context, sts []event.State) []error {
	errs := make([]error, len(sts))
	var g errgroup.Group
	g.SetLimit(writers)
	for i, st := range sts {
		g.Go(func() error { _, errs[i] = q.PutState(ctx, st); return nil })
	}
	_ = g.Wait() // never fails
	return errs
}

// putTogether writes all of sts or none. refused says that it is none.
func (q *Queue) putTogether(ctx context.Context, sts []event.State) (refused bool, err error) {
	if q.full() {
		return false, errFull
	}
	batch := rand.Text()
	for i, st := range sts {
		m, err := q.stateMessage(st)
		if err != nil {
			return true, err
		}
		m.Header.Set(headerBatch, batch)
		m.Header.Set(headerSequence, strconv.Itoa(i+1))
		if i == len(sts)-1 {
			return q.commit(ctx, m)
		}
		if err := q.conn.PublishMsg(m); err != nil {
			return false, err
		}
	}
	return false, nil
}

// commit sends the last of the messages that go together and waits until they
// are on the disk.
func (q *Queue) commit(ctx context.Context, m *nats.Msg) (refused bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	m.Header.Set(headerCommit, "1")
	res, err := q.conn.RequestMsgWithContext(ctx, m)
	if err != nil {
		return false, err
	}
	var answer struct{ Error *jetstream.APIError }
	if err := json.Unmarshal(res.Data, &answer); err != nil {
		return false, err
	}
	if answer.Error != nil {
		return true, answer.Error
	}
	return false, nil
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
