package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// TestHistories does random things to a few documents while the workers run,
// with kills and restarts between, and wants in the end what the history says.
func TestHistories(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("seed_", seed), func(t *testing.T) {
			h := &history{world: newWorld(t), random: rand.New(rand.NewPCG(seed, 7)), there: map[string]bool{}, revision: map[string]uint64{}}
			h.work(t)
			for range 40 {
				h.step(t)
			}
			h.finish(t)
		})
	}
}

// A history is a world with what it should hold.
type history struct {
	*world
	random   *rand.Rand
	there    map[string]bool   // texts that were submitted and not removed since; absent: never seen
	revision map[string]uint64 // highest seen
}

// step does one random thing to one random document.
func (h *history) step(t *testing.T) {
	text := fmt.Sprint([]string{"report ", "invalid "}[min(h.random.IntN(4), 1)], h.random.IntN(3))
	id := schemas.IDOf([]byte(text))
	var err error
	switch h.random.IntN(8) {
	case 0, 1, 2:
		_, err = h.Submit(t.Context(), fmt.Sprint(h.random.IntN(3), ".txt"), "b", strings.NewReader(text))
		h.there[text] = true
	case 3:
		if err = h.Remove(t.Context(), id); fault.KindOf(err) == fault.NotFound && !h.there[text] {
			err = nil
		}
		if _, seen := h.there[text]; seen {
			h.there[text] = false
		}
	case 4:
		err = h.Retry(t.Context(), id)
	case 5:
		err = h.Reprocess(t.Context(), id)
	case 6: // the process is killed in the middle of whatever it does
		h.revive(t) // workers that only stop may leave a message to its AckWait
		f := h.dieAfter(1 + h.random.IntN(4))
		h.work(t)
		eventually(t, "dead or idle", func() bool { return f.dead() || h.settled(t) })
		h.again(t)
	case 7:
		h.again(t)
	}
	if k := fault.KindOf(err); k != fault.None && k != fault.Conflict && k != fault.NotFound {
		t.Fatal(err)
	}
	for text := range h.there {
		st := h.phase(t, text)
		if st.Revision < h.revision[text] {
			t.Fatalf("the revision of %q fell from %d to %d", text, h.revision[text], st.Revision)
		}
		h.revision[text] = st.Revision
	}
}

// again is a new process on the same folder, at work.
func (h *history) again(t *testing.T) {
	h.revive(t)
	h.work(t)
}

func (h *history) settled(t *testing.T) bool {
	for text := range h.there {
		if !h.phase(t, text).Phase.Final() {
			return false
		}
	}
	return true
}

// finish lets everything come to rest and compares it with the history.
func (h *history) finish(t *testing.T) {
	eventually(t, "everything is final", func() bool { return h.settled(t) })
	for text, there := range h.there {
		st := h.phase(t, text)
		hit := h.shelf.get(st.ID)
		_, _, bytesErr := h.store.Original(t.Context(), st.ID)
		switch {
		case !there:
			if st.Phase != event.PhaseRemoved || hit != nil || fault.KindOf(bytesErr) != fault.NotFound {
				t.Errorf("%q was removed: %+v, hit %v, bytes %v", text, st, hit, bytesErr)
			}
		case strings.HasPrefix(text, "invalid"):
			if st.Phase != event.PhaseFailed || hit != nil || bytesErr != nil {
				t.Errorf("%q cannot be read: %+v, hit %v, bytes %v", text, st, hit, bytesErr)
			}
		case st.Phase != event.PhaseIndexed || hit == nil || hit.Revision != st.Revision || len(hit.Submissions) != len(st.Submissions):
			t.Errorf("%q should be found: %+v, hit %+v", text, st, hit)
		}
	}
}
