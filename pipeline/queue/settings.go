package queue

import (
	"context"
	"errors"
	"iter"

	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
)

// settings returns the name of the bucket of what all who share these servers
// have to agree on. A server in this process has none: nobody shares it.
func (q *Queue) settings() string { return q.opts.Name + "-settings" }

// settingsStream returns the stream of that bucket.
func (q *Queue) settingsStream() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: "KV_" + q.settings(), Subjects: []string{"$KV." + q.settings() + ".>"},
		MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew, AllowRollup: true, DenyDelete: true,
	}
}

// Setting returns the value of a setting and its number for PutSetting; nil and 0
// where nobody has set it.
func (q *Queue) Setting(ctx context.Context, name string) ([]byte, uint64, error) {
	kv, err := q.settingsBucket(ctx)
	if errors.Is(err, jetstream.ErrBucketNotFound) { // before init
		return nil, 0, nil
	}
	var e jetstream.KeyValueEntry
	if err == nil {
		err = q.look(ctx, func(ctx context.Context) (err error) { e, err = kv.Get(ctx, name); return err })
	}
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, q.fault("read the setting "+name, err)
	}
	return e.Value(), e.Revision(), nil
}

// PutSetting sets what has the number seq, 0 for what nobody has set; Conflict if
// somebody was faster.
func (q *Queue) PutSetting(ctx context.Context, name string, value []byte, seq uint64) error {
	kv, err := q.settingsBucket(ctx)
	if err == nil {
		err = q.elected(ctx, func() (err error) {
			if seq == 0 { // also where somebody took it away
				_, err = kv.Create(ctx, name, value)
				return err
			}
			_, err = kv.Update(ctx, name, value, seq)
			return err
		})
	}
	return q.fault("write the setting "+name, err)
}

// WatchSetting yields the value of a setting, if there is one, and each one after it until
// ctx is done. Servers that go away are waited for.
func (q *Queue) WatchSetting(ctx context.Context, name string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		kv, err := q.settingsBucket(ctx)
		var w jetstream.KeyWatcher
		if err == nil {
			err = q.elected(ctx, func() (err error) { w, err = kv.Watch(ctx, name, jetstream.IgnoreDeletes()); return silent(ctx, err) })
		}
		if err != nil {
			yield(nil, q.fault("watch the setting "+name, err))
			return
		}
		defer func() { _ = w.Stop() }() // the connection closes it at the latest
		for {
			select {
			case <-ctx.Done():
				return
			case e, ok := <-w.Updates():
				if !ok {
					yield(nil, fault.New(fault.Unavailable, "queue: the watch on the setting %s ended early", name))
					return
				}
				if e != nil && !yield(e.Value(), nil) { // nil: that was what there was
					return
				}
			}
		}
	}
}

func (q *Queue) settingsBucket(ctx context.Context) (kv jetstream.KeyValue, err error) {
	err = q.look(ctx, func(ctx context.Context) (err error) { kv, err = q.js.KeyValue(ctx, q.settings()); return err })
	return kv, err
}
