package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"

	"jixiao/extractors"
	"jixiao/extractors/pdf/arrange"
	"jixiao/extractors/pdf/ledongthuc"
	"jixiao/extractors/pdf/pdfium"
	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

// maxRestarts is how often pdfium may die on pages of one document before the
// rest of it is left to the second engine.
const maxRestarts = 3

// A reading is one document being read, page by page.
type reading struct {
	in       extractors.Input
	first    *pdfium.Document // nil if pdfium does not read it
	restarts int
	second   *ledongthuc.Document // opened when the first page needs it
	tried    error                // why it could not be opened
	disk     disk                 // what it reads from
	pages    []page
}

// A disk remembers that reading failed, which the second engine cannot tell from
// a damaged document.
type disk struct {
	io.ReaderAt
	err error
}

func (d *disk) ReadAt(b []byte, off int64) (int, error) {
	n, err := d.ReaderAt.ReadAt(b, off)
	if err != nil && !errors.Is(err, io.EOF) {
		d.err = err
	}
	return n, err
}

// A page is what an engine made of a page, and what is wrong with it.
type page struct {
	arrange.Page
	engine  string
	problem layout.Problem
	reason  string
	voids   int // texts that pdfium may have left out
}

func (r *reading) close() {
	if r.first != nil {
		r.first.Close()
	}
}

func (r *reading) read(ctx context.Context) error {
	n, err := r.open(ctx)
	if err != nil {
		return explain(err)
	}
	if n > maxPages {
		return fault.WithHint(fault.New(fault.TooLarge, "the PDF has %d pages, more than the limit of %d", n, maxPages),
			"split it into smaller files")
	}
	r.pages = make([]page, 0, n)
	for i := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := r.page(ctx, i)
		if err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
		r.pages = append(r.pages, p)
	}
	return nil
}

// open opens the document with the engine asked for, or with the first that
// can, and returns the number of its pages.
func (r *reading) open(ctx context.Context) (int, error) {
	if r.in.Engine == Ledongthuc {
		d, err := r.fallback()
		if err != nil {
			return 0, err
		}
		return d.Pages(), nil
	}
	d, err := pdfium.Open(ctx, r.in.Bytes, r.in.Size)
	if err == nil && d.Pages() > 0 {
		r.first = d
		return d.Pages(), nil
	}
	if err == nil {
		d.Close()
		err = pdfium.ErrDamaged
	}
	if !errors.Is(err, pdfium.ErrDamaged) || r.in.Engine == Pdfium {
		return 0, err
	}
	if d, e := r.fallback(); e == nil {
		return d.Pages(), nil
	}
	return 0, err
}

// page reads page i with the engine asked for, or with the one that reads it.
func (r *reading) page(ctx context.Context, i int) (page, error) {
	if r.first == nil {
		return r.bySecond(i), nil
	}
	p, err := r.byFirst(ctx, i)
	if err != nil || r.in.Engine == Pdfium || !worthTrying(&p) {
		return p, err
	}
	if d, err := r.fallback(); err != nil || d.Pages() != r.first.Pages() {
		return p, nil //nolint:nilerr // without a second engine the page stays as the first one read it
	}
	if q := r.bySecond(i); q.betters(&p) {
		return q, nil
	}
	return p, nil
}

// fewVoids are no reason to try again: programs write spaces as texts of their own.
const fewVoids = 2

// worthTrying reports whether the other engine could do better than p: not on a
// page that is but an image, but on one that seems to be blank, for pdfium says
// nothing when it skips an object that it cannot read, and on one from which it
// may have left out text.
func worthTrying(p *page) bool {
	switch p.problem {
	case layout.Unreadable, layout.Garbled:
		return true
	case "":
		return len(p.Glyphs) == 0 || p.voids > fewVoids
	default:
		return false
	}
}

// betters reports whether q, by the second engine, is to be taken instead of p:
// it reads well and p does not, or has just what p left out.
func (q *page) betters(p *page) bool {
	if q.problem != "" || len(q.Glyphs) == 0 {
		return false
	}
	more := len(q.Glyphs) - len(p.Glyphs)
	return p.problem != "" || len(p.Glyphs) == 0 || more > 0 && more <= p.voids
}

// byFirst reads page i with pdfium and judges it. The error is one of the
// engine, not of the page.
func (r *reading) byFirst(ctx context.Context, i int) (page, error) {
	p, err := r.first.Page(i)
	if err == nil {
		out := judged(p.Page, p.Bad, p.Images, p.Drawings, Pdfium)
		out.voids = p.Voids
		return out, nil
	}
	out := page{engine: Pdfium, problem: layout.Unreadable, reason: fmt.Sprintf("the page cannot be read: %v", err)}
	if !r.first.Broken() {
		return out, nil
	}
	if r.restarts++; r.restarts > maxRestarts {
		return page{}, fault.New(fault.Invalid, "pdfium died on %d pages: %w", r.restarts, err)
	}
	pages := r.first.Pages()
	r.first.Close()
	r.first = nil
	again, err := pdfium.Open(ctx, r.in.Bytes, r.in.Size)
	if err != nil {
		return page{}, fmt.Errorf("open the document again after a crash: %w", err)
	}
	r.first = again
	if again.Pages() != pages {
		return page{}, fault.New(fault.Internal, "the document has %d pages on the second opening, %d on the first", again.Pages(), pages)
	}
	return out, nil
}

// fallback opens the second engine once.
func (r *reading) fallback() (*ledongthuc.Document, error) {
	if r.second == nil && r.tried == nil {
		r.disk.ReaderAt = r.in.Bytes
		r.second, r.tried = ledongthuc.Open(&r.disk, r.in.Size)
		switch {
		case r.tried == nil, errors.Is(r.tried, ledongthuc.ErrPassword):
		case r.disk.err != nil:
			r.tried = fault.Mark(fault.Unavailable, fmt.Errorf("read the document: %w", r.disk.err))
		default:
			r.tried = fault.WithHint(fault.Mark(fault.Invalid, r.tried), "try --engine "+Pdfium)
		}
	}
	return r.second, r.tried
}

func (r *reading) bySecond(i int) page {
	p, err := r.second.Page(i)
	if err != nil {
		return page{engine: Ledongthuc, problem: layout.Unreadable, reason: fmt.Sprintf("the page cannot be read: %v", err)}
	}
	return judged(p.Page, p.Bad, p.Images, p.Drawings, Ledongthuc)
}
