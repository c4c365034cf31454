package event

import (
	"slices"
	"time"

	"jixiao/schemas"
	"jixiao/schemas/record"
)

// Phase says how far a document got on its way through the pipeline.
type Phase string

// The phases. A document moves to the right and starts again at arrived when
// it is to be read anew; failed and removed can follow on any of them.
const (
	PhaseArrived   Phase = "arrived"   // its bytes are in the store
	PhaseExtracted Phase = "extracted" // its record is in the store
	PhaseIndexed   Phase = "indexed"   // it can be found
	PhaseFailed    Phase = "failed"    // given up; Fault says why
	PhaseRemoving  Phase = "removing"  // asked to go; index and store may still have it
	PhaseRemoved   Phase = "removed"   // gone; the entry keeps the revision, so that nothing late brings it back
)

// Final reports whether nothing more happens to a document in phase p unless
// somebody asks for it.
func (p Phase) Final() bool { return p == PhaseIndexed || p == PhaseFailed || p == PhaseRemoved }

// Gone reports whether the document was removed or is about to be.
func (p Phase) Gone() bool { return p == PhaseRemoving || p == PhaseRemoved }

// The stages that work on messages.
const (
	StageExtract = "extract"
	StageIndex   = "index"
)

// FromLayout is the value of State.From for a reading without parsing.
const FromLayout = "layout"

// MaxSubmissions is how many names of one document are kept.
const MaxSubmissions = 64

// A State is where one document stands: the one entry about it that changes.
// It is only ever written by compare-and-set on Seq.
type State struct {
	ID       schemas.DocID `json:"id"`
	Phase    Phase         `json:"state"`
	Revision uint64        `json:"revision"` // only grows; 1 for the first record
	// Round counts how often the reading of the document was asked for.
	Round uint64 `json:"round"`
	// From is FromLayout while the document is to be read from its stored layout
	// only; "" is from its bytes. A worker that does not know it, or finds no
	// layout it understands, reads the bytes.
	From string `json:"from,omitempty"`
	// Record is how the reading went; "" before there is a record.
	Record record.State `json:"record_state,omitempty"`
	// OCRPages are the pages whose text has to be recognised first, capped.
	OCRPages []int `json:"ocr_pages,omitempty"`
	// Remarks are what whoever submitted the document should hear about how it
	// was read: that it is no report, or that there are several in it.
	Remarks []string `json:"remarks,omitempty"`
	// Program is the fingerprint of the program that made the record or the
	// failure. Another one may do better.
	Program string `json:"program,omitempty"`
	// Attempts counts the verdicts against the document by stage. What is not
	// the document's fault is not counted.
	Attempts map[string]int `json:"attempts,omitempty"`
	// Begun counts the processes in a row that found the document waiting when
	// they started, began to read it, and came to no end: it may be what they
	// died of.
	Begun       int                 `json:"begun,omitempty"`
	Submissions []record.Submission `json:"submissions,omitempty"`
	// Unlisted says that there are names beyond MaxSubmissions.
	Unlisted bool      `json:"unlisted,omitempty"`
	Fault    *Fault    `json:"fault,omitempty"` // the last failure, if it is not overcome
	Updated  time.Time `json:"updated"`
	// Seq is the number of the write this State was read from; 0 if it was
	// never written. It is not part of the entry.
	Seq uint64 `json:"-"`
}

// A Fault is a failure as it is kept and shown.
type Fault struct {
	Stage   string `json:"stage"`
	Kind    string `json:"kind"` // fault.Kind
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// Name returns the first name the document came under, or its id.
func (s *State) Name() string {
	if len(s.Submissions) == 0 {
		return string(s.ID)
	}
	return s.Submissions[0].Name
}

// has reports whether sub is known: its name, from its batch. When does not count.
func (s *State) has(sub record.Submission) bool {
	return slices.ContainsFunc(s.Submissions, func(old record.Submission) bool { return old.Name == sub.Name && old.Batch == sub.Batch })
}

// AddName remembers a submission and reports whether that changed anything: a
// name is kept once for each batch it came with, so that taking one batch back
// leaves what another one brought as well.
func (s *State) AddName(sub record.Submission) bool {
	switch {
	case s.has(sub):
		return false
	case len(s.Submissions) >= MaxSubmissions:
		first := !s.Unlisted
		s.Unlisted = true
		return first
	}
	s.Submissions = append(s.Submissions, sub)
	return true
}
