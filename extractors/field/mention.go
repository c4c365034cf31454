package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// A context is what the sentence has said before a figure.
type context struct {
	mode     lexicon.Features // authorized or actual, from words further up
	modeFar  bool             // … and a semicolon or line ago
	public3  bool             // the sentence is about 三公经费
	year     int              // the sentence is about this year
	before   bool             // the clauses are about the year before: 上年该项资金50万元，支出率80%
	subunit  bool             // the sentence is about units under this one
	brackets int              // how many brackets are open
	later    bool             // the clause has come to a month of the next year
	other    bool             // the clause is about something that is only a part: 其中，案件审判预算…
	otherAt  int              // where the last amount of such a part begins; 0 if there is none
	total    string           // the key of the last total told: what follows 其中 is a part of it
	abroad   bool             // the sentence is about the whole town or county
	abroadTo int              // before this byte it only says what the unit does for it: 主管全市水利工作
	parts    bool             // the sentence has come to the parts of something: 其中
	item     bool             // the passage is an item about one project
	subscore zh.Decimal       // a mark in brackets or a full mark under 100 further up
	lastKey  string           // the key of the amount before, in this sentence
	group    lexicon.Features // of the line of words above: 年初预算 over 基本支出:80
	budgetOf string           // the key whose budget the clause has just told: the outturn follows
	at       int              // everything before has been looked at
	hit      int              // next word
	passage  int
}

// readProse goes through the figures that no table reader took, in order.
func (s *script) readProse() {
	ctx := context{passage: -1}
	for i := range s.figs {
		f := &s.figs[i]
		s.advance(&ctx, f.Start, i)
		switch {
		case f.Kind == zh.YearOf:
			s.noteYear(&ctx, i)
		case s.used[i] || f.Kind == zh.Measure:
		default:
			s.read(i, &ctx)
		}
	}
}

// read proposes what figure i may be.
func (s *script) read(i int, ctx *context) {
	f := &s.figs[i]
	if s.readJoint(i, ctx) || s.readSlashed(i, ctx) {
		return
	}
	p := s.before(f.Start, i)
	if p.stop == '?' && p.begin == f.Start {
		p = s.asked(i)
	} else if p.inParen && p.begin == f.Start {
		p = s.bracketed(i, p)
	}
	if f.Kind == zh.Plain && !s.standsAlone(f, &p) {
		s.scoreAsEquation(i, ctx)
		return
	}
	if f.Kind == zh.Count || f.Kind == zh.Plain {
		s.readCount(i, p, ctx)
	}
	if f.Kind == zh.Money || f.Kind == zh.Plain {
		s.readMoney(i, p, ctx)
		s.readSum(i, &p, ctx)
		s.readChanged(i, ctx)
	}
	if f.Kind == zh.Percent || f.Kind == zh.Plain {
		s.readRate(i, p, ctx)
	}
	if f.Kind == zh.Points || f.Kind == zh.Plain {
		s.readScore(i, p, ctx)
	}
}

// bracketed returns the phrase right before the brackets that hold nothing but figure i,
// whose label it is: 整体执行率(97.31%), 年初预算(1100万元). Rates may be weights there.
func (s *script) bracketed(i int, p phrase) phrase {
	f := &s.figs[i]
	if !strings.HasPrefix(s.text[f.End:], ")") || f.Bad || f.Kind != zh.Money && (f.Kind != zh.Percent || f.Number.Float() < 50 || f.Number == "100") {
		return p
	}
	q := s.before(f.Start-1, i)
	if q.end != f.Start-1 || q.crossed || f.Kind == zh.Percent && !q.features.Any(s.words.ratehead) {
		return p
	}
	return q
}

// asked returns the phrase of the question that figure i answers in the same line:
// 全年实际支出多少?889万元.
func (s *script) asked(i int) phrase {
	question := strings.TrimSuffix(s.text[:s.figs[i].Start], "?")
	for _, w := range []string{"人", "万元", "元", "钱", "的", "多少", "有", "是", "为", "达到"} {
		question = strings.TrimSuffix(question, w)
	}
	p := s.before(len(question), i)
	if strings.HasSuffix(question, "?") {
		return phrase{}
	}
	return p
}

