package pipeline

import (
	"context"
	"slices"
	"strings"

	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// A step is what there is to do for one document that is to be done again.
type step string

const (
	stepBytes   step = search.FromBytes
	stepLayout  step = search.FromLayout
	stepRecords step = search.FromRecords
	stepNone    step = "current"
	stepEarlier step = "earlier" // something, but only from an earlier stage than is allowed
	stepBusy    step = "busy"    // somebody works on it
)

// steps in the order of the stages: the later ones follow from the earlier.
var steps = []step{stepBytes, stepLayout, stepRecords}

// stale says which stages of a document another program did, and of which the
// input is not there.
type stale struct {
	bytes, layout, records bool
	noLayout, noRecord     bool // none, or none that this program understands
}

// wants reports whether x is to be done, possible whether it can be.
func (s stale) wants(x step) bool {
	return x == stepBytes && s.bytes || x == stepLayout && s.layout || x == stepRecords && s.records
}

func (s stale) possible(x step) bool {
	return x == stepBytes || x == stepLayout && !s.noLayout || x == stepRecords && !s.noRecord
}

// stepOf decides what is to be done for the document of st.
func (p *Pipeline) stepOf(ctx context.Context, st event.State, o RedoOptions) (step, error) {
	if !st.Phase.Final() {
		return stepBusy, nil
	}
	s, err := p.staleness(ctx, st, o)
	if err != nil {
		return "", err
	}
	first, behind := slices.Index(steps, step(o.From)), false
	for i, x := range steps {
		wanted := s.wants(x) || o.Force && i == first
		if wanted && i >= first && s.possible(x) {
			return x, nil
		}
		behind = behind || wanted
	}
	if behind {
		return stepEarlier, nil
	}
	return stepNone, nil
}

// staleness compares the stored record of st with this program. What this very
// program made need not be loaded for that.
func (p *Pipeline) staleness(ctx context.Context, st event.State, o RedoOptions) (s stale, err error) {
	if st.Phase == event.PhaseFailed {
		return stale{bytes: st.Program != p.Program, noLayout: true, noRecord: true}, nil
	}
	if o.Indexed != nil {
		s.records = o.Indexed[st.ID] != st.Revision
	}
	if st.Program == p.Program {
		return s, nil
	}
	rec, err := p.Store.Record(ctx, st.ID)
	switch {
	case outage(err):
		return s, err
	case err != nil:
		return stale{bytes: true, noLayout: true, noRecord: true}, nil //nolint:nilerr // none, or damaged: the bytes are read
	}
	s.noLayout = rec.Versions.Layout != layout.Version
	s.bytes = s.noLayout || !p.parsed(rec)
	s.layout = rec.Schema != schemas.Version || !sameReading(rec.Versions)
	return s, nil
}

// sameReading reports whether v are the versions of this program, but for those
// that decide what is parsed.
func sameReading(v schemas.Versions) bool {
	now := readingVersions()
	now.Extractor, now.Layout = v.Extractor, v.Layout
	return v == now
}

// parsed reports whether this program would parse the document of rec the same
// way. One engine in the place of another is a choice, not another version.
func (p *Pipeline) parsed(rec *record.Record) bool {
	now, known := p.Extractors[rec.Source.Format]
	return !known || numberOf(now) == numberOf(rec.Versions.Extractor)
}

// numberOf returns what stands behind the name of the engine in a version.
func numberOf(version string) string {
	_, number, _ := strings.Cut(version, "/")
	return number
}

// readLayout makes the record of a document from its stored layout. It returns
// nothing if there is none that this program understands: then the bytes are
// read, which are always there.
func (p *Pipeline) readLayout(ctx context.Context, id schemas.DocID) (*layout.Doc, *record.Record, error) {
	old, err := p.Store.Record(ctx, id)
	if err == nil && old.Versions.Layout != layout.Version {
		return nil, nil, nil
	}
	var doc *layout.Doc
	if err == nil {
		doc, err = p.Store.Layout(ctx, id)
	}
	switch {
	case outage(err):
		return nil, nil, err
	case err != nil:
		return nil, nil, nil //nolint:nilerr // none, or damaged: the bytes are read
	}
	var rec *record.Record
	err = guard(func() error { rec = Read(id, doc); return nil })
	if err != nil {
		return nil, nil, err
	}
	rec.Versions.Extractor, rec.Source.Bytes = old.Versions.Extractor, old.Source.Bytes
	return doc, rec, nil
}
