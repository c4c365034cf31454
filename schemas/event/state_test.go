package event_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

// TestStateForm holds the stored form of a state: programs of another version
// read what this one wrote.
func TestStateForm(t *testing.T) {
	at := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	st := event.State{
		ID: schemas.IDOf(nil), Phase: event.PhaseFailed, Revision: 3, Round: 2, From: event.FromLayout, Record: record.NeedsOCR, OCRPages: []int{1, 4},
		Program: "p", Attempts: map[string]int{"extract": 2}, Begun: 1, Unlisted: true,
		Submissions: []record.Submission{{Name: "甲.pdf", Batch: "b", At: at}},
		Fault:       &event.Fault{Stage: "extract", Kind: "invalid", Message: "m", Hint: "h"}, Updated: at, Seq: 9,
	}
	b, err := json.Marshal(st)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","state":"failed","revision":3,"round":2,"from":"layout",` +
		`"record_state":"needs_ocr","ocr_pages":[1,4],"program":"p","attempts":{"extract":2},"begun":1,` +
		`"submissions":[{"name":"甲.pdf","batch":"b","at":"2024-05-06T07:08:09Z"}],"unlisted":true,` +
		`"fault":{"stage":"extract","kind":"invalid","message":"m","hint":"h"},"updated":"2024-05-06T07:08:09Z"}`
	if d := cmp.Diff(want, string(b)); d != "" {
		t.Errorf("form (-want +got):\n%s", d)
	}
	var back event.State
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	back.Seq = 9 // not part of the form
	if d := cmp.Diff(st, back); d != "" {
		t.Errorf("read back (-want +got):\n%s", d)
	}
}

func TestAddName(t *testing.T) {
	var st event.State
	for i := range event.MaxSubmissions + 3 {
		// The first name too many is noted; those after it change nothing.
		if got, want := st.AddName(record.Submission{Name: fmt.Sprint(i), Batch: "a"}), i <= event.MaxSubmissions; got != want {
			t.Errorf("name %d: changed %v, want %v", i, got, want)
		}
	}
	if st.AddName(record.Submission{Name: "7", Batch: "a"}) {
		t.Error("a known name was taken again")
	}
	if len(st.Submissions) != event.MaxSubmissions || !st.Unlisted || st.Name() != "0" {
		t.Errorf("%d names, unlisted %v, first %q", len(st.Submissions), st.Unlisted, st.Name())
	}
}

func TestPhases(t *testing.T) {
	for _, tt := range []struct {
		phase       event.Phase
		final, gone bool
	}{
		{event.PhaseArrived, false, false},
		{event.PhaseExtracted, false, false},
		{event.PhaseIndexed, true, false},
		{event.PhaseFailed, true, false},
		{event.PhaseRemoving, false, true},
		{event.PhaseRemoved, true, true},
	} {
		if tt.phase.Final() != tt.final || tt.phase.Gone() != tt.gone {
			t.Errorf("%s: final %v, gone %v", tt.phase, tt.phase.Final(), tt.phase.Gone())
		}
	}
}

func TestAddNameOfTwoBatches(t *testing.T) {
	var st event.State
	for _, tt := range []struct {
		name, batch string
		want        bool
	}{{"x", "a", true}, {"x", "b", true}, {"x", "", true}, {"x", "a", false}, {"x", "b", false}, {"y", "b", true}} {
		if got := st.AddName(record.Submission{Name: tt.name, Batch: tt.batch}); got != tt.want {
			t.Errorf("%s of %q: changed %v, want %v", tt.name, tt.batch, got, tt.want)
		}
	}
	if d := cmp.Diff([]string{"x", "y"}, record.Names(st.Submissions)); d != "" {
		t.Errorf("names (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"a", "b"}, record.Batches(st.Submissions)); d != "" {
		t.Errorf("batches (-want +got):\n%s", d)
	}
}