// standsAlone reports whether a figure without a unit has its label right
// before it and nothing that it counts behind it.
func (s *script) standsAlone(f *zh.Figure, p *phrase) bool {
	if p.end == 0 || p.unknown > 0 {
		return false
	}
	if f.End < len(s.text) && s.text[f.End] != '\n' {
		q := s.passage(f.End)
		r, _ := utf8.DecodeRuneInString(s.text[f.End:])
		gap := s.r.Doc.Passages[q].Gap(f.End-s.from[q]) > 0
		if !gap && !strings.ContainsRune(",;。、)(/", r) && !s.labelAt(f.End) && !s.followsValue(f, p) || !gap && r == '。' && s.pointLost(f) || gap && s.rowGoesOn(f) {
			return false
		}
	}
	if p.crossed {
		q := s.passage(f.Start)
		return f.Start == s.from[q] && f.End >= s.from[q+1]-1
	}
	h := s.lastHit(f.Start)
	if s.text[f.Start-1] == ')' && s.gapBefore(f.Start) {
		if _, _, ok := s.unitIn(max(0, f.Start-len("(万元)")), f.Start); ok {
			return true // 年初预算(万元) 1,200.00
		}
	}
	if s.text[f.Start-1] == ')' && p.features.Any(s.words.fiscal|s.words.income|s.words.spend|s.words.executed|s.words.budget) {
		_, _, ok := s.unitDeclared()
		return ok // 财政补助(拨款)4,960, where all amounts have one unit
	}
	return s.text[f.Start-1] == ':' || s.gapBefore(f.Start) || h >= 0 && s.hits[h].End == f.Start
}

// followsValue reports whether the label of f, about people, stands right behind the
// value of another: 在职人数91退休人数63.
func (s *script) followsValue(f *zh.Figure, p *phrase) bool {
	a, _ := s.figsIn(max(0, p.start-4), p.start)
	return p.start > 0 && a < len(s.figs) && s.figs[a].End == p.start && s.figs[a].Kind == zh.Plain &&
		p.features.Any(s.words.modes|s.words.categories) && !strings.ContainsAny(s.text[f.Start:f.End], ".,")
}

// rowGoesOn reports whether two more figures follow f with nothing but white space
// between them: it stands in a row of a table, under a head that its label is not.
func (s *script) rowGoesOn(f *zh.Figure) bool {
	a, _ := s.figsIn(f.End, f.End+1)
	if a+1 >= len(s.figs) {
		return false
	}
	b, c := &s.figs[a], &s.figs[a+1]
	return strings.Trim(s.text[f.End:b.Start], " ") == "" && strings.Trim(s.text[b.End:c.Start], " ") == ""
}

// pointLost reports whether a rate, an amount or a mark begins right behind the
// stop that follows f: 98。6% was 98.6%.
func (s *script) pointLost(f *zh.Figure) bool {
	at := f.End + len("。")
	a, b := s.figsIn(at, at+1)
	return b > a && (s.figs[a].Kind == zh.Percent || s.figs[a].Kind == zh.Money || s.figs[a].Kind == zh.Points)
}

func (s *script) gapBefore(i int) bool {
	p := s.passage(i)
	return i > s.from[p] && s.r.Doc.Passages[p].Gap(i-s.from[p]) > 0
}

// turnMarks are the marks at which a context may change.
var turnMarks = zh.NewRuneSet("\n();!。")

// advance brings ctx from where it was to byte to, where figure i begins.
func (s *script) advance(ctx *context, to, i int) {
	for at := turnMarks.Next(s.text[:to], ctx.at); at < to; at = turnMarks.Next(s.text[:to], at) {
		ctx.at = at
		r, n := zh.Next(s.text, at)
		switch at += n; r {
		case '\n':
			s.pass(ctx, ctx.at)
			s.endLine(ctx)
		case '(':
			ctx.brackets++
		case ')':
			ctx.brackets = max(0, ctx.brackets-1)
		case ';', '!':
			s.pass(ctx, ctx.at)
			if ctx.mode == s.words.authorized && strings.HasPrefix(s.text[at:], "实际:") {
				ctx.mode = s.words.actual // 编制:行政12、事业20;实际:行政11、事业19
			}
			ctx.public3 = ctx.public3 && s.public3Leads(ctx.at)
			ctx.modeFar, ctx.parts, ctx.abroad, ctx.budgetOf, ctx.total, ctx.other, ctx.later = true, false, false, "", "", false, false
			ctx.before = false
		case '。':
			s.pass(ctx, ctx.at)
			*ctx = context{at: ctx.at, hit: ctx.hit, passage: ctx.passage, item: ctx.item, subscore: ctx.subscore, public3: s.titles(ctx)}
		}
	}
	ctx.at = max(ctx.at, to)
	s.pass(ctx, to)
	if p := s.passage(to); p != ctx.passage {
		ctx.passage = p
		ctx.subscore = ""
	}
	ctx.item = s.inItem(ctx.passage, to)
}

