package pipeline

import (
	"sync"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// maxEarly bounds how many documents are remembered that became final before
// their submission returned. Beyond it the states are read again.
const maxEarly = 10_000

// A follower keeps the account of one import: what was submitted, what became
// of it, and what is still under way.
type follower struct {
	moved chan struct{} // has a value when something was settled

	mu    sync.Mutex
	r     Report
	under map[schemas.DocID]*follow
	early map[schemas.DocID]event.State // final before we knew that they are ours
	inNew map[schemas.DocID]bool        // counted as read by this import
	last  time.Time                     // when something was last heard
}

// follow is one document under way, with the sources that have its bytes.
type follow struct {
	names   []string
	status  []Status
	release []func()
	unsent  bool // the state is written, the message is not
}

func newFollower() *follower {
	return &follower{
		moved: make(chan struct{}, 1),
		r:     Report{Failures: []Failure{}, NeedsOCR: []NeedsOCR{}, Remarks: []Remark{}},
		under: map[schemas.DocID]*follow{}, early: map[schemas.DocID]event.State{}, inNew: map[schemas.DocID]bool{},
		last: time.Now(),
	}
}

// see counts a source and reports whether it is to be submitted.
func (f *follower) see(src Source) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.r.Seen++
	switch {
	case src.Skip != "":
		f.r.Skipped++
	case src.Err != nil:
		f.r.fail(src.Name, "", src.Err)
	default:
		return true
	}
	return false
}

// unsee takes back a source that is not submitted any more.
func (f *follower) unsee() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.r.Seen--
}

// submitted takes in how a submission ended.
func (f *follower) submitted(name string, receipt Receipt, err error, release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = time.Now()
	f.r.Bytes += receipt.Size
	switch {
	case err != nil && receipt.Status == "":
		release()
		if fault.KindOf(err) == fault.Canceled {
			f.r.Seen-- // stopped in the middle; the next import does it
			return
		}
		f.r.fail(name, receipt.ID, err)
		return
	case receipt.Final:
		release()
		f.r.settle(name, receipt.Status, receipt.State)
		return
	}
	d := f.under[receipt.ID]
	if d == nil {
		d = &follow{}
		f.under[receipt.ID] = d
	}
	d.unsent = d.unsent || err != nil
	d.names, d.status, d.release = append(d.names, name), append(d.status, receipt.Status), append(d.release, release)
	if st, ok := f.early[receipt.ID]; ok && st.Seq > receipt.State.Seq {
		f.settle(receipt.ID, st)
	}
}

// heard takes in a state that was written.
func (f *follower) heard(st event.State) {
	if st.ID == "" || !st.Phase.Final() {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = time.Now()
	switch {
	case f.under[st.ID] != nil:
		f.settle(st.ID, st)
	case len(f.early) < maxEarly:
		f.early[st.ID] = st
	}
}

// settle counts all sources of a document that is final: one of them brought
// it, the others are known. Called with mu held.
func (f *follower) settle(id schemas.DocID, st event.State) {
	d := f.under[id]
	delete(f.under, id)
	delete(f.early, id)
	for i, name := range d.names {
		status := d.status[i]
		if status != Known && f.inNew[id] {
			status = Known
		}
		if status != Known && st.Phase == event.PhaseIndexed {
			f.inNew[id] = true
		}
		f.r.settle(name, status, st)
		d.release[i]()
	}
	select {
	case f.moved <- struct{}{}:
	default:
	}
}

// abandon counts what is still under way as pending.
func (f *follower) abandon() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range f.under {
		f.r.Pending += len(d.names)
	}
	clear(f.under)
}

// open returns the documents under way and whether their message is missing.
func (f *follower) open() map[schemas.DocID]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := make(map[schemas.DocID]bool, len(f.under))
	for id, d := range f.under {
		ids[id] = d.unsent
	}
	f.last = time.Now() // ask again only after another while of silence
	return ids
}

// sent notes that the message of id is on its way.
func (f *follower) sent(id schemas.DocID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.under[id]; d != nil {
		d.unsent = false
	}
}

// quietFor reports whether nothing was heard for d.
func (f *follower) quietFor(d time.Duration) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return time.Since(f.last) >= d
}

// idle reports whether nothing is under way.
func (f *follower) idle() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.under) == 0
}

// report returns the account so far.
func (f *follower) report() Report {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.r.sorted()
}
