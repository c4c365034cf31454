package field

import (
	"strings"
	"sync"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// A vocabulary is the features of the lexicon that the code itself asks for.
type vocabulary struct {
	fill, kinds, institution, total, parts, abroad, own, modes, categories, authorized, actual, weak, contract, retired, pother, pveto, subunit,
	initial, adjusted, budget, spend, executed, income, basic, project, public3, carry, last, compare, both, delta, complete,
	ratehead, rateother, completion, target, score, self, gain, full, sub, grade, far,
	level1, level2, level3, targetcol, actualcol, weight, scorecol, deviation, arrive, pname, serial, unitcol, mother, funds, fiscal, grant, perform lexicon.Features

	ofFigures, ofNames, ofHeads lexicon.Features // what figures, names and heads return
	turns                       lexicon.Features // those that script.pass asks for
}

var terms = sync.OnceValue(func() *vocabulary {
	f := lexicon.Standard().Feature
	v := &vocabulary{
		fill: f("fill"), total: f("total"), parts: f("parts"), abroad: f("abroad"), own: f("own"), authorized: f("authorized"), actual: f("actual"), weak: f("weak"),
		contract: f("contract"), retired: f("retired"), pother: f("pother"), pveto: f("pveto"), subunit: f("subunit"),
		initial: f("initial"), adjusted: f("adjusted"), budget: f("budget"), spend: f("spend"), executed: f("executed"), income: f("income"),
		basic: f("basic"), project: f("project"), public3: f("public3"), carry: f("carry"), last: f("last"), compare: f("compare"), both: f("both"), delta: f("delta"), complete: f("complete"),
		ratehead: f("ratehead"), rateother: f("rateother"), completion: f("completion"), target: f("target"), score: f("score"), self: f("self"), gain: f("gain"), full: f("full"), sub: f("sub"), grade: f("grade"),
		level1: f("level1"), level2: f("level2"), level3: f("level3"), targetcol: f("targetcol"), actualcol: f("actualcol"), weight: f("weight"),
		scorecol: f("scorecol"), deviation: f("deviation"), pname: f("pname"), serial: f("serial"), unitcol: f("unitcol"), mother: f("mother"), arrive: f("arrive"), funds: f("funds"), fiscal: f("fiscal"), grant: f("grant"), perform: f("perform"),
	}
	v.modes = v.authorized | v.actual
	v.categories = f("admin", "institution", "logistics") | v.contract | v.retired | v.pother
	v.kinds, v.institution = f("admin", "institution", "logistics"), f("institution")
	v.ofFigures = v.budget | v.executed | v.spend | v.income | v.ratehead | v.weight | v.scorecol | v.score | v.modes | v.categories | v.weak |
		v.basic | v.project | v.public3 | v.carry | v.mother | v.fiscal | v.sub
	v.ofNames = v.level1 | v.level2 | v.level3 | v.targetcol | v.actualcol | v.pname | v.serial | v.deviation | v.unitcol
	v.ofHeads = v.income | v.spend | v.basic | v.project | v.public3 | v.carry | v.modes | v.categories | v.weak | v.ratehead
	v.turns = v.modes | v.weak | v.public3 | v.basic | v.project | v.income | v.last | v.own | v.subunit | v.abroad | v.parts
	v.far = v.kinds | v.initial | v.adjusted | v.last | v.public3 | v.target | v.subunit
	return v
})

// figures are the features that say that a cell heads a column of figures.
func (t *vocabulary) figures() lexicon.Features { return t.ofFigures }

// names are the features that say that a cell heads a column of names.
func (t *vocabulary) names() lexicon.Features { return t.ofNames }

// heads are the features of a row's label that make it about something of its
// own rather than a part of the row above.
func (t *vocabulary) heads() lexicon.Features { return t.ofHeads }

// A phrase is what stands before a figure and tells what it counts.
type phrase struct {
	features   lexicon.Features // of the words that stand together before the figure
	far        lexicon.Features // of words further off in the same clause
	start, end int              // from the first to the last of the telling words; 0, 0 if there are none
	begin      int              // where the phrase begins, filling words included
	unknown    int              // characters without meaning between the words and the figure
	unknownAt  bool             // other words stand right before the phrase
	orgBefore  bool             // … and they end like the name of a unit
	crossed    bool             // the words stand on the line above
	inParen    bool             // the phrase begins with a bracket
	mode       lexicon.Features // the last of authorized and actual before the figure
	year       int              // a year in the phrase
	stop       rune             // what ended it: a punctuation mark, 0 for a figure or the text's start
	touch      bool             // it begins right behind another figure
}

// How far a phrase reaches over words that are not in the lexicon.
const (
	maxUnknown = 8  // characters between the words and the figure
	maxFar     = 20 // characters back from the phrase
)

// before returns the phrase before byte at, where figure i begins; i may be
// the number of figures.
func (s *script) before(at, i int) phrase {
	w := walker{script: s, at: at, fig: i - 1, line: s.from[s.passage(at)]}
	w.hit = len(s.hits) - 1
	if n := len(s.hits); n > 0 && s.hits[n-1].End > at {
		w.hit = s.lastHit(at)
	}
	for w.step() {
	}
	w.phrase.begin = w.at
	w.reach()
	return w.phrase
}

// lastHit returns the index of the last word that ends at or before byte at.
func (s *script) lastHit(at int) int {
	lo, hi := 0, len(s.hits)
	for lo < hi {
		if m := (lo + hi) / 2; s.hits[m].End <= at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo - 1
}

// A walker goes back through the text from a figure.
type walker struct {
	*script
	phrase
	at   int // everything from here to the figure has been looked at
	hit  int // last word that ends at or before at
	fig  int // last figure before at
	line int // first byte of the passage
	org  bool
}

// step takes one word, year or character; false at the end of the phrase.
func (w *walker) step() bool {
	switch {
	case w.at == 0:
		return false
	case w.hit >= 0 && w.hits[w.hit].End == w.at:
		w.word(w.hits[w.hit])
		return true
	case w.fig >= 0 && w.figs[w.fig].End >= w.at:
		return w.figure(w.figs[w.fig])
	}
	r, n := w.lastRune(w.at)
	switch r {
	case ':', '=', '-', '/', '%', '*', '×', '÷', '+', '_':
		w.at -= n
		return true
	case ')', ']':
		return w.bracket(n)
	case '\n':
		return w.cross(n)
	case '(', '[':
		w.inParen, w.stop = true, r
		return false
	case ',', '、', '。', ';', '!', '|', '?':
		w.stop = r
		return false
	}
	return w.other(n)
}

func (w *walker) word(h lexicon.Hit) {
	t := w.words
	telling := h.Features&^(t.fill|t.own|t.total|t.complete) != 0
	w.features |= h.Features
	if w.mode == 0 {
		w.mode = h.Features & t.modes
	}
	if telling || w.end == 0 && h.Features.Any(t.total) {
		if w.end == 0 || w.start < w.line {
			w.end = h.End
		}
		w.start = h.Start
	}
	w.org = h.End-h.Start == 3 && h.Features == t.fill
	w.at, w.hit = h.Start, w.hit-1
}

// figure takes a year as part of the phrase and stops at any other figure.
func (w *walker) figure(f zh.Figure) bool {
	if w.formula(f) || w.countOf(f) {
		w.at, w.fig = f.Start, w.fig-1
		return true
	}
	if f.Kind != zh.YearOf || f.NumEnd > w.at {
		w.touch = f.End == w.at && f.Kind == zh.Points
		return false
	}
	n := 0
	for _, c := range f.Number {
		n = n*10 + int(c-'0')
	}
	w.year, w.at, w.fig = n, f.Start, w.fig-1
	w.stop = '年'
	if w.lastWordCompares() {
		w.features |= w.words.compare
	}
	return w.end == 0 || w.lastWordNames()
}

// lastWordNames reports whether the word before the year belongs to the phrase
// behind it, 基本支出2022年决算数, 比2018年的, and is no heading run into the line.
func (w *walker) lastWordNames() bool {
	t := w.words
	return w.hit >= 0 && w.hits[w.hit].End == w.at && w.hits[w.hit].Features.Any(t.compare|t.last|t.basic|t.project|t.public3|t.mother|t.income|t.spend|t.carry|t.fiscal|t.modes|t.categories|t.score|t.fill)
}

// formula reports whether f is a term of a computed rate: 49÷50×100%=98%.
func (w *walker) formula(f zh.Figure) bool {
	if w.end > 0 || f.End != w.at || f.Kind == zh.YearOf {
		return false
	}
	r, _ := w.lastRune(f.Start)
	return r == '×' || r == '*' || r == '÷' || operatorAt(w.text[f.End:])
}

// countOf reports whether f only tells how many projects the amount is for:
// 年初预算8个项目98万元. What stands behind the count is passed with it.
func (w *walker) countOf(f zh.Figure) bool {
	if w.end > 0 || f.Kind == zh.YearOf || f.Kind == zh.Money || f.Bad || !strings.HasPrefix(w.text[f.NumEnd:], "个") && !strings.HasPrefix(w.text[f.NumEnd:], "项") {
		return false
	}
	return w.unknown == 0 && f.NumEnd+len("个") == w.at && (strings.HasPrefix(w.text[w.at:], "项目") || strings.HasSuffix(w.text[:f.Start], "项目"))
}

// operatorAt reports whether s begins with the sign of a calculation.
func operatorAt(s string) bool {
	for _, op := range []string{"×", "÷", "*", "="} {
		if strings.HasPrefix(s, op) {
			return true
		}
	}
	return false
}

func (w *walker) lastWordCompares() bool {
	return w.hit >= 0 && w.hits[w.hit].End == w.at && w.hits[w.hit].Features.Any(w.words.compare|w.words.last)
}

// bracket takes a short pair of brackets: 执行率(B/A), 全年(调整)预算数,
// 自评得分(满分100分). Behind the telling words it may hold no figures.
func (w *walker) bracket(n int) bool {
	const most = 48
	for i := w.at - n - 1; i >= max(0, w.at-most); i-- {
		switch c := w.text[i]; {
		case c == '\n' || c >= '0' && c <= '9' && w.end > 0:
			w.stop = ')'
			return false
		case c == '(' || c == '[':
			inside := lexicon.Features(0)
			for ; w.hit >= 0 && w.hits[w.hit].Start >= i; w.hit-- {
				inside |= w.hits[w.hit].Features
			}
			if (w.fig < 0 || w.figs[w.fig].Start < i) && !zh.HasAnyPrefix(w.text[i+1:], []string{"含", "包括", "不含"}) {
				w.features |= inside &^ (w.words.parts | w.words.subunit | w.words.full)
				if c == '[' && w.end == 0 && w.unknown == 0 && inside != 0 {
					w.start, w.end = i+1, w.at-n // 【年初预算】860万元
				}
			}
			for w.fig >= 0 && w.figs[w.fig].Start >= i {
				w.fig--
			}
			w.at = i
			return true
		}
	}
	w.stop = ')'
	return false
}

// cross goes on in the line above if the figure begins its line: a label may
// stand alone above its value.
func (w *walker) cross(n int) bool {
	if w.crossed && !w.unitLine() || w.end > 0 || w.unknown > 0 || w.inTable(w.passage(w.at-n)) {
		w.stop = '\n'
		return false
	}
	w.crossed = true
	w.at -= n
	w.line = w.from[w.passage(w.at)]
	return w.line < w.at
}

// unitLine reports whether the line that was crossed is nothing but a unit in
// brackets, which a form prints between a label and its value.
func (w *walker) unitLine() bool {
	line := w.text[w.line : w.from[w.passage(w.line)+1]-1]
	in, ok := inBrackets(line)
	_, known := powerOf(in)
	return ok && known
}

// other passes a character that belongs to no word of the lexicon.
func (w *walker) other(n int) bool {
	if w.end > 0 {
		w.unknownAt, w.orgBefore = !w.behindMarker() && !w.behindDate(), w.org
		return false
	}
	w.unknown++
	w.at -= n
	return w.unknown <= maxUnknown
}

// behindMarker reports whether the phrase begins right behind the number of an item:
// 1.本年支出合计.
func (w *walker) behindMarker() bool {
	const longest = 12 // bytes of a marker
	n := w.at - w.line
	return n > 0 && n <= longest && w.text[w.at-1] == '.' && passage.LeadingMarker(w.text[w.line:w.at+1]).Len == n
}

// behindDate reports whether the phrase begins right behind a day, which tells when and
// not of what: 到2022年12月31日共支出.
func (w *walker) behindDate() bool {
	before, ok := strings.CutSuffix(w.text[:w.at], "日")
	return ok && before != "" && isDigit(before[len(before)-1])
}

// reach looks for words further back in the same clause that change the
// meaning of the phrase: 上年, 年初, 三公.
func (w *walker) reach() {
	if !w.unknownAt && w.stop != '年' {
		return
	}
	for at, n := w.at, 0; at > 0 && n < maxFar; n++ {
		if w.fig >= 0 && w.figs[w.fig].End >= at && w.figs[w.fig].Kind != zh.YearOf {
			return
		}
		if w.hit >= 0 && w.hits[w.hit].End == at {
			w.far |= w.hits[w.hit].Features & w.words.far
			at, w.hit = w.hits[w.hit].Start, w.hit-1
			continue
		}
		r, size := w.lastRune(at)
		switch r {
		case ',', '、', '。', ';', '\n', '(', '!', '|':
			return
		}
		at -= size
	}
}
