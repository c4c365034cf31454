package pdfium

import "jixiao/extractors/pdf/arrange"

// What pdfium numbers the kinds of objects and of path segments.
const (
	objectText, objectPath, objectImage, objectForm = 1, 2, 3, 5
	segmentLine, segmentCurve, segmentMove          = 0, 1, 2
)

const (
	maxObjects  = 50_000 // looked at on one page, those inside forms included
	maxSegments = 20_000 // looked at on one page
	maxCurves   = 8      // a path with more is a drawing or a glyph's outline
	maxNesting  = 8      // of forms within forms
)

// A shaper collects the rulings of one page and measures its images.
type shaper struct {
	e                 *engine
	out               *Page
	objects, segments int
}

// readShapes adds the rulings of the page to out.
func (e *engine) readShapes(page uint64, v view, out *Page) {
	s := &shaper{e: e, out: out}
	n := e.call("FPDFPage_CountObjects", page)
	for i := range uint64(max(0, int32(n))) {
		if s.objects++; s.objects > maxObjects || e.broken != nil {
			return
		}
		s.object(e.call("FPDFPage_GetObject", page, i), v.matrix, 0)
	}
}

func (s *shaper) object(o uint64, m matrix, depth int) {
	switch s.e.call("FPDFPageObj_GetType", o) & 0xFF {
	case objectText:
		// pdfium leaves out text without extent: single glyphs of a font that is
		// not in the file and whose stand-in lacks them.
		const epsilon = 0.01 // pdfium's
		e := s.e
		e.call("FPDFPageObj_GetBounds", o, e.at(0), e.at(4), e.at(8), e.at(12))
		if e.float(2)-e.float(0) < epsilon {
			s.out.Voids++
		}
	case objectPath:
		s.path(o, m)
	case objectImage:
		x0, y0, x1, y1, ok := s.bounds(o, m)
		if ok && s.out.Width*s.out.Height > 0 {
			s.out.Images += (x1 - x0) * (y1 - y0) / (s.out.Width * s.out.Height)
		}
	case objectForm:
		if depth >= maxNesting {
			return
		}
		m = s.matrixOf(o).then(m)
		n := s.e.call("FPDFFormObj_CountObjects", o)
		for i := range uint64(max(0, int32(n))) {
			if s.objects++; s.objects > maxObjects || s.e.broken != nil {
				return
			}
			s.object(s.e.call("FPDFFormObj_GetObject", o, i), m, depth+1)
		}
	}
}

func (s *shaper) matrixOf(o uint64) matrix {
	e := s.e
	if uint32(e.call("FPDFPageObj_GetMatrix", o, e.at(0))) == 0 {
		return matrix{a: 1, d: 1}
	}
	return matrix{e.float(0), e.float(1), e.float(2), e.float(3), e.float(4), e.float(5)}
}

// bounds returns the box of o, whose bounds pdfium gives in the coordinates
// around it, after m.
func (s *shaper) bounds(o uint64, m matrix) (x0, y0, x1, y1 float64, ok bool) {
	e := s.e
	if uint32(e.call("FPDFPageObj_GetBounds", o, e.at(0), e.at(4), e.at(8), e.at(12))) == 0 {
		return 0, 0, 0, 0, false
	}
	left, bottom, right, top := e.float(0), e.float(1), e.float(2), e.float(3)
	x0, y0 = m.apply(left, bottom)
	x1, y1 = m.apply(right, top)
	return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), true
}

// path takes the lines of a path: a thin box as a whole, else the sides of what
// is stroked and the thin parts of what is filled.
func (s *shaper) path(o uint64, m matrix) {
	x0, y0, x1, y1, ok := s.bounds(o, m)
	if !ok {
		return
	}
	if x1-x0 < arrange.Thin || y1-y0 < arrange.Thin {
		s.out.AddRule(x0, y0, x1, y1)
		return
	}
	e := s.e
	n := int(int32(e.call("FPDFPath_CountSegments", o)))
	if s.segments += n; s.segments > maxSegments {
		return
	}
	if uint32(e.call("FPDFPath_GetDrawMode", o, e.at(0), e.at(4))) == 0 {
		return
	}
	filled, stroked := e.int(0) != 0, e.int(1) != 0
	if !filled && !stroked {
		return // a clip
	}
	t := tracer{out: s.out, stroked: stroked}
	t.trace(e, o, n, s.matrixOf(o).then(m))
}

// A tracer follows one path, a subpath at a time.
type tracer struct {
	out     *Page
	stroked bool
	points  [][2]float64
	curved  bool
}

func (t *tracer) trace(e *engine, o uint64, n int, m matrix) {
	curves := 0
	for i := range uint64(max(0, n)) {
		seg := e.call("FPDFPath_GetPathSegment", o, i)
		if uint32(seg) == 0 || e.broken != nil {
			break
		}
		kind := e.call("FPDFPathSegment_GetType", seg) & 0xFF
		if kind == segmentCurve {
			if curves == 0 {
				t.out.Drawings++
			}
			if curves++; curves > 3*maxCurves { // a curve is three segments
				return
			}
			t.curved = true
		}
		e.call("FPDFPathSegment_GetPoint", seg, e.at(0), e.at(4))
		x, y := m.apply(e.float(0), e.float(1))
		if kind == segmentMove {
			t.finish()
		}
		t.points = append(t.points, [2]float64{x, y})
		if uint32(e.call("FPDFPathSegment_GetClose", seg)) != 0 && len(t.points) > 0 {
			t.points = append(t.points, t.points[0])
		}
	}
	t.finish()
}

// finish turns the subpath followed so far into rules.
func (t *tracer) finish() {
	p := t.points
	curved := t.curved
	t.points, t.curved = t.points[:0], false
	if len(p) < 2 || curved {
		return
	}
	x0, y0, x1, y1 := p[0][0], p[0][1], p[0][0], p[0][1]
	for _, q := range p {
		x0, y0, x1, y1 = min(x0, q[0]), min(y0, q[1]), max(x1, q[0]), max(y1, q[1])
	}
	if x1-x0 < arrange.Thin || y1-y0 < arrange.Thin {
		t.out.AddRule(x0, y0, x1, y1)
		return
	}
	if !t.stroked {
		return // an area: its edges are no lines
	}
	for i := 1; i < len(p); i++ {
		t.out.AddRule(p[i-1][0], p[i-1][1], p[i][0], p[i][1])
	}
}