// titles reports whether the sentence that ends at ctx.at is a title run into
// the line: 2.三公经费。全年……
func (s *script) titles(ctx *context) bool {
	const short = 36 // bytes
	return ctx.public3 && ctx.at-s.from[s.passage(ctx.at)] < short
}

// public3Leads reports whether the sentence before byte i begins with 三公经费 and a colon:
// all of its clauses are about these.
func (s *script) public3Leads(i int) bool {
	const longest = 60 // bytes
	from := s.sentence(i)
	k := strings.IndexByte(s.text[from:i], ':')
	return k > 0 && k < longest && s.wordsIn(from, from+k).Any(s.words.public3)
}

// announces3 reports whether line p, a heading or a question, says that what follows is
// about 三公经费 and nothing else.
func (s *script) announces3(p int) bool {
	const longest = 90 // bytes
	line := s.line(p)
	if len(line) == 0 || len(line) > longest || !s.cellFeatures(p).Any(s.words.public3) {
		return false
	}
	if a, b := s.figsIn(s.from[p]+passage.LeadingMarker(line).Len, s.from[p+1]); a != b && s.figs[b-1].Kind != zh.YearOf {
		return false
	}
	if s.cellFeatures(p).Any(s.words.basic | s.words.project | s.words.income | s.words.carry | s.words.ratehead) {
		return false
	}
	return strings.HasSuffix(line, "?") || passage.LeadingMarker(line).Len > 0 && !strings.ContainsAny(line, ",;:")
}

// endLine forgets the sentence unless the line was short: the lines of a
// flattened table belong together.
func (s *script) endLine(ctx *context) {
	const short = 90 // bytes, 30 characters
	p := s.passage(ctx.at)
	if s.from[p+1]-s.from[p] > short || s.inTable(p) {
		*ctx = context{at: ctx.at, hit: ctx.hit, passage: ctx.passage}
	} else if a, b := s.figsOf(p); a == b {
		ctx.group = s.groupOf(p)
	}
	if ctx.parts && p+1 < len(s.from)-1 && passage.LeadingMarker(s.line(p+1)).Len > 0 { // the next item is no part of this one
		ctx.parts, ctx.other, ctx.total, ctx.budgetOf = false, false, "", ""
	}
	ctx.modeFar, ctx.public3 = true, s.announces3(p)
	ctx.year, ctx.before = 0, false
}

// groupOf returns what line p, a line of words alone, says of the lines below it:
// 全年执行(万元) above 基本支出:79 makes that an outturn.
func (s *script) groupOf(p int) lexicon.Features {
	t := s.words
	f := s.cellFeatures(p)
	if !f.Any(t.budget|t.executed) || f.Any(t.basic|t.project|t.public3|t.income|t.carry|t.ratehead|t.score) {
		return 0
	}
	return f & (t.budget | t.initial | t.adjusted | t.executed)
}

// pass takes the words before byte to into ctx.
func (s *script) pass(ctx *context, to int) {
	t := s.words
	for ; ctx.hit < len(s.hits) && s.hits[ctx.hit].Start < to; ctx.hit++ {
		h := &s.hits[ctx.hit]
		f := h.Features
		if !ctx.before && !f.Any(t.turns) {
			continue // as nearly all words
		}
		if m := f & t.modes; m != 0 && !f.Any(t.weak|t.pveto) {
			if m == t.modes || m == t.actual && s.nowPosts(ctx.hit) { // a word that says both: the narrower sense
				m = t.authorized
			}
			ctx.mode, ctx.modeFar = m, false
		} else if f.Any(t.weak) && ctx.mode == 0 && !f.Any(t.pveto) {
			ctx.mode = t.authorized
		}
		if f.Any(t.public3) {
			ctx.public3 = true
		} else if f.Any(t.basic | t.project | t.income) {
			ctx.public3 = false
		}
		if f.Any(t.last) && s.opensYearBefore(h.Start) {
			ctx.before = true
		} else if ctx.before && zh.HasAnyPrefix(s.text[h.Start:], thisYearWords) {
			ctx.before = false
		}
		if f.Any(t.own) {
			ctx.subunit, ctx.abroad = false, false
		}
		ctx.subunit = ctx.subunit || f.Any(t.subunit) && !s.withOwn(h.Start)
		if f.Any(t.abroad) && !ctx.abroad {
			ctx.abroadTo = s.dutyUpTo(h.Start, h.End)
			ctx.abroad = ctx.abroadTo == 0
		}
		ctx.parts = ctx.parts || f.Any(t.parts)
	}
}

