package pipeline

import (
	"cmp"
	"slices"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// A Report adds up an import: Seen = New + Known + Failed + Skipped + Pending.
type Report struct {
	Seen    int `json:"seen"`    // not those that a stopped import never got to
	New     int `json:"new"`     // read by this import, also for the second time if the program has changed
	Known   int `json:"known"`   // finished before, or the same bytes as another source
	Failed  int `json:"failed"`  // see Failures
	Skipped int `json:"skipped"` // not tried
	Pending int `json:"pending"` // submitted, not finished when the import stopped

	Failures []Failure  `json:"failures"`
	NeedsOCR []NeedsOCR `json:"needs_ocr"`
	Remarks  []Remark   `json:"remarks"`
	Bytes    int64      `json:"bytes"` // of all that was submitted
}

// A Failure is a source that was not imported, and why.
type Failure struct {
	Name    string        `json:"name"`
	Kind    string        `json:"kind"`
	Message string        `json:"message"`
	Hint    string        `json:"hint,omitempty"`
	ID      schemas.DocID `json:"id,omitempty"`
}

// NeedsOCR is a document with pages whose text has to be recognised first.
type NeedsOCR struct {
	Name  string        `json:"name"`
	ID    schemas.DocID `json:"id"`
	Pages []int         `json:"pages,omitempty"`
}

// A Remark is what there is to say about a source that was read all the same:
// that it is no report, or that several are in it.
type Remark struct {
	Name    string        `json:"name"`
	ID      schemas.DocID `json:"id"`
	Message string        `json:"message"`
}

// Done returns how many of the sources seen are finished with.
func (r Report) Done() int { return r.New + r.Known + r.Failed + r.Skipped }

// fail counts a source that could not be submitted.
func (r *Report) fail(name string, id schemas.DocID, err error) {
	r.Failed++
	r.Failures = append(r.Failures, Failure{Name: name, ID: id, Kind: string(fault.KindOf(err)), Message: err.Error(), Hint: fault.HintOf(err)})
}

// settle counts a source whose document is final.
func (r *Report) settle(name string, status Status, st event.State) {
	switch {
	case st.Phase == event.PhaseFailed:
		f := letter(st)
		r.Failed++
		r.Failures = append(r.Failures, Failure{Name: name, ID: st.ID, Kind: f.Kind, Message: f.Message, Hint: f.Hint})
		return
	case st.Phase == event.PhaseRemoved:
		r.fail(name, st.ID, fault.New(fault.NotFound, "removed while it was imported"))
		return
	case status == Known:
		r.Known++
	default:
		r.New++
	}
	if len(st.OCRPages) > 0 || st.Record == "needs_ocr" {
		r.NeedsOCR = append(r.NeedsOCR, NeedsOCR{Name: name, ID: st.ID, Pages: st.OCRPages})
	}
	for _, m := range st.Remarks {
		r.Remarks = append(r.Remarks, Remark{Name: name, ID: st.ID, Message: m})
	}
}

// sorted returns r with its lists by name, whatever order the work took.
func (r Report) sorted() Report {
	r.Failures = slices.Clone(r.Failures)
	r.NeedsOCR = slices.Clone(r.NeedsOCR)
	r.Remarks = slices.Clone(r.Remarks)
	slices.SortStableFunc(r.Remarks, func(a, b Remark) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(r.Failures, func(a, b Failure) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(r.NeedsOCR, func(a, b NeedsOCR) int { return cmp.Compare(a.Name, b.Name) })
	return r
}
