package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

const (
	// largest is the size up to which a packed result is one message; the
	// server's own limit may be lower.
	largest = 512 << 10
	// overhead is what subject and headers may add to a message.
	overhead = 8 << 10
	// objectHeader marks a message whose value is an object of that name.
	objectHeader = "Jixiao-Object"
	// resultPrefix begins the name of a result that is an object.
	resultPrefix = "result-"
	shards       = "0123456789abcdef"
)

// Objects is a store in JetStream, for any number of processes. Originals and
// results are one message each, under a subject that ends in the DocID; what is
// too large for that is an object. It is safe for concurrent use.
type Objects struct {
	codec
	name      string
	js        jetstream.JetStream
	originals jetstream.Stream
	results   jetstream.Stream
	large     jetstream.ObjectStore
	chunks    jetstream.Stream // the stream of large
	limit     int              // bytes of one message
}

// ObjectStreams returns the streams that a store called name needs; whoever
// makes them decides on replicas and placement.
func ObjectStreams(name string) []jetstream.StreamConfig {
	bucket := name + "-objects"
	keep := jetstream.StreamConfig{MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew}
	originals, results := keep, keep
	originals.Name, originals.Subjects = streamName(name, "originals"), []string{name + ".originals.>"}
	results.Name, results.Subjects = streamName(name, "results"), []string{name + ".results.>"}
	return []jetstream.StreamConfig{originals, results, {
		Name: "OBJ_" + bucket, Subjects: []string{"$O." + bucket + ".C.>", "$O." + bucket + ".M.>"},
		Discard: jetstream.DiscardNew, AllowRollup: true,
	}}
}

func streamName(name, what string) string { return strings.ToUpper(name + "_" + what) }

// OpenObjects opens the store called name, whose streams are there.
func OpenObjects(ctx context.Context, js jetstream.JetStream, name string) (*Objects, error) {
	o := &Objects{name: name, js: js, limit: min(largest, int(js.Conn().MaxPayload())-overhead)}
	var err error
	if o.codec, err = newCodec(); err != nil {
		return nil, err
	}
	if o.originals, err = js.Stream(ctx, streamName(name, "originals")); err == nil {
		o.results, err = js.Stream(ctx, streamName(name, "results"))
	}
	if err == nil {
		o.large, err = js.ObjectStore(ctx, name+"-objects")
	}
	if err == nil {
		o.chunks, err = js.Stream(ctx, "OBJ_"+name+"-objects")
	}
	if err != nil {
		return nil, errors.Join(objectFault("open the store", err), o.Close())
	}
	return o, nil
}

// HasObjects reports whether a store called name was made on the servers.
func HasObjects(ctx context.Context, js jetstream.JetStream, name string) (bool, error) {
	_, err := js.Stream(ctx, streamName(name, "originals"))
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return false, nil
	}
	return err == nil, objectFault("look for the store", err)
}

// Close releases memory; the connection is the caller's.
func (o *Objects) Close() error {
	if o.open != nil {
		o.open.Close()
	}
	return nil
}

// subject returns where what kind of id lies. The first digit stands apart, so
// that lists can be asked for in parts.
func (o *Objects) subject(kind string, id schemas.DocID) string {
	return o.name + "." + kind + "." + string(id[:1]) + "." + string(id)
}

