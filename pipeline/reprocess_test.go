package pipeline_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/extractors"
	"jixiao/extractors/plaintext"
	"jixiao/internal/sample"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// counting is the Reader of the real program, which counts what it parses.
type counting struct {
	runner pipeline.Runner
	parsed atomic.Int32
}

func (c *counting) Run(ctx context.Context, id schemas.DocID, in extractors.Input) (*layout.Doc, *record.Record, error) {
	c.parsed.Add(1)
	return c.runner.Run(ctx, id, in)
}

// library is a world that reads reports as the program does, with n of them in.
func library(t testing.TB, n int) (*world, *counting, []schemas.DocID) {
	w, c := newWorld(t), &counting{runner: pipeline.Runner{Extractors: []extractors.Extractor{plaintext.New()}}}
	w.modern(c)
	w.work(t)
	var pairs []string
	var ids []schemas.DocID
	for i := range n {
		text := sample.Report(uint64(i), 2000)
		pairs, ids = append(pairs, fmt.Sprint(i, ".txt"), text), append(ids, schemas.IDOf([]byte(text)))
	}
	w.load(t, counts{Seen: n, New: n}, sources(pairs...))
	c.parsed.Store(0)
	return w, c, ids
}

// modern makes w the program of this version.
func (w *world) modern(c *counting) {
	w.Reader, w.Program, w.Extractors = c, "now", map[string]string{"text": plaintext.New().Version()}
}

