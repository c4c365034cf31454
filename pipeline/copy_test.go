package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/archive"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// kept is what is compared of a document before and after.
type kept struct {
	State    event.State
	Record   string
	Layout   *layout.Doc
	Original []byte
}

func (w *world) kept(t testing.TB) map[schemas.DocID]kept {
	t.Helper()
	all := map[schemas.DocID]kept{}
	w.copies(t, func(c pipeline.Copy, original io.Reader, _ int64) (err error) {
		k := kept{State: c.State, Layout: c.Layout}
		if c.Record != nil {
			k.Record = asJSON(t, c.Record)
		}
		k.Original, err = io.ReadAll(original)
		all[c.State.ID] = k
		return err
	})
	return all
}

// copies calls use with a copy of every document, and with its bytes.
func (w *world) copies(t testing.TB, use func(c pipeline.Copy, original io.Reader, size int64) error) {
	t.Helper()
	ids, err := w.Kept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		c, err := w.Copy(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		r, size, err := w.store.Original(t.Context(), id)
		if err == nil {
			err = use(c, r, size)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// archived packs all of w as a backup does.
func (w *world) archived(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	out, err := archive.NewWriter(&b, archive.NewHeader("test", time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	w.copies(t, func(c pipeline.Copy, original io.Reader, size int64) error {
		return out.Add(t.Context(), &archive.Document{State: c.State, Record: c.Record, Layout: c.Layout}, original, size)
	})
	if _, err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack restores a backup into w and counts what became of its documents.
func (w *world) unpack(ctx context.Context, b []byte) (map[string]int, error) {
	became := map[string]int{}
	_, err := archive.Read(ctx, bytes.NewReader(b), archive.Visitor{
		Original: func(id schemas.DocID, _ int64, r io.Reader) error {
			lacks, err := w.Lacks(ctx, id)
			if err == nil && lacks {
				_, _, err = w.Store.PutOriginal(ctx, r)
			}
			return err
		},
		Document: func(d *archive.Document) error {
			what, err := w.Restore(ctx, pipeline.Copy{State: d.State, Record: d.Record, Layout: d.Layout})
			became[what]++
			return err
		},
	})
	return became, err
}

var (
	sameState = cmpopts.IgnoreFields(event.State{}, "Seq", "Updated")
	sameValue = cmp.Comparer(func(a, b record.Value) bool { return a.Equal(b) })
)

// texts are documents of all fates.
var texts = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string {
	words := rapid.StringMatching(`[甲乙丙丁]{1,40}`).Draw(t, "words")
	return rapid.SampledFrom([]string{"report ", "invalid ", "scan ", "unindexable "}).Draw(t, "fate") + words
}), 0, 12, func(s string) string { return s })

// Whatever there is, what is restored from a backup of it is the same: states,
// records, text and bytes; and it can be found.
func TestRestoredIsWhatWasBackedUp(t *testing.T) {
	for seed := range 6 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			from, to := newWorld(t), newWorld(t)
			from.work(t)
			for _, text := range texts.Example(seed + 1) {
				if _, err := from.Submit(t.Context(), text[:6], "b", strings.NewReader(text)); err != nil {
					t.Fatal(err)
				}
				if seed%2 == 1 {
					_, _ = from.Submit(t.Context(), "second name", "c", strings.NewReader(text)) // the first one counts
				}
			}
			eventually(t, "all is final", func() bool {
				for _, st := range from.states(t) {
					if !st.Phase.Final() {
						return false
					}
				}
				return true
			})
			b := from.archived(t)
			to.work(t)
			became, err := to.unpack(t.Context(), b)
			if err != nil || became[pipeline.Restored] != len(from.states(t)) {
				t.Fatalf("restored %v of %d, %v", became, len(from.states(t)), err)
			}
			eventually(t, "all can be found", func() bool { return cmp.Equal(from.shelf.texts(), to.shelf.texts()) })
			eventually(t, "the states say so", func() bool { return cmp.Equal(from.kept(t), to.kept(t), sameState) })
			if d := cmp.Diff(from.kept(t), to.kept(t), sameState); d != "" {
				t.Errorf("documents (-backed up +restored):\n%s", d)
			}
			again, err := to.unpack(t.Context(), b)
			if err != nil || again[pipeline.AlreadyThere] != len(from.states(t)) {
				t.Errorf("a second time: %v, %v", again, err)
			}
		})
	}
}

// What is there is not changed; what was removed stays so; what was lost is added.
func TestRestoreAmongOthers(t *testing.T) {
	w, _, ids := library(t, 4)
	b := w.archived(t)
	before := w.kept(t)
	if err := w.Remove(t.Context(), ids[0]); err != nil {
		t.Fatal(err)
	}
	redo(t, w, pipeline.RedoOptions{From: "layout", Force: true})
	newer := w.kept(t)
	if err := w.store.Delete(t.Context(), ids[1]); err != nil { // lost, the state is not
		t.Fatal(err)
	}
	became, err := w.unpack(t.Context(), b)
	if d := cmp.Diff(map[string]int{pipeline.AlreadyThere: 3, pipeline.RemovedHere: 1}, became); d != "" || err != nil {
		t.Errorf("became (-want +got):\n%s%v", d, err)
	}
	if _, _, err := w.store.Original(t.Context(), ids[1]); err != nil {
		t.Errorf("lost bytes are not back: %v", err)
	}
	if _, err := w.store.Record(t.Context(), ids[1]); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a record of an older revision came back: %v", err)
	}
	for _, id := range ids[2:] {
		if st := w.state(t, id); st.Revision != before[id].State.Revision+1 || st.Seq != newer[id].State.Seq {
			t.Errorf("state %+v", st)
		}
	}
	if _, err := w.Copy(t.Context(), ids[0]); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a removed document is copied: %v", err)
	}
}

