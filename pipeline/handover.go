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
	handoverDocs  = 512
	handoverBytes = 16 << 20 // of text
)

// handover keeps the documents that were read last in this process, so that
// the index stage, which mostly runs beside it, need not unpack them from the
// store again. What was dropped or read elsewhere is loaded.
type handover struct {
	mu    sync.Mutex
	docs  map[schemas.DocID]*record.Document
	order []schemas.DocID // oldest first; may name what was taken already
	bytes int
}

// put keeps the record at revision with its text.
func (h *handover) put(rec *record.Record, doc *layout.Doc, revision uint64) {
	if len(doc.Text) > handoverBytes {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.docs == nil {
		h.docs = map[schemas.DocID]*record.Document{}
	}
	h.drop(rec.ID)
	h.docs[rec.ID] = &record.Document{Record: rec, Text: doc.Text, Revision: revision}
	h.order = append(h.order, rec.ID)
	h.bytes += len(doc.Text)
	for h.bytes > handoverBytes || len(h.order) > handoverDocs {
		h.drop(h.order[0])
		h.order = h.order[1:]
	}
}

// take returns the document of st, or nil if it is not here at this revision.
func (h *handover) take(st event.State) *record.Document {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.docs[st.ID]
	h.drop(st.ID)
	if d == nil || d.Revision != st.Revision {
		return nil
	}
	d.Submissions = st.Submissions
	return d
}

// drop forgets id. Called with mu held.
func (h *handover) drop(id schemas.DocID) {
	if d := h.docs[id]; d != nil {
		h.bytes -= len(d.Text)
		delete(h.docs, id)
	}
}
