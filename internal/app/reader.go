package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/extractors/field"
	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/sandbox"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A Reader takes documents to their layout and record: text in this process,
// everything else in child processes that are started when they are needed.
// It is safe for concurrent use.
type Reader struct {
	opts   Options
	runner pipeline.Runner
	pool   *sandbox.Pool
}

// NewReader returns a Reader that has started nothing yet.
func NewReader(o Options) *Reader {
	r := &Reader{opts: o, pool: sandbox.New(poolOptions(o))}
	for _, e := range all.Extractors() {
		if e.Name() != trusted {
			e = &sandboxed{Extractor: e, pool: r.pool}
		}
		r.runner.Extractors = append(r.runner.Extractors, e)
	}
	return r
}

// Close ends the child processes.
func (r *Reader) Close() error { return r.pool.Close() }

// Run implements pipeline.Reader.
func (r *Reader) Run(ctx context.Context, id schemas.DocID, in extractors.Input) (*layout.Doc, *record.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, r.opts.Timeout+childGrace)
	defer cancel()
	doc, rec, err := r.runner.Run(ctx, id, r.limit(in))
	return doc, rec, r.explain(err)
}

// childGrace is how much later than a child's deadline ours ends, so that the
// child's own message is the one people see.
const childGrace = 5 * time.Second

func (r *Reader) limit(in extractors.Input) extractors.Input {
	in.MaxBytes = int64(r.opts.MaxBytes)
	in.Engine = r.opts.Engine
	return in
}

// Extract reads the file name to its record, with what its name hints at.
func (r *Reader) Extract(ctx context.Context, name string) (*record.Record, error) {
	_, rec, err := r.file(ctx, name)
	if err != nil {
		return nil, err
	}
	hint(rec, name)
	return rec, nil
}

// file reads the file name to its layout and record.
func (r *Reader) file(ctx context.Context, name string) (*layout.Doc, *record.Record, error) {
	in, f, err := r.openFile(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	id, err := idOf(in)
	if err != nil {
		return nil, nil, err
	}
	doc, rec, err := r.Run(ctx, id, in)
	if err != nil {
		return nil, nil, err
	}
	rec.Source.Name = name
	return doc, rec, nil
}

// hint adds to rec what only the name of a submission says. It is not kept with
// the record: the same bytes can come under another name.
func hint(rec *record.Record, name string) {
	if rec != nil && rec.State != record.NotAReport {
		rec.Gaps = append(rec.Gaps, field.NameHints(name, rec.Fields)...)
	}
}

// Text reads the file name to its layout.
func (r *Reader) Text(ctx context.Context, name string) (*layout.Doc, record.Source, error) {
	in, f, err := r.openFile(name)
	if err != nil {
		return nil, record.Source{}, err
	}
	defer f.Close()
	ctx, cancel := context.WithTimeout(ctx, r.opts.Timeout+childGrace)
	defer cancel()
	doc, _, err := r.runner.Extract(ctx, r.limit(in))
	if err != nil {
		return nil, record.Source{}, r.explain(err)
	}
	return doc, sourceOf(doc, name, in.Size), nil
}

// sourceOf describes what doc was read from.
func sourceOf(doc *layout.Doc, name string, size int64) record.Source {
	s := record.Source{Name: name, Format: doc.Format, Bytes: size, Encoding: doc.Encoding, Engines: doc.Engines()}
	if len(doc.Pages) > 0 && doc.Pages[0].Number > 0 {
		s.Pages = len(doc.Pages)
	}
	return s
}

// Program is a fingerprint of everything that decides what is read out of the
// same bytes.
func (r *Reader) Program() string {
	v := pipeline.Read("", &layout.Doc{}).Versions
	words := []string{fmt.Sprint(v), r.opts.Engine}
	for _, e := range r.runner.Extractors {
		words = append(words, e.Version())
	}
	sum := sha256.Sum256([]byte(strings.Join(words, "|")))
	return hex.EncodeToString(sum[:8])
}

// Extractors returns the versions of what reads each format, by its name.
func (r *Reader) Extractors() map[string]string {
	versions := map[string]string{}
	for _, e := range r.runner.Extractors {
		versions[e.Name()] = e.Version()
	}
	return versions
}

// explain adds the flag that helps to errors that a flag can help.
func (r *Reader) explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fault.WithHint(fault.New(fault.Timeout, "not read within %v", r.opts.Timeout), "raise --timeout")
	case fault.KindOf(err) == fault.Timeout && fault.HintOf(err) == "":
		return fault.WithHint(err, "raise --timeout")
	case fault.KindOf(err) == fault.TooLarge && fault.HintOf(err) == "":
		return fault.WithHint(err, "raise --max-bytes")
	}
	return err
}

// openFile opens name for random access. The caller closes the file.
func (r *Reader) openFile(name string) (extractors.Input, io.Closer, error) {
	f, err := os.Open(name)
	if err != nil {
		return extractors.Input{}, nil, fileFault(name, err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fault.WithHint(fault.New(fault.Unsupported, "not a regular file"), "save it as a file first")
	}
	if err != nil {
		return extractors.Input{}, nil, errors.Join(err, f.Close())
	}
	return extractors.Input{Name: name, Size: info.Size(), Bytes: f}, f, nil
}

// idOf names in by its bytes.
func idOf(in extractors.Input) (schemas.DocID, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(in.Bytes, 0, in.Size)); err != nil {
		return "", fmt.Errorf("read %s: %w", in.Name, fault.Mark(fault.Unavailable, err))
	}
	return schemas.DocID(hex.EncodeToString(h.Sum(nil))), nil
}
