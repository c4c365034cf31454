package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/elastic/go-elasticsearch/v8/esapi"
	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
)

// Sizes of bulk requests. A megabyte keeps the server busy for a tenth of a
// second; inFlight lets one be cut into terms here while the server works on
// another.
const (
	bulkBytes = 1 << 20
	inFlight  = 3
	// usual is how much room is made for a document at first.
	usual = 32 << 10
)

// Put implements index.Backend. While a new index is built it writes to that
// one as well.
func (x *Index) Put(ctx context.Context, docs ...index.Doc) error {
	return x.write(ctx, len(docs), func(w *writer, i int) error { return w.put(&docs[i]) })
}

// Delete implements index.Backend.
func (x *Index) Delete(ctx context.Context, ids ...schemas.DocID) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id schemas.DocID) bool { return !id.Valid() })
	return x.write(ctx, len(ids), func(w *writer, i int) error {
		return w.enc.Encode(action{Delete: &target{ID: string(ids[i])}})
	})
}

// write sends what add spells for 0 to n-1, in bulks, and makes it visible.
func (x *Index) write(ctx context.Context, n int, add func(*writer, int) error) error {
	if err := x.open(ctx); err != nil {
		return err
	}
	if n == 0 {
		return nil
	}
	targets, err := x.targets(ctx)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(inFlight)
	for next := 0; next < n && gctx.Err() == nil; {
		var b batch
		if next, err = b.fill(next, n, add); err != nil {
			break
		}
		g.Go(func() error { return x.send(gctx, targets, b) })
	}
	if err := errors.Join(err, g.Wait()); err != nil {
		return later(fmt.Errorf("index: writing: %w", err))
	}
	return later(x.refresh(ctx, targets))
}

// A batch is what one bulk request carries.
type batch struct {
	w    *writer
	ends []int // in w.out, of each document or removal
}

// fill takes from next on what fits, at least one, and returns the next one.
func (b *batch) fill(next, n int, add func(*writer, int) error) (int, error) {
	b.w = newWriter()
	b.w.out.Grow(min((n-next)*usual, bulkBytes*9/8))
	for ; next < n && b.w.out.Len() < bulkBytes; next++ {
		if err := add(b.w, next); err != nil {
			return next, err
		}
		b.ends = append(b.ends, b.w.out.Len())
	}
	return next, nil
}

// lines returns each document or removal.
func (b *batch) lines() [][]byte {
	out := make([][]byte, len(b.ends))
	start := 0
	for i, end := range b.ends {
		out[i] = b.w.out.Bytes()[start:end]
		start = end
	}
	return out
}

// send brings b into each of targets. What the server had no room for is sent
// again, alone.
func (x *Index) send(ctx context.Context, targets []string, b batch) error {
	for _, t := range targets {
		pending, body := b.lines(), b.w.out.Bytes()
		err := x.patiently(ctx, func() error {
			left, err := x.bulk(ctx, t, pending, body)
			if len(left) < len(pending) {
				pending, body = left, bytes.Join(left, nil)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// A bulkAnswer has one item for each line, in order.
type bulkAnswer struct {
	Errors bool
	Items  []map[string]struct {
		Status int
		Error  cause
	}
}

// bulk sends lines, which body joins, once and returns those that did not get in,
// all of them if it is not known. An error of a kind that does not pass wins over one that
// does.
func (x *Index) bulk(ctx context.Context, to string, lines [][]byte, body []byte) ([][]byte, error) {
	var answer bulkAnswer
	err := x.call(ctx, func() esapi.Request {
		return esapi.BulkRequest{
			Index: to, Body: bytes.NewReader(body), FilterPath: []string{"errors", "items.*.status", "items.*.error"},
		}
	}, &answer)
	x.told(&answer)
	if err != nil || !answer.Errors {
		return lines, err
	}
	if len(answer.Items) != len(lines) {
		return lines, fault.New(fault.Internal, "elasticsearch answers for %d of %d documents", len(answer.Items), len(lines))
	}
	var left [][]byte
	for i, item := range answer.Items {
		for _, r := range item {
			if done(r.Status, r.Error) {
				continue
			}
			left = append(left, lines[i])
			if e := r.Error.fault(r.Status); err == nil || !passing(e) && passing(err) {
				err = fault.Mark(fault.KindOf(e), fmt.Errorf("document %s: %w", idIn(lines[i]), e))
			}
		}
	}
	return left, err
}

// told hands on how the items of an answer ended.
func (x *Index) told(answer *bulkAnswer) {
	if x.opts.Answered == nil {
		return
	}
	for _, item := range answer.Items {
		for _, r := range item {
			x.opts.Answered(r.Status)
		}
	}
}

// done reports whether a document is as it has to be: written, there already
// with this revision or a newer one, or not there to be removed. That the index
// is not there is an error, of the same status.
func done(status int, c cause) bool {
	return status < http.StatusMultipleChoices || status == http.StatusConflict || status == http.StatusNotFound && c.Type == ""
}

func passing(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Unavailable || k == fault.Full
}

// idIn reads the id out of an action.
func idIn(line []byte) string {
	var a action
	first, _, _ := bytes.Cut(line, []byte("\n"))
	if json.Unmarshal(first, &a) != nil || a.Index == nil {
		return "to remove"
	}
	return a.Index.ID
}

// refresh makes what was written visible to searches.
func (x *Index) refresh(ctx context.Context, targets []string) error {
	var answer struct {
		Shards struct{ Failed int } `json:"_shards"`
	}
	return x.patiently(ctx, func() error {
		err := x.call(ctx, func() esapi.Request { return esapi.IndicesRefreshRequest{Index: targets} }, &answer)
		if err == nil && answer.Shards.Failed > 0 {
			err = fault.New(fault.Unavailable, "elasticsearch: %d shards did not refresh", answer.Shards.Failed)
		}
		return err
	})
}
