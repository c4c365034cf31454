// Package ledongthuc reads the glyphs and rulings of a PDF's pages with
// github.com/ledongthuc/pdf: the second engine, for what pdfium cannot read.
//
// Of the library only the reading of objects and the decoding of streams is
// used; fonts and content streams are read here, since its own reading of them
// loses most Chinese text and never ends on some. It can still hang or exhaust
// the stack on hostile files, which cannot be stopped from outside, so it runs
// only in a process that may be killed.
package ledongthuc

import (
	"errors"
	"fmt"
	"io"

	lpdf "github.com/ledongthuc/pdf"

	"jixiao/extractors/pdf/arrange"
)

const (
	maxPages = 2000
	maxNodes = 20_000 // of the page tree
	maxDepth = 40     // of the page tree
)

// A Document is an open PDF.
type Document struct {
	leaves []leaf
	nodes  int
}

// A leaf is a page with what it takes from the nodes above it.
type leaf struct {
	page, resources, box lpdf.Value
	rotate               int64
}

// A Page is what was found on a page.
type Page struct {
	arrange.Page
	Bad      int     // codes that no table names, not among Glyphs
	Images   float64 // share of the page's area that images cover, over 1 if they overlap
	Drawings int     // shapes with curves
}

// ErrPassword says that the document opens only with a password.
var ErrPassword = lpdf.ErrInvalidPassword

// Open opens the size bytes of r.
func Open(r io.ReaderAt, size int64) (d *Document, err error) {
	defer recovered(&err)
	reader, err := lpdf.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("second engine: %w", err)
	}
	d = &Document{}
	d.walk(reader.Trailer().Key("Root").Key("Pages"), leaf{}, 0)
	if len(d.leaves) == 0 {
		return nil, errors.New("second engine: no pages")
	}
	return d, nil
}

// recovered turns a panic of the library into an error: that is how it tells of
// malformed files.
func recovered(err *error) {
	switch x := recover().(type) {
	case nil:
	case error:
		*err = fmt.Errorf("second engine: %w", x)
	default:
		*err = fmt.Errorf("second engine: %v", x)
	}
}

// walk collects the pages below a node. The tree may be a graph with cycles:
// depth and number end it.
func (d *Document) walk(v lpdf.Value, above leaf, depth int) {
	if d.nodes++; d.nodes > maxNodes || depth > maxDepth || len(d.leaves) >= maxPages {
		return
	}
	if x := v.Key("Resources"); !x.IsNull() {
		above.resources = x
	}
	for _, key := range []string{"MediaBox", "CropBox"} {
		if x := v.Key(key); x.Len() == 4 {
			above.box = x
		}
	}
	if x := v.Key("Rotate"); !x.IsNull() {
		above.rotate = x.Int64()
	}
	kids := v.Key("Kids")
	if kids.Kind() != lpdf.Array {
		if v.Kind() == lpdf.Dict {
			above.page = v
			d.leaves = append(d.leaves, above)
		}
		return
	}
	for i := range kids.Len() {
		d.walk(kids.Index(i), above, depth+1)
	}
}

// Pages returns the number of pages.
func (d *Document) Pages() int { return len(d.leaves) }

// Page reads page i, counted from 0.
func (d *Document) Page(i int) (p *Page, err error) {
	defer recovered(&err)
	l := &d.leaves[i]
	v := l.view()
	p = &Page{Page: arrange.Page{Width: v.width, Height: v.height}}
	if c := l.page.Key("Contents"); !c.IsNull() {
		in := interpreter{page: p}
		if err := in.run(c, l.resources, v.matrix); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// A view is the size of a page as shown and the way to points from its top left.
type view struct {
	width, height float64
	matrix        matrix
}

func (l *leaf) view() view {
	x0, y0, x1, y1 := 0.0, 0.0, 595.0, 842.0 // A4, for a page that does not say
	if l.box.Len() == 4 {
		x0, y0 = l.box.Index(0).Float64(), l.box.Index(1).Float64()
		x1, y1 = l.box.Index(2).Float64(), l.box.Index(3).Float64()
		x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	}
	w, h := x1-x0, y1-y0
	switch ((l.rotate%360 + 360) % 360) / 90 {
	case 1:
		return view{h, w, matrix{0, 1, 1, 0, -y0, -x0}}
	case 2:
		return view{w, h, matrix{-1, 0, 0, 1, x1, -y0}}
	case 3:
		return view{h, w, matrix{0, -1, -1, 0, y1, x1}}
	default:
		return view{w, h, matrix{1, 0, 0, -1, -x0, y1}}
	}
}

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

func matrixOf(v lpdf.Value) (matrix, bool) {
	if v.Len() != 6 {
		return matrix{a: 1, d: 1}, false
	}
	f := func(i int) float64 { return v.Index(i).Float64() }
	return matrix{f(0), f(1), f(2), f(3), f(4), f(5)}, true
}
