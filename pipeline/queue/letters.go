package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// bury writes the dead letter f for a message and returns when it is on the
// disk. A second one for the same document and stage takes the place of the first.
func (q *Queue) bury(ctx context.Context, m jetstream.Msg, stage string, f *event.Failed) error {
	letter := *f
	letter.Stage = stage
	letter.ID = idOf(m.Subject())
	if letter.At.IsZero() {
		letter.At = time.Now().UTC()
	}
	return q.PutLetter(ctx, letter)
}

// PutLetter writes a dead letter as it is: one that was buried here, or elsewhere
// and comes out of a backup.
func (q *Queue) PutLetter(ctx context.Context, letter event.Failed) error {
	if !letter.ID.Valid() || q.stages[letter.Stage] == nil {
		return fault.New(fault.Internal, "a dead letter of %.12q and stage %.20q", letter.ID, letter.Stage)
	}
	b, err := json.Marshal(letter)
	if err != nil {
		return fmt.Errorf("queue: encode a dead letter: %w", err)
	}
	err = q.elected(ctx, func() error {
		_, err := q.js.Publish(ctx, q.subject("dead", letter.Stage, string(letter.ID)), b)
		return err
	})
	return q.fault("write a dead letter", err)
}

// Letters yields the dead letters, oldest first, at most one a document and stage.
func (q *Queue) Letters(ctx context.Context) iter.Seq2[event.Failed, error] {
	return q.letters(ctx, q.subject("dead", ">"))
}

func (q *Queue) letters(ctx context.Context, subject string) iter.Seq2[event.Failed, error] {
	return func(yield func(event.Failed, error) bool) {
		for seq := uint64(1); ; seq++ {
			m, err := q.dead.GetMsg(ctx, seq, jetstream.WithGetMsgSubject(subject))
			if errors.Is(err, jetstream.ErrMsgNotFound) {
				return
			}
			var f event.Failed
			if err == nil {
				seq = m.Sequence
				err = json.Unmarshal(m.Data, &f)
			}
			if err != nil {
				yield(f, q.fault("read a dead letter", err))
				return
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

// Letter returns the dead letter of id; NotFound if there is none.
func (q *Queue) Letter(ctx context.Context, id schemas.DocID) (event.Failed, error) {
	if id.Valid() {
		for f, err := range q.letters(ctx, q.subject("dead", "*", string(id))) {
			return f, err
		}
	}
	return event.Failed{}, fault.New(fault.NotFound, "no dead letter for %q", id)
}

// DropLetters implements pipeline.Publisher.
func (q *Queue) DropLetters(ctx context.Context, id schemas.DocID) error {
	if !id.Valid() {
		return fault.New(fault.NotFound, "no dead letter for %q", id)
	}
	return q.fault("drop the dead letters of "+string(id), q.dead.Purge(ctx, jetstream.WithPurgeSubject(q.subject("dead", "*", string(id)))))
}
