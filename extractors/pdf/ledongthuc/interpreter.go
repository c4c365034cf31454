package ledongthuc

import (
	"math"
	"strings"
	"unicode/utf8"

	lpdf "github.com/ledongthuc/pdf"

	"jixiao/extractors/pdf/arrange"
)

const (
	maxOperators = 2_000_000 // of one page
	maxGlyphs    = 200_000   // of one page
	maxForms     = 8         // forms within forms
	maxStates    = 256       // graphics states saved
)

// A state is the part of the graphics state that text and lines need.
type state struct {
	ctm                     matrix
	font                    *font
	size, char, word, scale float64
	leading, rise           float64
}

// An interpreter reads the content streams of one page.
type interpreter struct {
	page *Page

	operators int
	depth     int
}

// A program is one content stream being read.
type program struct {
	*interpreter
	resources lpdf.Value
	state     state
	saved     []state
	text      matrix // of the next glyph
	line      matrix // of the start of the text line
	fonts     map[string]*font
	path      path
	args      []lpdf.Value
}

func (in *interpreter) run(stream, resources lpdf.Value, ctm matrix) {
	if in.depth >= maxForms {
		return
	}
	in.depth++
	defer func() { in.depth-- }()
	p := &program{
		interpreter: in, resources: resources,
		state: state{ctm: ctm, scale: 1},
		text:  matrix{a: 1, d: 1}, line: matrix{a: 1, d: 1},
		fonts: map[string]*font{},
	}
	lpdf.Interpret(stream, func(stk *lpdf.Stack, op string) {
		if in.operators++; in.operators > maxOperators {
			panic("too many operators on one page")
		}
		p.args = p.args[:0]
		for stk.Len() > 0 {
			p.args = append(p.args, stk.Pop())
		}
		for i, j := 0, len(p.args)-1; i < j; i, j = i+1, j-1 {
			p.args[i], p.args[j] = p.args[j], p.args[i]
		}
		if !p.graphics(op) && !p.textState(op) && !p.showing(op) {
			p.paths(op)
		}
	})
}

// num returns argument i as a number, 0 if it is missing.
func (p *program) num(i int) float64 {
	if i < len(p.args) {
		return p.args[i].Float64()
	}
	return 0
}

// last returns the last argument.
func (p *program) last() lpdf.Value {
	if n := len(p.args); n > 0 {
		return p.args[n-1]
	}
	return lpdf.Value{}
}

func (p *program) matrix() matrix {
	return matrix{p.num(0), p.num(1), p.num(2), p.num(3), p.num(4), p.num(5)}
}

// graphics carries out op if it is one of the general graphics operators.
func (p *program) graphics(op string) bool {
	switch op {
	case "q":
		if len(p.saved) < maxStates {
			p.saved = append(p.saved, p.state)
		}
	case "Q":
		if n := len(p.saved); n > 0 { // a surplus Q is common and harmless
			p.state, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case "cm":
		p.state.ctm = p.matrix().then(p.state.ctm)
	case "Do":
		p.form(p.resources.Key("XObject").Key(p.last().Name()))
	default:
		return false
	}
	return true
}

// form runs a form, which is a stream within the page's.
func (p *program) form(x lpdf.Value) {
	switch x.Key("Subtype").Name() {
	case "Image":
		m := p.state.ctm // of the unit square
		p.page.Images += math.Abs(m.a*m.d-m.b*m.c) / max(1, p.page.Width*p.page.Height)
		return
	case "Form":
	default:
		return
	}
	m, _ := matrixOf(x.Key("Matrix"))
	res := x.Key("Resources")
	if res.IsNull() {
		res = p.resources
	}
	p.run(x, res, m.then(p.state.ctm))
}

// textState carries out op if it sets how and where text is shown.
func (p *program) textState(op string) bool {
	s := &p.state
	switch op {
	case "BT":
		p.text, p.line = matrix{a: 1, d: 1}, matrix{a: 1, d: 1}
	case "Tf":
		if len(p.args) >= 2 {
			s.font, s.size = p.fontNamed(p.args[0].Name()), p.num(1)
		}
	case "Tc":
		s.char = p.num(0)
	case "Tw":
		s.word = p.num(0)
	case "Tz":
		s.scale = p.num(0) / 100
	case "TL":
		s.leading = p.num(0)
	case "Ts":
		s.rise = p.num(0)
	case "Td":
		p.move(p.num(0), p.num(1))
	case "TD":
		s.leading = -p.num(1)
		p.move(p.num(0), p.num(1))
	case "T*":
		p.move(0, -s.leading)
	case "Tm":
		p.text = p.matrix()
		p.line = p.text
	default:
		return false
	}
	return true
}

func (p *program) fontNamed(name string) (f *font) {
	if f, ok := p.fonts[name]; ok {
		return f
	}
	// A font that cannot be read leaves its text out, not the page's.
	defer func() {
		if recover() != nil {
			f = nil
		}
		p.fonts[name] = f
	}()
	return newFont(p.resources.Key("Font").Key(name))
}

func (p *program) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.then(p.line)
	p.text = p.line
}

// showing carries out op if it shows text.
func (p *program) showing(op string) bool {
	switch op {
	case "Tj":
		p.show(p.last().RawString())
	case "'":
		p.move(0, -p.state.leading)
		p.show(p.last().RawString())
	case `"`:
		p.state.word, p.state.char = p.num(0), p.num(1)
		p.move(0, -p.state.leading)
		p.show(p.last().RawString())
	case "TJ":
		v := p.last()
		for i := range v.Len() {
			if x := v.Index(i); x.Kind() == lpdf.String {
				p.show(x.RawString())
			} else {
				p.advance(-x.Float64() / 1000 * p.state.size)
			}
		}
	default:
		return false
	}
	return true
}

func (p *program) advance(x float64) {
	p.text = matrix{1, 0, 0, 1, x * p.state.scale, 0}.then(p.text)
}

func (p *program) show(raw string) {
	s := &p.state
	if s.font == nil {
		p.page.Bad += len(raw)
		return
	}
	for _, c := range s.font.chars(raw) {
		p.place(c)
		step := c.width*s.size + s.char
		if c.blank {
			step += s.word
		}
		p.advance(step)
	}
}

// place adds the glyph of c at the current point.
func (p *program) place(c char) {
	if c.text == "" || c.text == string(utf8.RuneError) {
		if !c.blank {
			p.page.Bad++
		}
		return
	}
	if strings.TrimSpace(c.text) == "" {
		return
	}
	if len(p.page.Glyphs) >= maxGlyphs {
		panic("too many characters on one page")
	}
	const ascent, descent = 0.88, -0.12 // of an ideograph's box
	s := &p.state
	m := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.then(p.text).then(s.ctm)
	x0, y0 := m.apply(0, descent)
	x1, y1 := m.apply(c.width, ascent)
	g := arrange.Glyph{
		Text: c.text,
		X0:   min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1),
		Size: math.Hypot(m.c, m.d), Turn: arrange.TurnOf(m.a, m.b),
	}
	g.OX, g.OY = m.apply(0, 0)
	p.page.Glyphs = append(p.page.Glyphs, g)
}
