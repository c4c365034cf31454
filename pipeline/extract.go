package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"jixiao/extractors"
	"jixiao/internal/fault"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

const (
	maxAttempts = 5
	// slowAttempts is for documents that ran out of time: each try costs all of it.
	slowAttempts = 2
	// maxBegun is how many processes in a row may begin to read a document and
	// come to no end before it is taken for the cause of their death. Whoever
	// kills the program a few times in a row must not lose documents over it.
	maxBegun    = 10
	readTimeout = 10 * time.Minute
	// settleTime bounds what has to be written although the context is done.
	settleTime = 5 * time.Second
	// maxOCRPages bounds the page numbers kept in a state.
	maxOCRPages = 200
	// maxMessage bounds the message of a fault, in bytes.
	maxMessage = 2000
)

// Extract handles one message of the extract stage, an event.Arrived: bytes to
// layout and record. nil means done, an *event.Failed that the document is
// given up, any other error that the message is to come again later.
func (p *Pipeline) Extract(ctx context.Context, msg []byte) error {
	var e event.Arrived
	if err := json.Unmarshal(msg, &e); err != nil || !e.ID.Valid() {
		return &event.Failed{Stage: event.StageExtract, Kind: string(fault.Invalid), Message: fmt.Sprintf("a message that is no arrival: %.100q", msg)}
	}
	h := &handling{stage: event.StageExtract, doc: e.ID, attempt: 1, start: time.Now()}
	err := p.extract(ctx, e, h)
	p.tell(ctx, h, err)
	return err
}

func (p *Pipeline) extract(ctx context.Context, e event.Arrived, h *handling) error {
	st, doc, rec, err := p.readOne(ctx, e, h)
	if err != nil || rec == nil {
		return err
	}
	if err := p.Store.PutResult(ctx, doc, rec); err != nil {
		return p.verdict(ctx, st, event.StageExtract, err)
	}
	h.reached = readOutcome(rec.State)
	return p.extracted(ctx, doc, rec, st)
}

// readOne reads the document that e speaks of and returns its state and what was
// read, or no record where there is nothing to read or the error is the verdict.
// It takes its turn first, so that a document that only waits is not suspected
// of anything and its time does not run.
func (p *Pipeline) readOne(ctx context.Context, e event.Arrived, h *handling) (event.State, *layout.Doc, *record.Record, error) {
	end, err := p.turns.take(ctx, p.Parallel)
	if err != nil {
		return event.State{}, nil, nil, err
	}
	defer end()
	st, known := p.arrivals.take(e.ID, e.Round)
	if !known {
		st, err = p.change(ctx, e.ID, func(st *event.State) bool { return p.suspect(st, e) })
	}
	h.attempt += st.Attempts[event.StageExtract]
	switch {
	case err != nil:
		p.trouble.note(err)
		return st, nil, nil, err
	case st.Phase == event.PhaseFailed:
		return st, nil, nil, letter(st)
	case st.Phase != event.PhaseArrived:
		return st, nil, nil, p.send(ctx, st) // read before; the message to the index may be missing
	case st.Begun > maxBegun:
		return st, nil, nil, p.verdict(ctx, st, event.StageExtract, fault.WithHint(
			fault.New(fault.Invalid, "the program died %d times while it read this document", maxBegun), "report this document as a bug"))
	}
	doc, rec, err := p.read(ctx, st)
	if err != nil {
		return st, nil, nil, p.verdict(ctx, st, event.StageExtract, err)
	}
	return st, doc, rec, nil
}

// suspect notes, before the bytes are touched, that they may be what kills the
// process. Only what the process found waiting when it started can have killed
// the one before it; for the others the write is spared.
func (p *Pipeline) suspect(st *event.State, e event.Arrived) (write bool) {
	if st.Seq == 0 { // the entry was lost, the message was not
		st.AddName(record.Submission{Name: e.Name, Batch: e.Batch, At: time.Now().UTC()})
		begin(st)
		return true
	}
	if st.Phase != event.PhaseArrived || !st.Updated.Before(p.started) {
		return false
	}
	st.Begun++
	return true
}

// read takes the stored bytes of a document to its record, or its stored layout
// where its state says that this is enough.
func (p *Pipeline) read(ctx context.Context, st event.State) (doc *layout.Doc, rec *record.Record, err error) {
	if st.From == event.FromLayout {
		if doc, rec, err = p.readLayout(ctx, st.ID); doc != nil || err != nil {
			return doc, rec, err
		}
	}
	timeout := p.Timeout
	if timeout <= 0 {
		timeout = readTimeout
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fault.WithHint(
		fault.New(fault.Timeout, "reading took longer than %s", timeout), "split the document, or retry it when the machine is less busy"))
	defer cancel()
	original, size, err := p.Store.Original(ctx, st.ID)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil, fault.WithHint(fmt.Errorf("the bytes of the document are not here: %w", err),
			"import and workers need the same data folder; then import it again")
	}
	if err != nil {
		return nil, nil, err
	}
	defer original.Close() // only read from
	defer p.inFlight(size)()
	at, err := readerAt(original)
	if err != nil {
		return nil, nil, err
	}
	err = guard(func() error {
		doc, rec, err = p.Reader.Run(ctx, st.ID, extractors.Input{Name: st.Name(), Size: size, Bytes: at})
		return err
	})
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return doc, rec, err
}