// A restore that is killed after any write is finished by the next process and
// the same restore.
func TestKilledWhileRestoring(t *testing.T) {
	from, _, ids := library(t, 2)
	b := from.archived(t)
	killEvery(t, func(t *testing.T, writes int) (survived bool) {
		w := newWorld(t)
		w.dieAfter(writes)
		_, err := w.unpack(t.Context(), b)
		w.revive(t)
		w.work(t)
		if _, err := w.unpack(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			eventually(t, "it can be found", func() bool { return w.state(t, id).Phase == event.PhaseIndexed && w.shelf.get(id) != nil })
		}
		if d := cmp.Diff(from.kept(t), w.kept(t), sameState); d != "" {
			t.Errorf("documents (-backed up +restored):\n%s", d)
		}
		return err == nil
	})
}

// A document that is read again while it is copied comes out as it was at one
// moment: text and record belong together.
func TestCopyWhileOthersWrite(t *testing.T) {
	w, _, ids := library(t, 1)
	doc, err := w.store.Layout(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	other := pipeline.Read(ids[0], &layout.Doc{Format: "text", Text: "另一份文字", Pages: []layout.Page{{}}})
	mine := w.record(t, ids[0])
	st := w.state(t, ids[0])
	st.Phase = event.PhaseArrived
	if _, err := w.queue.PutState(t.Context(), st); err != nil {
		t.Fatal(err)
	}
	w.stop()
	times := 0
	w.Store = reading{w.store, func() { // between record and layout
		if times++; times <= 3 {
			if err := w.store.PutResult(t.Context(), &layout.Doc{Format: "text", Text: "另一份文字"}, other); err != nil {
				t.Error(err)
			}
		} else if times == 4 {
			if err := w.store.PutResult(t.Context(), doc, mine); err != nil {
				t.Error(err)
			}
		}
	}}
	c, err := w.Copy(t.Context(), ids[0])
	if err != nil || (c.Record.Title == other.Title) != (c.Layout.Text == "另一份文字") {
		t.Errorf("record %q with text %.30q, %v", c.Record.Title, c.Layout.Text, err)
	}
	if d := cmp.Diff(asJSON(t, mine), asJSON(t, c.Record), sameValue); d != "" && c.Layout.Text == doc.Text {
		t.Errorf("record (-want +got):\n%s", d)
	}
}

// reading is a store that something happens to right before a layout is read.
type reading struct {
	pipeline.Store
	happens func()
}

func (r reading) Layout(ctx context.Context, id schemas.DocID) (*layout.Doc, error) {
	r.happens()
	return r.Store.Layout(ctx, id)
}