// PutResult implements pipeline.Store: layout and record are one message.
func (o *Objects) PutResult(ctx context.Context, doc *layout.Doc, rec *record.Record) error {
	if !rec.ID.Valid() {
		return fault.New(fault.Internal, "store: record without a valid id: %q", rec.ID)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	packedDoc, err := o.encode(doc)
	if err != nil {
		return fmt.Errorf("store: layout of %s: %w", rec.ID, err)
	}
	packedRec, err := o.encode(rec)
	if err != nil {
		return fmt.Errorf("store: record of %s: %w", rec.ID, err)
	}
	value := binary.AppendUvarint(nil, uint64(len(packedRec)))
	value = append(append(value, packedRec...), packedDoc...)
	msg := nats.NewMsg(o.subject("results", rec.ID))
	msg.Data = value
	if len(value) > o.limit {
		name := resultPrefix + string(rec.ID)
		if err := o.putObject(ctx, name, value); err != nil {
			return objectFault("write the record of "+string(rec.ID), err)
		}
		msg.Header.Set(objectHeader, name)
		msg.Data = nil
	}
	return objectFault("write the record of "+string(rec.ID), o.publish(ctx, msg))
}

// result returns the packed record and layout of id; NotFound if there are none.
func (o *Objects) result(ctx context.Context, id schemas.DocID) (rec, doc []byte, err error) {
	msg, err := o.get(ctx, o.results, "results", id)
	if err != nil {
		return nil, nil, err
	}
	value := msg.Data
	if msg.Header.Get(objectHeader) != "" {
		if value, err = o.object(ctx, resultPrefix+string(id)); err != nil {
			return nil, nil, objectFault("read the record of "+string(id), err)
		}
	}
	n, head := binary.Uvarint(value)
	if head <= 0 || n > uint64(len(value)-head) {
		return nil, nil, fault.New(fault.Internal, "store: the record of %s is damaged", id)
	}
	return value[head : head+int(n)], value[head+int(n):], nil
}

// Record implements pipeline.Store.
func (o *Objects) Record(ctx context.Context, id schemas.DocID) (*record.Record, error) {
	rec := new(record.Record)
	packed, _, err := o.result(ctx, id)
	if err == nil {
		err = o.decode(packed, rec)
	}
	if err != nil {
		return nil, fmt.Errorf("store: record of %.12q: %w", id, err)
	}
	return rec, nil
}

// Layout implements pipeline.Store.
func (o *Objects) Layout(ctx context.Context, id schemas.DocID) (*layout.Doc, error) {
	doc := new(layout.Doc)
	_, packed, err := o.result(ctx, id)
	if err == nil {
		err = o.decode(packed, doc)
	}
	if err != nil {
		return nil, fmt.Errorf("store: layout of %.12q: %w", id, err)
	}
	return doc, nil
}

// Document implements pipeline.Store.
func (o *Objects) Document(ctx context.Context, id schemas.DocID) (*record.Record, string, error) {
	rec, doc, err := o.result(ctx, id)
	if err != nil {
		return nil, "", fmt.Errorf("store: record of %.12q: %w", id, err)
	}
	return o.document(id, rec, doc)
}

// Records implements pipeline.Store. The ids of a sixteenth of the documents
// are in memory at a time.
func (o *Objects) Records(ctx context.Context, after schemas.DocID) iter.Seq2[schemas.DocID, error] {
	return func(yield func(schemas.DocID, error) bool) {
		for _, shard := range shards {
			if after != "" && string(shard) < string(after[:1]) {
				continue
			}
			ids, err := o.list(ctx, string(shard))
			if err != nil {
				yield("", objectFault("list the records", err))
				return
			}
			for _, id := range ids {
				if id > after && !yield(id, nil) {
					return
				}
			}
		}
	}
}

// list returns the ids that begin with shard, ascending.
func (o *Objects) list(ctx context.Context, shard string) ([]schemas.DocID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, listing)
	defer cancel()
	info, err := o.results.Info(ctx, jetstream.WithSubjectFilter(o.name+".results."+shard+".*"))
	if err != nil {
		return nil, err
	}
	ids := make([]schemas.DocID, 0, len(info.State.Subjects))
	for subject := range info.State.Subjects {
		ids = append(ids, schemas.DocID(subject[strings.LastIndexByte(subject, '.')+1:]))
	}
	slices.Sort(ids)
	return ids, nil
}

// Delete implements pipeline.Store.
func (o *Objects) Delete(ctx context.Context, id schemas.DocID) error {
	if err := ctx.Err(); err != nil || !id.Valid() {
		return err
	}
	doing := "delete " + string(id)
	// The record goes last: as long as it is listed there is something to delete.
	for _, name := range []string{string(id), resultPrefix + string(id)} {
		if err := o.deleteObject(ctx, name); err != nil {
			return objectFault(doing, err)
		}
	}
	if err := o.originals.Purge(ctx, jetstream.WithPurgeSubject(o.subject("originals", id))); err != nil {
		return objectFault(doing, err)
	}
	return objectFault(doing, o.results.Purge(ctx, jetstream.WithPurgeSubject(o.subject("results", id))))
}

// publish writes msg and returns when it is stored.
func (o *Objects) publish(ctx context.Context, msg *nats.Msg, options ...jetstream.PublishOpt) error {
	options = append(options, jetstream.WithRetryWait(electionPause), jetstream.WithRetryAttempts(electionTries))
	_, err := o.js.PublishMsg(ctx, msg, options...)
	return err
}

// get returns the message of id in s; NotFound if there is none.
func (o *Objects) get(ctx context.Context, s jetstream.Stream, kind string, id schemas.DocID) (*jetstream.RawStreamMsg, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !id.Valid() {
		return nil, fault.New(fault.NotFound, "%q is not the id of a document", id)
	}
	asking, cancel := context.WithTimeout(ctx, request)
	defer cancel()
	msg, err := s.GetLastMsgForSubject(asking, o.subject(kind, id))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, fault.New(fault.NotFound, "the store has no %.8s… among its %s", id, kind)
	}
	return msg, objectFault("read from the "+kind+": "+string(id), err)
}