// noteYear takes year figure i as what the sentence is about, unless it is
// only compared with.
func (s *script) noteYear(ctx *context, i int) {
	f := &s.figs[i]
	if f.Start > 0 && s.text[f.Start-1] == '(' {
		return
	}
	if s.comparedWith(f) || zh.HasAnySuffix(s.text[:f.Start], []string{"由", "从"}) && strings.HasPrefix(s.text[f.End:], "的") || zh.HasAnySuffix(s.text[:f.Start], []string{"日期:", "时间:"}) {
		return
	}
	n, ok := f.Number.Whole()
	if s.reportedYear > 0 && int(n) == s.reportedYear+1 && zh.HasAnySuffix(s.text[:f.Start], []string{"截至", "截止", "截至到", "截止到", "截至目前", "到"}) {
		ctx.later, ctx.before = true, false
		return // paid by then is paid for this year
	}
	if ok && n > 1990 && n < 2100 {
		ctx.year, ctx.before = int(n), false
	}
}

// place returns what the section that figure i stands in takes off a score.
func (s *script) place(i int) float64 {
	if s.figs[i].Start >= s.annex {
		return 0.5
	}
	switch s.role(s.passage(s.figs[i].Start)) {
	case section.Problems, section.Measures, section.Goals:
		return 0.22
	case section.Process, section.Other:
		return 0.06
	case section.Analysis:
		return 0.04
	}
	return 0
}

// otherYear returns what a year other than the report's takes off a score.
func (s *script) otherYear(p *phrase, ctx *context) float64 {
	year := p.year
	if year == 0 {
		year = ctx.year
	}
	if year == 0 || s.reportedYear == 0 || year == s.reportedYear {
		return 0
	}
	return 0.5
}

// midYear reports whether the words before byte i speak of an earlier month of
// the year: 截至6月底, 上半年, 三季度.
func (s *script) midYear(i int) bool {
	from := max(0, i-30)
	for from > 0 && (!utf8.RuneStart(s.text[from]) || zh.HasAnyPrefix(s.text[from-1:], []string{"11月", "12月"})) { // December is not February
		from--
	}
	part := s.text[from:i]
	if k := strings.LastIndexAny(part, ",;)"); k >= 0 && len(part)-k > 12 {
		part = part[k:]
	}
	if k := strings.LastIndex(part, "。"); k >= 0 {
		part = part[k:]
	}
	for _, w := range []string{"上半年", "一季度", "二季度", "三季度", "半年", "季度末"} {
		if strings.Contains(part, w) {
			return true
		}
	}
	k := strings.LastIndex(part, "月")
	if k < 1 || part[k-1] < '0' || part[k-1] > '9' {
		return false
	}
	two := k > 1 && part[k-2] == '1'
	return !two && part[k-1] != '0' || two && part[k-1] < '2'
}

// bounded reports whether figure f is the bound of a target: ≥90%, 85分以上.
func (s *script) bounded(f *zh.Figure) bool {
	r, _ := s.lastRune(f.Start)
	rest := s.text[f.End:]
	next, _ := zh.Next(s.text, min(f.End, len(s.text)-1))
	return strings.ContainsRune("≥≤><", r) || strings.ContainsRune("≥≤><", next) || strings.HasPrefix(rest, "以上") || strings.HasPrefix(rest, "以下") ||
		strings.HasPrefix(rest, "以内") || strings.HasPrefix(rest, "及以上") || f.Kind == zh.Percent && isRule(rest)
}

// isRule reports whether rest, behind a rate, makes it one of a rule, of a goal,
// or of some of several: 100%计满分, 100%的目标, 100%的8个.
func isRule(rest string) bool {
	for _, w := range []string{"计满分", "得满分", "计分", "的得", "的计", "的目标", "的要求", "的标准", "的项目"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return len(rest) > 3 && strings.HasPrefix(rest, "的") && rest[3] >= '0' && rest[3] <= '9'
}
