package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
)

// A Change is one difference between what is wanted and what the server has.
type Change struct {
	Kind   string   `json:"kind"` // "stream" or "consumer"
	Name   string   `json:"name"`
	Create bool     `json:"create"` // it is not there
	Fields []string `json:"fields"` // as "replicas: 1 -> 3"
}

// A step is a Change with what brings it about.
type step struct {
	Change
	do func(ctx context.Context) error
}

// Plan returns what Apply would change on the servers.
func (q *Queue) Plan(ctx context.Context) ([]Change, error) { return q.carryOut(ctx, nothing) }

// Apply creates what is missing, changes what differs, and returns what it
// did. A second call finds nothing to do.
func (q *Queue) Apply(ctx context.Context) ([]Change, error) { return q.carryOut(ctx, everything) }

// Which steps are carried out.
func nothing(Change) bool       { return false }
func everything(Change) bool    { return true }
func onlyMissing(c Change) bool { return c.Create }
func (c Change) differs() bool  { return !c.Create }
func (c Change) String() string { return c.Kind + " " + c.Name + ": " + strings.Join(c.Fields, ", ") }
func (q *Queue) embedded() bool { return q.server != nil }

// carryOut compares everything in order, carries out what which chooses, and
// returns all differences it found.
func (q *Queue) carryOut(ctx context.Context, which func(Change) bool) ([]Change, error) {
	changes := []Change{}
	take := func(s *step, err error) error {
		if err != nil || s == nil {
			return err
		}
		if which(s.Change) {
			if err := s.do(ctx); err != nil {
				return q.planFault(s.Change, err)
			}
		}
		changes = append(changes, s.Change)
		return nil
	}
	for _, want := range q.streams() {
		if err := take(q.compareStream(ctx, want)); err != nil {
			return changes, err
		}
	}
	for _, want := range q.consumers() {
		if err := take(q.compareConsumer(ctx, want)); err != nil {
			return changes, err
		}
	}
	return changes, nil
}

// noRoom are the server's codes for a stream that fits nowhere: no peers with
// room, insufficient resources, memory or storage exceeded.
var noRoom = []jetstream.ErrorCode{10005, 10023, 10028, 10047}

func (q *Queue) planFault(c Change, err error) error {
	var api *jetstream.APIError
	refused := errors.As(err, &api)
	if refused && slices.Contains(noRoom, api.ErrorCode) {
		return fault.WithHint(fault.Mark(fault.Unavailable, fmt.Errorf("%s %s: %w", c.Kind, c.Name, err)),
			"the servers promise JetStream too little disk or are too few for the copies wanted: give each 5 GB or more (max_file_store), or want fewer copies or other servers (--nats-replicas, --nats-cluster, --nats-tags)")
	}
	if refused && api.Code == 400 || errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
		return fault.WithHint(fault.Mark(fault.Conflict, fmt.Errorf("%s %s: the server refuses: %w", c.Kind, c.Name, err)),
			"does something else use this name or its subjects? another prefix keeps them apart (--nats-prefix)")
	}
	return q.fault("change "+c.Kind+" "+c.Name, err)
}

// compareStream returns what is to be done about the stream want, nil for nothing.
func (q *Queue) compareStream(ctx context.Context, want jetstream.StreamConfig) (*step, error) {
	var s jetstream.Stream
	err := q.look(ctx, func(ctx context.Context) (err error) { s, err = q.js.Stream(ctx, want.Name); return err })
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		q.place(&want, max(q.opts.Replicas, 1))
		return &step{Change{Kind: "stream", Name: want.Name, Create: true, Fields: []string{}}, func(ctx context.Context) error {
			_, err := q.js.CreateStream(ctx, want)
			return err
		}}, nil
	}
	if err != nil {
		return nil, q.fault("look for the stream "+want.Name, err)
	}
	have := s.CachedInfo().Config
	replicas := q.opts.Replicas
	if replicas == 0 {
		replicas = have.Replicas
	}
	q.place(&want, replicas)
	if want.Placement == nil {
		want.Placement = have.Placement
	}
	// What somebody else may have set beside our fields is left as it is.
	names := []string{"Subjects", "Retention", "Storage", "Discard", "MaxBytes", "MaxAge", "MaxMsgsPerSubject",
		"Replicas", "Placement", "AllowDirect", "AllowRollup", "DenyDelete"}
	if q.embedded() {
		names = append(names, "AllowAtomicPublish")
	}
	fields := overlay(&have, &want, names...)
	if len(fields) == 0 {
		return nil, nil
	}
	was := s.CachedInfo().Config
	return &step{Change{Kind: "stream", Name: want.Name, Fields: fields}, func(ctx context.Context) error {
		return q.update(ctx, was, have)
	}}, nil
}

