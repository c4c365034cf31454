package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

// An Observer is told what the stages do, for metrics. Its methods are called
// from many goroutines, once or twice a document, and must be quick.
type Observer interface {
	// Done is told how the handling of one document at stage ended, and how
	// long the document was in hand; in a batch, how long the batch was.
	Done(stage string, outcome Outcome, took time.Duration)
	// InFlight is told by how much the bytes of documents that are being read
	// have grown.
	InFlight(bytes int64)
}

// StageSubmit is what an Observer knows the handing in of a document by.
const StageSubmit = "submit"

// An Outcome is how one handling of a document at a stage ended. A document can
// have many until it is finished.
type Outcome string

// The outcomes. Those of a document that was read are its record.State, with ok
// for read.
const (
	OutcomeOK         Outcome = "ok"           // done
	OutcomePartlyRead Outcome = "partly_read"  // read, with parts left out
	OutcomeNeedsOCR   Outcome = "needs_ocr"    // read, without text
	OutcomeNotAReport Outcome = "not_a_report" // read, and of another kind
	OutcomeRefused    Outcome = "refused"      // given up because of the document
	OutcomeFailed     Outcome = "failed"       // given up because of the program
	OutcomeRetried    Outcome = "retried"      // comes again, an attempt is counted
	OutcomeDeferred   Outcome = "deferred"     // comes again, through no fault of its own
	OutcomeSkipped    Outcome = "skipped"      // there was nothing left to do
)

// Outcomes are all there are.
var Outcomes = []Outcome{
	OutcomeOK, OutcomePartlyRead, OutcomeNeedsOCR, OutcomeNotAReport,
	OutcomeRefused, OutcomeFailed, OutcomeRetried, OutcomeDeferred, OutcomeSkipped,
}

// readOutcome returns the outcome of a document that was read.
func readOutcome(s record.State) Outcome {
	switch s {
	case record.PartlyRead, record.NeedsOCR, record.NotAReport:
		return Outcome(s)
	}
	return OutcomeOK
}

// innocent reports whether an error of kind k is no fault of the document.
func innocent(k fault.Kind) bool {
	return k == fault.Unavailable || k == fault.Full || k == fault.Conflict || k == fault.Canceled
}

// A handling is what is told about one document in the hands of a stage.
type handling struct {
	stage   string
	doc     schemas.DocID
	attempt int // from 1; what is not the document's fault counts as none
	// reached is the outcome if there is no error; "" is skipped.
	reached Outcome
	start   time.Time
}

// outcome returns how the handling ended and the kind of its failure.
func (h *handling) outcome(err error) (Outcome, fault.Kind) {
	var dead *event.Failed
	kind := fault.KindOf(err)
	switch {
	case err == nil && h.reached == "":
		return OutcomeSkipped, kind
	case err == nil:
		return h.reached, kind
	case errors.As(err, &dead):
		kind = fault.Kind(dead.Kind)
		return givenUp(kind), kind
	case innocent(kind):
		return OutcomeDeferred, kind
	case h.stage == StageSubmit: // nobody tries again by itself
		return givenUp(kind), kind
	}
	return OutcomeRetried, kind
}

// givenUp tells documents that nobody can read from those that were not read.
func givenUp(k fault.Kind) Outcome {
	switch k {
	case fault.Invalid, fault.Unsupported, fault.TooLarge, fault.Usage:
		return OutcomeRefused
	}
	return OutcomeFailed
}

// tell gives a handling that ended with err to the log and to the Observer.
//
// Only errors that are no fault of the document are logged with their words:
// those of the others may quote it. `jixiao failed show` has them.
func (p *Pipeline) tell(ctx context.Context, h *handling, err error) {
	took := time.Since(h.start)
	outcome, kind := h.outcome(err)
	if p.Observer != nil {
		p.Observer.Done(h.stage, outcome, took)
	}
	level := slog.LevelInfo
	facts := []slog.Attr{
		slog.String("doc", string(h.doc)), slog.String("stage", h.stage), slog.Int("attempt", h.attempt),
		slog.String("outcome", string(outcome)), slog.Int64("ms", took.Milliseconds()),
	}
	if err != nil {
		level = slog.LevelWarn
		facts = append(facts, slog.String("kind", string(kind)))
	}
	if err != nil && innocent(kind) && h.stage != StageSubmit { // there they tell the name
		facts = append(facts, slog.String("err", err.Error()))
	}
	p.log().LogAttrs(ctx, level, "handled", facts...)
}

// inFlight tells the Observer that size bytes are being read, until the returned
// function is called.
func (p *Pipeline) inFlight(size int64) (done func()) {
	if p.Observer == nil {
		return func() {}
	}
	p.Observer.InFlight(size)
	return func() { p.Observer.InFlight(-size) }
}
