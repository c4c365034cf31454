package app

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// Doctor compares the finished documents with the index that it is asked to look at.
func TestDoctorComparesTheIndex(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.Workers = filepath.Join(t.TempDir(), "d"), 2
	n := owned(t, o)
	importInto(t, n, reports(t, 5))
	look := func() (unfound, extra []schemas.DocID) {
		t.Helper()
		d, err := n.Doctor(t.Context(), true)
		if err != nil || d.IndexError != "" {
			t.Fatalf("%+v, %v", d, err)
		}
		for _, u := range d.Unfound {
			if u.Name == "" || u.State != "read" && u.State != "partly_read" {
				t.Errorf("%+v", u)
			}
			unfound = append(unfound, u.ID)
		}
		return unfound, d.Extra
	}
	if unfound, extra := look(); len(unfound)+len(extra) > 0 {
		t.Errorf("of a whole index: %v, %v", unfound, extra)
	}
	all := collectAll(t, n.List(t.Context(), search.Listing{}))
	lost, removed := all[1].ID, all[3].ID
	if err := n.index.Remove(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	st, err := n.queue.State(t.Context(), removed)
	if err != nil {
		t.Fatal(err)
	}
	st.Phase = event.PhaseRemoved
	if _, err := n.queue.PutState(t.Context(), st); err != nil {
		t.Fatal(err)
	}
	unfound, extra := look()
	if d := cmp.Diff([][]schemas.DocID{{lost}, {removed}}, [][]schemas.DocID{unfound, extra}); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if r, err := n.Reprocess(t.Context(), search.Redo{From: search.FromRecords}, func(search.Redone) {}); err != nil {
		t.Errorf("%+v, %v", r, err)
	}
	if unfound, _ := look(); len(unfound) > 0 {
		t.Errorf("after the next step: %v", unfound)
	}
}

// Without its index the rest is told all the same.
func TestDoctorWithoutTheIndex(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.Elastic = filepath.Join(t.TempDir(), "d"), "http://127.0.0.1:1"
	n := owned(t, o)
	if d, err := n.Doctor(t.Context(), false); err != nil || d.IndexError == "" || fault.KindOf(err) != fault.None {
		t.Errorf("%+v, %v", d, err)
	}
}
