package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/tetratelabs/wazero/api"

	"jixiao/extractors/pdf/arrange"
	"jixiao/internal/fault"
)

// ErrPassword says that the document opens only with a password.
var ErrPassword = errors.New("the document is encrypted with a password")

// ErrDamaged says that pdfium found no document in the bytes.
var ErrDamaged = errors.New("no readable PDF structure")

// pdfium's own number for a wrong or missing password (FPDF_ERR_PASSWORD).
const passwordError = 4

// A Document is an open PDF. It holds the process's one engine until Close.
type Document struct {
	e      *engine
	data   uint64 // the file's bytes in the module's memory
	handle uint64
	pages  int
}

// Open opens the size bytes of r. It waits for the document that is open in
// this process, if there is one. Errors other than ErrPassword and ErrDamaged
// are of the engine, not of the document.
func Open(ctx context.Context, r io.ReaderAt, size int64) (*Document, error) {
	if size <= 0 || size > math.MaxInt32 {
		return nil, ErrDamaged
	}
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e, err := take(ctx)
	if err != nil {
		<-turn
		return nil, err
	}
	d := &Document{e: e}
	if err := d.open(r, size); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

func (d *Document) open(r io.ReaderAt, size int64) error {
	e := d.e
	if d.data = e.call("malloc", uint64(size)); d.data == 0 {
		return errors.Join(fmt.Errorf("no memory for a document of %d bytes", size), e.broken)
	}
	// A view of the module's memory: the bytes are read to where they are used.
	view, ok := e.module.Memory().Read(uint32(d.data), uint32(size))
	if !ok {
		return fmt.Errorf("no memory for a document of %d bytes", size)
	}
	if n, err := r.ReadAt(view, 0); int64(n) < size && err != nil {
		return fault.Mark(fault.Unavailable, fmt.Errorf("read the document: %w", err))
	}
	d.handle = e.call("FPDF_LoadMemDocument", d.data, uint64(size), 0)
	if uint32(d.handle) != 0 {
		d.pages = int(int32(e.call("FPDF_GetPageCount", d.handle)))
		return e.broken
	}
	if code := e.call("FPDF_GetLastError"); uint32(code) == passwordError {
		return ErrPassword
	}
	if e.broken != nil {
		return e.broken
	}
	return ErrDamaged
}

// Close releases the document and lets the next one in.
func (d *Document) Close() {
	if uint32(d.handle) != 0 {
		d.e.call("FPDF_CloseDocument", d.handle)
	}
	if d.data != 0 {
		d.e.call("free", d.data)
	}
	<-turn
}

// Pages returns the number of pages.
func (d *Document) Pages() int { return d.pages }

// A Page is what pdfium found on a page.
type Page struct {
	arrange.Page
	Bad      int     // characters that pdfium could not name, not among Glyphs
	Images   float64 // share of the page's area that images cover, over 1 if they overlap
	Drawings int     // shapes with curves
	Voids    int     // texts without width: spaces, or text that pdfium left out
}

// Page reads page i, counted from 0. After an error of a page the others can
// still be read unless Broken.
func (d *Document) Page(i int) (*Page, error) {
	e := d.e
	page, err := d.load(i)
	if err != nil {
		return nil, err
	}
	defer e.call("FPDF_ClosePage", page)
	view := e.viewOf(page)
	out := &Page{Page: arrange.Page{Width: view.width, Height: view.height}}
	if err := e.readText(page, view, out); err != nil {
		return nil, err
	}
	e.readShapes(page, view, out)
	return out, e.broken
}

// load opens page i. Filled-in form fields and notes, which lie over the page,
// are made part of it.
func (d *Document) load(i int) (uint64, error) {
	const forDisplay, flattened = 0, 1
	e := d.e
	page := e.call("FPDF_LoadPage", d.handle, uint64(i))
	if int32(e.call("FPDFPage_GetAnnotCount", page)) > 0 && e.call("FPDFPage_Flatten", page, forDisplay) == flattened {
		e.call("FPDF_ClosePage", page)
		page = e.call("FPDF_LoadPage", d.handle, uint64(i))
	}
	if e.broken != nil {
		return 0, e.broken
	}
	if uint32(page) == 0 {
		return 0, errors.New("pdfium cannot open the page")
	}
	return page, nil
}

// Broken reports whether the engine died while reading this document.
func (d *Document) Broken() bool { return d.e.broken != nil }

// A matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f), as PDF writes it.
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then returns the matrix that applies m and afterwards n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// A view is how a page is shown: its size, and the way from the page's own
// coordinates, which may be cropped and turned, to points from the top left.
type view struct {
	width, height float64
	matrix        matrix
}

// viewOf asks pdfium where three points of the page land on a device of a
// hundred dots a point, as it answers in whole dots.
func (e *engine) viewOf(page uint64) view {
	const dots, far = 100, 1000
	v := view{
		width:  float64(api.DecodeF32(e.call("FPDF_GetPageWidthF", page))),
		height: float64(api.DecodeF32(e.call("FPDF_GetPageHeightF", page))),
	}
	land := func(x, y float64) (float64, float64) {
		e.call("FPDF_PageToDevice", page, 0, 0, uint64(v.width*dots), uint64(v.height*dots), 0,
			api.EncodeF64(x), api.EncodeF64(y), e.at(0), e.at(4))
		return float64(e.int(0)) / dots, float64(e.int(1)) / dots
	}
	x0, y0 := land(0, 0)
	x1, y1 := land(far, 0)
	x2, y2 := land(0, far)
	v.matrix = matrix{(x1 - x0) / far, (y1 - y0) / far, (x2 - x0) / far, (y2 - y0) / far, x0, y0}
	return v
}
