package pipeline

import (
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
	underway[follow]
	r     Report
	early map[schemas.DocID]event.State // final before we knew that they are ours
	inNew map[schemas.DocID]bool        // counted as read by this import
}

// follow is one document under way, with the sources that have its bytes.
type follow struct {
	names   []string
	status  []Status
	release []func()
}

func newFollower() *follower {
	return &follower{
		underway: newUnderway[follow](),
		r:        Report{Failures: []Failure{}, NeedsOCR: []NeedsOCR{}, Remarks: []Remark{}},
		early:    map[schemas.DocID]event.State{}, inNew: map[schemas.DocID]bool{},
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
	w := f.docs[receipt.ID]
	if w == nil {
		w = new(waited[follow])
		f.docs[receipt.ID] = w
	}
	w.unsent = w.unsent || err != nil
	d := &w.of
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
	case f.docs[st.ID] != nil:
		f.settle(st.ID, st)
	case len(f.early) < maxEarly:
		f.early[st.ID] = st
	}
}

// settle counts all sources of a document that is final: one of them brought
// it, the others are known. Called with mu held.
func (f *follower) settle(id schemas.DocID, st event.State) {
	d := f.docs[id].of
	f.done(id)
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
}

// abandon counts what is still under way as pending.
func (f *follower) abandon() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range f.docs {
		f.r.Pending += len(d.of.names)
	}
	clear(f.docs)
}

// report returns the account so far.
func (f *follower) report() Report {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.r.sorted()
}