// age makes the stored record of id one that another program made.
func (w *world) age(t testing.TB, id schemas.DocID, edit func(*record.Record, *layout.Doc)) {
	t.Helper()
	rec, err := w.store.Record(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := w.store.Layout(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	edit(rec, doc)
	if err := w.store.PutResult(t.Context(), doc, rec); err != nil {
		t.Fatal(err)
	}
	st := w.state(t, id)
	st.Program = "before"
	if _, err := w.queue.PutState(t.Context(), st); err != nil {
		t.Fatal(err)
	}
}

func (w *world) state(t testing.TB, id schemas.DocID) event.State {
	t.Helper()
	st, err := w.queue.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func (w *world) states(t testing.TB) (all []event.State) {
	t.Helper()
	for st, err := range w.queue.AllStates(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, st)
	}
	return all
}

func (w *world) revisions() map[schemas.DocID]uint64 {
	w.shelf.mu.Lock()
	defer w.shelf.mu.Unlock()
	out := map[schemas.DocID]uint64{}
	for id, d := range w.shelf.docs {
		out[id] = d.Revision
	}
	return out
}

func redo(t testing.TB, w *world, o pipeline.RedoOptions) search.Redone {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := w.Redo(ctx, w.states(t), o)
	if err != nil || !r.Done || r.Total != r.Settled() {
		t.Fatalf("Redo = %+v, %v", r, err)
	}
	return r
}

func older(rec *record.Record, _ *layout.Doc)      { rec.Versions.Reader-- }
func otherWords(rec *record.Record, _ *layout.Doc) { rec.Versions.Lexicon = "0123" }
func parsedBefore(rec *record.Record, _ *layout.Doc) {
	rec.Versions.Extractor = "text/0"
}
func otherEngine(rec *record.Record, _ *layout.Doc) {
	rec.Versions.Extractor = strings.Replace(rec.Versions.Extractor, "text/", "other/", 1)
}
func bothBefore(rec *record.Record, doc *layout.Doc) { older(rec, doc); parsedBefore(rec, doc) }

// What is done again is what moved, from the stage that moved first, and never
// from an earlier one than is allowed.
func TestRedoFromTheStageThatMoved(t *testing.T) {
	bytes, layouts, records := search.FromBytes, search.FromLayout, search.FromRecords
	for _, tt := range []struct {
		name   string
		edit   func(*record.Record, *layout.Doc) // nil leaves the document as it is
		from   string
		force  bool
		lost   bool // from the index
		want   search.Redone
		parsed int32
	}{
		{name: "current", from: bytes, want: search.Redone{Current: 1}},
		{name: "reader", edit: older, from: bytes, want: search.Redone{Layout: 1}},
		{name: "lexicon_from_layout", edit: otherWords, from: layouts, want: search.Redone{Layout: 1}},
		{name: "reader_from_records", edit: older, from: records, want: search.Redone{Earlier: 1}},
		{name: "extractor", edit: parsedBefore, from: bytes, want: search.Redone{Bytes: 1}, parsed: 1},
		{name: "extractor_from_layout", edit: parsedBefore, from: layouts, want: search.Redone{Earlier: 1}},
		{name: "both_from_layout", edit: bothBefore, from: layouts, want: search.Redone{Layout: 1}},
		{name: "other_engine", edit: otherEngine, from: bytes, want: search.Redone{Current: 1}},
		{name: "layout_form", edit: func(r *record.Record, _ *layout.Doc) { r.Versions.Layout-- }, from: layouts, force: true, want: search.Redone{Earlier: 1}},
		{name: "schema", edit: func(r *record.Record, _ *layout.Doc) { r.Schema-- }, from: bytes, want: search.Redone{Layout: 1}},
		{name: "segmenter", edit: func(r *record.Record, _ *layout.Doc) { r.Versions.Segmenter++ }, from: bytes, want: search.Redone{Layout: 1}},
		{name: "checks", edit: func(r *record.Record, _ *layout.Doc) { r.Versions.Checks++ }, from: bytes, want: search.Redone{Layout: 1}},
		{name: "lost_from_index", lost: true, from: bytes, want: search.Redone{Records: 1}},
		{name: "forced_bytes", from: bytes, force: true, want: search.Redone{Bytes: 1}, parsed: 1},
		{name: "forced_layout", from: layouts, force: true, want: search.Redone{Layout: 1}},
		{name: "forced_records", from: records, force: true, want: search.Redone{Records: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, c, ids := library(t, 1)
			fresh := w.record(t, ids[0])
			if tt.edit != nil {
				w.age(t, ids[0], tt.edit)
			}
			if tt.lost {
				if err := w.shelf.Remove(t.Context(), ids[0]); err != nil {
					t.Fatal(err)
				}
			}
			before := w.state(t, ids[0])
			got := redo(t, w, pipeline.RedoOptions{From: tt.from, Force: tt.force, Indexed: w.revisions()})
			tt.want.From, tt.want.Total, tt.want.Done, tt.want.Failures = tt.from, 1, true, []search.NotDone{}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("counts (-want +got):\n%s", d)
			}
			if n := c.parsed.Load(); n != tt.parsed {
				t.Errorf("parsed %d times, want %d", n, tt.parsed)
			}
			w.checkRedone(t, ids[0], before, fresh, got.DoneAgain())
		})
	}
}

func (w *world) record(t testing.TB, id schemas.DocID) *record.Record {
	t.Helper()
	rec, err := w.store.Record(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// checkRedone wants what was done again to be as if it had been read now, at a
// higher revision that the index has; and all else untouched.
func (w *world) checkRedone(t *testing.T, id schemas.DocID, before event.State, fresh *record.Record, times int) {
	t.Helper()
	after := w.state(t, id)
	if after.Revision != before.Revision+uint64(times) || after.Phase != event.PhaseIndexed || after.From != "" {
		t.Errorf("state %+v, before %+v", after, before)
	}
	if d := cmp.Diff(before.Submissions, after.Submissions); d != "" {
		t.Errorf("submissions (-before +after):\n%s", d)
	}
	if times == 0 {
		return
	}
	if hit := w.shelf.get(id); hit == nil || hit.Revision != after.Revision {
		t.Errorf("the index has %+v, want revision %d", hit, after.Revision)
	}
	now := w.record(t, id)
	whole := now.Versions == fresh.Versions
	fresh.Versions = now.Versions // the extractor's may be the old one
	if d := cmp.Diff(asJSON(t, fresh), asJSON(t, now)); d != "" {
		t.Errorf("record (-fresh +now):\n%s", d)
	}
	if (after.Program == w.Program) != whole {
		t.Errorf("made by %q, versions %+v", after.Program, now.Versions)
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A failed document is tried again by another program only, or when it is forced;
// one without a layout is read from its bytes.
func TestRedoOfWhatFailed(t *testing.T) {
	w, _, _ := library(t, 1)
	w.load(t, counts{Seen: 1, Failed: 1}, sources("empty.txt", ""))
	if r := redo(t, w, pipeline.RedoOptions{From: search.FromBytes}); r.Current != 2 {
		t.Errorf("the same program: %+v", r)
	}
	w.Program = "later"
	if r := redo(t, w, pipeline.RedoOptions{From: search.FromLayout}); r.Earlier != 1 || r.Current != 1 {
		t.Errorf("from layout: %+v", r)
	}
	r := redo(t, w, pipeline.RedoOptions{From: search.FromBytes})
	if r.Failed != 1 || len(r.Failures) != 1 || r.Failures[0].Name != "empty.txt" || r.Failures[0].Kind != "invalid" {
		t.Errorf("another program: %+v", r)
	}
}

// The stages that a killed process left undone are done by the next one, and the
// same reprocessing again leaves nothing out of date.
func TestKilledWhileReprocessing(t *testing.T) {
	killEvery(t, func(t *testing.T, writes int) (survived bool) {
		w, c, ids := library(t, 2)
		w.age(t, ids[0], older)
		w.age(t, ids[1], parsedBefore)
		w.stop()
		f := w.dieAfter(writes)
		w.work(t)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			select {
			case <-f.blown:
				cancel()
			case <-ctx.Done():
			}
		}()
		if r, err := w.Redo(ctx, w.states(t), pipeline.RedoOptions{From: search.FromBytes}); err == nil {
			survived = true
			f.mu.Lock()
			f.left = 1 << 30
			f.mu.Unlock()
			if r.Layout != 1 || r.Bytes != 1 {
				t.Errorf("undisturbed: %+v", r)
			}
		}
		cancel()
		w.restart(t)
		w.modern(c)
		if _, err := w.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.work(t)
		for _, id := range ids {
			eventually(t, "what had begun is final without another call", func() bool { return w.state(t, id).Phase.Final() })
		}
		redo(t, w, pipeline.RedoOptions{From: search.FromBytes})
		if r := redo(t, w, pipeline.RedoOptions{From: search.FromBytes, Indexed: w.revisions()}); r.Current != 2 {
			t.Errorf("still out of date: %+v", r)
		}
		return survived
	})
}

// A Redo that is stopped says what is left, and no document is lost.
func TestRedoStopped(t *testing.T) {
	w, _, ids := library(t, 30)
	for _, id := range ids {
		w.age(t, id, older)
	}
	w.stop() // nobody works
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	r, err := w.Redo(ctx, w.states(t), pipeline.RedoOptions{From: search.FromBytes})
	if err == nil || r.Done || r.Pending != len(ids) || r.Total != len(ids) {
		t.Errorf("Redo = %+v, %v", r, err)
	}
	w.work(t)
	if r := redo(t, w, pipeline.RedoOptions{From: search.FromBytes}); r.Busy+r.Layout != len(ids) {
		t.Errorf("again: %+v", r)
	}
	for _, id := range ids {
		if st := w.state(t, id); st.Phase != event.PhaseIndexed || st.Revision != 2 {
			t.Errorf("it was not waited for: %+v", st)
		}
	}
	if r := redo(t, w, pipeline.RedoOptions{From: search.FromBytes}); r.Current != len(ids) {
		t.Errorf("after it: %+v", r)
	}
}

// A dry run says what the real one then changes, and changes nothing itself.
func TestPreviewIsWhatHappens(t *testing.T) {
	w, c, ids := library(t, 4)
	rapid.Check(t, func(rt *rapid.T) {
		for _, id := range ids {
			switch rapid.IntRange(0, 3).Draw(rt, "age") {
			case 0:
			case 1:
				w.age(t, id, older) // other versions, the same values
			default:
				w.age(t, id, func(rec *record.Record, doc *layout.Doc) {
					bothBefore(rec, doc)
					spoil(rt, rec)
				})
			}
		}
		before, parsed := w.snapshot(t, ids), c.parsed.Load()
		said, err := w.Preview(t.Context(), w.states(t), pipeline.RedoOptions{From: search.FromBytes})
		if err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(before, w.snapshot(t, ids)); d != "" {
			rt.Fatalf("the dry run stored something (-before +after):\n%s", d)
		}
		c.parsed.Store(parsed)
		done := redo(t, w, pipeline.RedoOptions{From: search.FromBytes})
		if said.Bytes != done.Bytes || said.Layout != done.Layout || said.Current != done.Current {
			rt.Errorf("said %+v, done %+v", said, done)
		}
		if d := cmp.Diff(changesBetween(before, w.snapshot(t, ids)), figures(said.Changes)); d != "" {
			rt.Errorf("changes (-done +said):\n%s", d)
		}
	})
}

// spoil takes values away, adds some and changes some.
func spoil(rt *rapid.T, rec *record.Record) {
	kept := rec.Fields[:0]
	for _, f := range rec.Fields {
		switch rapid.IntRange(0, 9).Draw(rt, "spoil") {
		case 0: // gone
		case 1:
			f.Value = record.Text("不是这样")
			kept = append(kept, f)
		case 2:
			more := f
			more.Item = "added"
			kept = append(kept, f, more)
		default:
			kept = append(kept, f)
		}
	}
	rec.Fields = kept
}

func (w *world) snapshot(t testing.TB, ids []schemas.DocID) map[schemas.DocID]string {
	out := map[schemas.DocID]string{}
	for _, id := range ids {
		rec := w.record(t, id)
		out[id] = asJSON(t, rec.Fields)
	}
	return out
}

type tallied struct{ Documents, Added, Removed, Changed int }

func figures(c *search.Changes) tallied {
	sum := tallied{Documents: c.Documents}
	for _, f := range c.Fields {
		sum.Added, sum.Removed, sum.Changed = sum.Added+f.Added, sum.Removed+f.Removed, sum.Changed+f.Changed
		if want := min(3, f.Added+f.Removed+f.Changed); len(f.Samples) != want {
			sum.Documents = -1 // samples are missing
		}
	}
	if sum.Added != c.Added || sum.Removed != c.Removed || sum.Changed != c.Changed {
		sum.Documents = -2 // the fields do not add up
	}
	return sum
}

// changesBetween counts by itself: per key and item, values in their order.
func changesBetween(before, after map[schemas.DocID]string) (sum tallied) {
	for id := range before {
		a, b := byPlace(before[id]), byPlace(after[id])
		was := sum
		for place, values := range a {
			for i := range max(len(values), len(b[place])) {
				switch {
				case i >= len(b[place]):
					sum.Removed++
				case i >= len(values):
					sum.Added++
				case !values[i].Value.Equal(b[place][i].Value) || values[i].Unit != b[place][i].Unit:
					sum.Changed++
				}
			}
		}
		for place, values := range b {
			if a[place] == nil {
				sum.Added += len(values)
			}
		}
		if sum != was {
			sum.Documents++
		}
	}
	return sum
}

func byPlace(list string) map[string][]record.Field {
	var fields []record.Field
	_ = json.Unmarshal([]byte(list), &fields) // it was marshalled here
	out := map[string][]record.Field{}
	for _, f := range fields {
		out[f.Key+"/"+f.Item] = append(out[f.Key+"/"+f.Item], f)
	}
	return out
}
