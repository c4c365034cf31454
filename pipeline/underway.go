package pipeline

import (
	"context"
	"sync"
	"time"

	"jixiao/schemas"
	"jixiao/schemas/event"
)

// underway is the documents that an import or a reprocess has sent on their way
// and waits for, with what it has to know of each. Its mutex guards the account
// beside it, too.
type underway[D any] struct {
	moved chan struct{} // has a value when something was settled

	mu   sync.Mutex
	docs map[schemas.DocID]*waited[D]
	last time.Time // when something was last heard
}

// waited is one document that somebody waits for.
type waited[D any] struct {
	of     D
	unsent bool // the state is written, the message is not
}

func newUnderway[D any]() underway[D] {
	return underway[D]{moved: make(chan struct{}, 1), docs: map[schemas.DocID]*waited[D]{}, last: time.Now()}
}

// done takes id out and wakes who waits. Called with mu held.
func (u *underway[D]) done(id schemas.DocID) {
	delete(u.docs, id)
	select {
	case u.moved <- struct{}{}:
	default:
	}
}

// open returns the documents under way and whether their message is missing.
func (u *underway[D]) open() map[schemas.DocID]bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	ids := make(map[schemas.DocID]bool, len(u.docs))
	for id, d := range u.docs {
		ids[id] = d.unsent
	}
	u.last = time.Now() // ask again only after another while of silence
	return ids
}

// unsent notes that the message of id is missing, sent that it is on its way.
func (u *underway[D]) unsent(id schemas.DocID) { u.mark(id, true) }
func (u *underway[D]) sent(id schemas.DocID)   { u.mark(id, false) }

func (u *underway[D]) mark(id schemas.DocID, unsent bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if d := u.docs[id]; d != nil {
		d.unsent = unsent
	}
}

// quietFor reports whether nothing was heard for d.
func (u *underway[D]) quietFor(d time.Duration) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return time.Since(u.last) >= d
}

// idle reports whether nothing is under way.
func (u *underway[D]) idle() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.docs) == 0
}

// looker is where the state of a document is asked for (Intake.Look).
type looker interface {
	Look(ctx context.Context, id schemas.DocID, unsent bool) (event.State, error)
}

// reread looks at the state of everything under way, in case a message to us or
// to a stage was lost.
func (u *underway[D]) reread(ctx context.Context, at looker, heard func(event.State)) {
	for id, unsent := range u.open() {
		st, err := at.Look(ctx, id, unsent)
		heard(st)
		if err != nil {
			return // not now; the next tick tries again
		}
		if unsent {
			u.sent(id)
		}
	}
}
