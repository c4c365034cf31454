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
	args      []token
}

func (in *interpreter) run(stream, resources lpdf.Value, ctm matrix) error {
	if in.depth >= maxForms {
		return nil
	}
	in.depth++
	defer func() { in.depth-- }()
	p := &program{
		interpreter: in, resources: resources,
		state: state{ctm: ctm, scale: 1},
		text:  matrix{a: 1, d: 1}, line: matrix{a: 1, d: 1},
		fonts: map[string]*font{},
	}
	l, err := newLexer(stream)
	if err != nil {
		return err
	}
	l.run(func(op string, args []token) {
		if in.operators++; in.operators > maxOperators {
			panic("too many operators on one page")
		}
		p.args = args
		if !p.graphics(op) && !p.textState(op) && !p.showing(op) {
			p.paths(op)
		}
	})
	return nil
}

// num returns argument i as a number, 0 if it is missing.
func (p *program) num(i int) float64 {
	if i < len(p.args) {
		return p.args[i].num
	}
	return 0
}

// last returns the last argument.
func (p *program) last() token {
	if n := len(p.args); n > 0 {
		return p.args[n-1]
	}
	return token{}
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
		p.form(p.resources.Key("XObject").Key(p.last().text))
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
	_ = p.run(x, res, m.then(p.state.ctm)) // a form that cannot be read leaves the rest of the page
}

// textState carries out op if it sets how and where text is shown.
func (p *program) textState(op string) bool {
	s := &p.state
	switch op {
	case "BT":
		p.text, p.line = matrix{a: 1, d: 1}, matrix{a: 1, d: 1}
	case "Tf":
		if len(p.args) >= 2 {
			s.font, s.size = p.fontNamed(p.args[0].text), p.num(1)
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
		p.show(p.last().text)
	case "'":
		p.move(0, -p.state.leading)
		p.show(p.last().text)
	case `"`:
		p.state.word, p.state.char = p.num(0), p.num(1)
		p.move(0, -p.state.leading)
		p.show(p.last().text)
	case "TJ":
		for _, x := range p.last().list {
			if x.kind == text {
				p.show(x.text)
			} else {
				p.advance(-x.num / 1000 * p.state.size)
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