// codeMoving is what servers say while they move or scale a stream; moveWait is
// how long that is waited for.
const (
	codeMoving jetstream.ErrorCode = 10226
	moveWait                       = time.Minute
)

// update changes a stream from was to want. Servers refuse to move and to scale
// at once, so that is done in two steps.
func (q *Queue) update(ctx context.Context, was, want jetstream.StreamConfig) error {
	if was.Replicas != want.Replicas && !reflect.DeepEqual(was.Placement, want.Placement) {
		scaled := want
		scaled.Placement = was.Placement
		if err := q.updateOnce(ctx, scaled); err != nil {
			return err
		}
	}
	return q.updateOnce(ctx, want)
}

func (q *Queue) updateOnce(ctx context.Context, want jetstream.StreamConfig) error {
	for begin := time.Now(); ; {
		_, err := q.js.UpdateStream(ctx, want)
		if !hasCode(err, codeMoving) || time.Since(begin) > moveWait || ctx.Err() != nil {
			return err
		}
		pause(ctx, electionPause)
	}
}

// place says where want is to be kept, and writes its defaults as the server
// would.
//
// Replicas may only be read directly where there is one: a follower that lags
// behind would answer with a state that was overwritten, and a worker would
// take a document for finished that is to be read anew.
func (q *Queue) place(want *jetstream.StreamConfig, replicas int) {
	want.Replicas, want.Placement = replicas, q.opts.placement()
	want.AllowDirect = replicas <= 1 && want.MaxMsgsPerSubject == 1
	for _, n := range []*int64{&want.MaxBytes, &want.MaxMsgsPerSubject} {
		if *n == 0 {
			*n = -1
		}
	}
}

// compareConsumer returns what is to be done about the consumer want of the
// work stream, nil for nothing.
func (q *Queue) compareConsumer(ctx context.Context, want jetstream.ConsumerConfig) (*step, error) {
	write := func(ctx context.Context) error {
		_, err := q.js.CreateOrUpdateConsumer(ctx, q.stream("work"), want)
		return err
	}
	name := q.stream("work") + "/" + want.Durable
	var c jetstream.Consumer
	err := q.look(ctx, func(ctx context.Context) (err error) {
		c, err = q.js.Consumer(ctx, q.stream("work"), want.Durable)
		return err
	})
	if errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
		return &step{Change{Kind: "consumer", Name: name, Create: true, Fields: []string{}}, write}, nil
	}
	if err != nil {
		return nil, q.fault("look for the consumer "+name, err)
	}
	have := c.CachedInfo().Config
	fields := overlay(&have, &want, "FilterSubject", "AckPolicy", "AckWait", "MaxDeliver", "MaxAckPending")
	if len(fields) == 0 {
		return nil, nil
	}
	want = have
	return &step{Change{Kind: "consumer", Name: name, Fields: fields}, write}, nil
}

// overlay sets the named fields of have as they are in want and says what that
// changed. Both point to structs of one type.
func overlay(have, want any, names ...string) (fields []string) {
	h, w := reflect.ValueOf(have).Elem(), reflect.ValueOf(want).Elem()
	for _, name := range names {
		old, now := h.FieldByName(name), w.FieldByName(name)
		if reflect.DeepEqual(old.Interface(), now.Interface()) {
			continue
		}
		fields = append(fields, fmt.Sprintf("%s: %s -> %s", name, show(old), show(now)))
		old.Set(now)
	}
	return fields
}

func show(v reflect.Value) string {
	if p, ok := v.Interface().(*jetstream.Placement); ok {
		var said []string
		if p != nil && p.Cluster != "" {
			said = append(said, fmt.Sprintf("cluster %q", p.Cluster))
		}
		if p != nil && len(p.Tags) > 0 {
			said = append(said, fmt.Sprintf("tags %q", p.Tags))
		}
		return cmp.Or(strings.Join(said, " "), "anywhere")
	}
	return fmt.Sprint(v.Interface())
}
