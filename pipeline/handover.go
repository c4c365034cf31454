package pipeline

import (
	"sync"

	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Bounds of what is kept for the index stage.
const (
	handoverDocs  = 4096
	handoverBytes = 16 << 20 // of text
)

// handover keeps the documents that were read last in this process, so that
// the index stage, which mostly runs beside it, need not unpack them from the
// store again. What was dropped or read elsewhere is loaded.
type handover struct {
	mu    sync.Mutex
	docs  map[schemas.DocID]handed
	order []schemas.DocID // oldest first; may name what was taken already
	bytes int
}

// A handed document comes with its state as it was written then.
type handed struct {
	doc *record.Document
	st  event.State
}

// put keeps the record with its text and the state st.
func (h *handover) put(rec *record.Record, doc *layout.Doc, st event.State) {
	if len(doc.Text) > handoverBytes {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.docs == nil {
		h.docs = map[schemas.DocID]handed{}
	}
	h.drop(rec.ID)
	d := &record.Document{Record: rec, Text: doc.Text, Revision: st.Revision, Submissions: st.Submissions}
	h.docs[rec.ID] = handed{d, st}
	h.order = append(h.order, rec.ID)
	h.bytes += len(doc.Text)
	for h.bytes > handoverBytes || len(h.order) > handoverDocs {
		h.drop(h.order[0])
		h.order = h.order[1:]
	}
}

// take returns the document of id and its state then, or nil if it is not here
// at this revision. Whoever writes the state learns whether it is still so.
func (h *handover) take(id schemas.DocID, revision uint64) (*record.Document, event.State) {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.docs[id]
	h.drop(id)
	if d.doc == nil || d.st.Revision != revision {
		return nil, event.State{}
	}
	return d.doc, d.st
}

// drop forgets id. Called with mu held.
func (h *handover) drop(id schemas.DocID) {
	if d := h.docs[id].doc; d != nil {
		h.bytes -= len(d.Text)
		delete(h.docs, id)
	}
}

// arrivals keeps the states that this process wrote for new documents, so that
// the stage that reads them, if it runs here, need not ask for them. Whoever
// writes the next state learns whether it is still so.
type arrivals struct {
	mu     sync.Mutex
	states map[schemas.DocID]event.State
}

// put keeps st, if there is room.
func (a *arrivals) put(st event.State) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.states == nil {
		a.states = map[schemas.DocID]event.State{}
	}
	if len(a.states) < handoverDocs {
		a.states[st.ID] = st
	}
}

// take returns the state of id, if it is here and of that round.
func (a *arrivals) take(id schemas.DocID, round uint64) (event.State, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	st, ok := a.states[id]
	delete(a.states, id)
	return st, ok && st.Round == round && st.Phase == event.PhaseArrived
}