// readerAt returns r as an io.ReaderAt, from memory if it is none by itself.
func readerAt(r io.Reader) (io.ReaderAt, error) {
	if at, ok := r.(io.ReaderAt); ok {
		return at, nil
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fault.Mark(fault.Unavailable, fmt.Errorf("read the original: %w", err))
	}
	return bytes.NewReader(b), nil
}

// extracted notes that rec is in the store and sends the document on. was is
// its state when it was read.
func (p *Pipeline) extracted(ctx context.Context, doc *layout.Doc, rec *record.Record, was event.State) error {
	st, err := p.changeFrom(ctx, was, func(st *event.State) bool {
		if st.Phase != event.PhaseArrived {
			return false // another delivery was faster, or it was removed meanwhile
		}
		st.Begun, st.Fault, st.Attempts = 0, nil, nil
		st.Phase, st.From = event.PhaseExtracted, ""
		st.Revision++
		st.Record = rec.State
		st.OCRPages = ocrPages(rec)
		st.Remarks = remarks(rec)
		if p.parsed(rec) { // else a part of it is still another program's
			st.Program = p.Program
		}
		return true
	})
	switch {
	case err != nil:
	case st.Phase.Gone():
		err = p.Store.Delete(ctx, rec.ID)
	case st.Phase == event.PhaseExtracted:
		p.handover.put(rec, doc, st)
	}
	if err == nil {
		err = p.send(ctx, st)
	}
	p.trouble.note(err)
	return err
}

func ocrPages(rec *record.Record) (pages []int) {
	for _, g := range rec.Gaps {
		if (g.Kind == record.GapNeedsOCR || g.Kind == record.GapGarbled) && g.Page > 0 && len(pages) < maxOCRPages {
			pages = append(pages, g.Page)
		}
	}
	return pages
}

// remarks returns what is said about rec as a whole when it was imported.
func remarks(rec *record.Record) (out []string) {
	if rec.State == record.NotAReport {
		out = append(out, "不是绩效自评报告")
		for _, g := range rec.Gaps {
			if g.Kind == record.NotApplicable && g.Key == "" {
				out[0] += "：" + g.Reason
				break
			}
		}
	}
	for _, f := range rec.Findings {
		if f.Code == "several_reports" {
			out = append(out, f.Message)
		}
	}
	return out
}

// verdict decides what err means for the document of st: nothing, if it is not
// the document's fault, a counted attempt, or the end.
func (p *Pipeline) verdict(ctx context.Context, st event.State, stage string, err error) error {
	// The caller may have given up; what is known must be written all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	kind := fault.KindOf(err)
	if innocent(kind) && kind != fault.Canceled {
		p.trouble.note(err)
	}
	after, writeErr := p.change(ctx, st.ID, func(st *event.State) bool {
		if st.Phase.Final() || st.Phase.Gone() {
			return false
		}
		st.Begun = 0
		if kind == fault.Canceled {
			return true
		}
		st.Fault = &event.Fault{Stage: stage, Kind: string(kind), Message: shorten(err.Error()), Hint: fault.HintOf(err)}
		if innocent(kind) {
			return true
		}
		st.Attempts = maps.Clone(st.Attempts)
		if st.Attempts == nil {
			st.Attempts = map[string]int{}
		}
		st.Attempts[stage]++
		if st.Attempts[stage] >= p.attempts(err) {
			st.Phase = event.PhaseFailed
			st.Program = p.Program
		}
		return true
	})
	switch {
	case writeErr != nil:
		return errors.Join(err, writeErr)
	case after.Phase.Gone():
		return nil
	case after.Phase != event.PhaseFailed:
		return err
	}
	f := letter(after)
	if err := p.Publisher.PublishFailed(ctx, *f); err != nil {
		p.log().WarnContext(ctx, "nobody is told", "doc", st.ID, "stage", stage, "err", err)
	}
	return f
}

// attempts returns how many failures like err are allowed.
func (p *Pipeline) attempts(err error) int {
	limit := p.MaxAttempts
	if limit <= 0 {
		limit = maxAttempts
	}
	var panicked errPanic
	switch kind := fault.KindOf(err); {
	case !kind.Retryable() || errors.As(err, &panicked):
		return 1
	case kind == fault.Timeout:
		return min(limit, slowAttempts)
	}
	return limit
}

// shorten bounds a message that may quote the document.
func shorten(s string) string { return cutText(s, maxMessage) }

// cutText shortens s to at most n bytes and an ellipsis.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
