package pipeline

import (
	"context"
	"fmt"
	"strings"

	"jixiao/extractors"
	"jixiao/extractors/check"
	"jixiao/extractors/field"
	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh/segment"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A Runner takes one document from bytes to record in this process.
type Runner struct {
	Extractors []extractors.Extractor // the first that accepts a document reads it
}

// Extract returns the text and layout of in and the version of what read it.
func (r *Runner) Extract(ctx context.Context, in extractors.Input) (*layout.Doc, string, error) {
	e, err := extractors.Choose(r.Extractors, in)
	if err != nil {
		return nil, "", err
	}
	doc, err := e.Extract(ctx, in)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", e.Name(), err)
	}
	doc.FillLists()
	return doc, e.Version(), nil
}

// Run takes one document from bytes to record.
func (r *Runner) Run(ctx context.Context, id schemas.DocID, in extractors.Input) (*layout.Doc, *record.Record, error) {
	doc, version, err := r.Extract(ctx, in)
	if err != nil {
		return nil, nil, err
	}
	rec := Read(id, doc)
	rec.Versions.Extractor = versionOf(version, doc.Engines())
	rec.Source.Bytes = in.Size
	return doc, rec, nil
}

// versionOf returns version, as pdfium/3, with the engine that has read all of
// the document in the place of the one its format has for most.
func versionOf(version string, engines []string) string {
	engine, number, ok := strings.Cut(version, "/")
	if !ok || len(engines) != 1 || engines[0] == engine {
		return version
	}
	return engines[0] + "/" + number
}

// Read makes the record of a document from its layout. It fills everything but
// the size of the bytes and the version of the extractor.
func Read(id schemas.DocID, doc *layout.Doc) *record.Record {
	p := passage.New(doc)
	defer p.Release()
	tree := section.Outline(p)
	reading := field.Read(p, tree)
	findings := append(reading.Findings, check.Findings(doc, reading.Fields)...)
	check.Review(reading.Fields, findings)
	rec := &record.Record{
		ID:       id,
		Schema:   schemas.Version,
		Versions: readingVersions(),
		Source:   record.Source{Format: doc.Format, Pages: pages(doc), Encoding: doc.Encoding, Engines: doc.Engines()},
		State:    reading.State,
		Title:    reading.Title,
		Fields:   reading.Fields,
		Sections: tree.Sections,
		Findings: findings,
		Gaps:     reading.Gaps,
	}
	notePages(rec, doc)
	noteDamage(rec, doc)
	rec.FillLists()
	return rec
}

// readingVersions are those of this program, but for the extractor's.
func readingVersions() schemas.Versions {
	return schemas.Versions{
		Layout: layout.Version, Segmenter: segment.Version, Lexicon: lexicon.Version(), Reader: field.Version, Checks: check.Version,
	}
}

func pages(doc *layout.Doc) int {
	if len(doc.Pages) == 1 && doc.Pages[0].Number == 0 {
		return 0
	}
	return len(doc.Pages)
}
