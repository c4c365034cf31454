package field

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// A script is the whole folded text of a document in one string, a line feed
// after every passage, with the words of the lexicon and the figures in it. It
// is scanned once; all readers of figures work on it.
type script struct {
	r     *Reading
	lex   *lexicon.Lexicon
	words *vocabulary
	text  string
	from  []int // passage -> its first byte in text; one more for the end
	hits  []lexicon.Hit
	figs  []zh.Figure
	holds []holding // passage -> what stands in it; one more for the end
	near  int       // the passage that was asked for last: the next is often the same
	used  []bool    // figure -> a table reader has taken it in hand

	declared  *declaration // what unitDeclared found; nil if nobody has looked
	unitCells []int32      // cell of a table -> one more than the last cell up to it that names a unit, -1 if there is none, 0 if nobody has looked

	scope        lexicon.Scope
	reportedYear int // evaluated; 0 if not known
	unit         string
	annex        int // byte where forms about single projects begin; past the end if there are none
	cands        []candidate

	items      map[int]bool          // passages that are items about one project each
	told       map[int][]projectItem // … of those that tell it in other ways
	byKey      map[string][]int      // key -> indices of its candidates
	objects    int                   // projects and indicators so far
	summands   map[int]bool          // where marks begin that are but parts of another
	tableGrade grade                 // of the row that sums a table up
}

// readFigures reads every key that is a figure, and projects and indicators.
func readFigures(r *Reading) {
	s := newScript(r)
	defer s.release()
	if len(s.figs) == 0 && len(s.hits) == 0 {
		return
	}
	s.items = s.projectItems()
	s.readProjectForms()
	s.readTables()
	s.readIndicatorPairs()
	s.readProjectPairs()
	s.readColumnRuns()
	s.readIndicatorRuns()
	s.readProjectRuns()
	s.readRuns()
	s.readSpaced()
	s.readJammedRows()
	s.readRespectives()
	s.readProse()
	s.readBorneOut()
	s.readProjectItems()
	s.readGrade()
	s.readBlanks()
	s.choose()
}

func newScript(r *Reading) *script {
	s, ok := scripts.Get().(*script)
	if !ok {
		s = &script{byKey: map[string][]int{}}
	}
	s.r, s.lex, s.words = r, lexicon.Standard(), terms()
	size := 0
	for i := range r.Doc.Passages {
		size += len(r.Doc.Passages[i].Text) + 1
	}
	var b strings.Builder
	b.Grow(size)
	s.from = slices.Grow(s.from, len(r.Doc.Passages)+1)
	for i := range r.Doc.Passages {
		s.from = append(s.from, b.Len())
		if s.role(i) != section.Contents {
			b.WriteString(r.Doc.Passages[i].Text)
		}
		b.WriteByte('\n')
	}
	s.from = append(s.from, b.Len())
	s.text = b.String()
	s.hits = s.lex.Scan(s.hits, s.text)
	s.figs = zh.Figures(s.figs, s.text)
	s.joinThousands()
	s.splitJammed()
	s.used = slices.Grow(s.used, len(s.figs))[:len(s.figs)]
	clear(s.used)
	for i := range s.figs {
		s.detach(&s.figs[i])
	}
	s.takeStock()
	s.scope, s.reportedYear, s.unit = s.reportScope(), s.reportYear(), r.text("unit")
	s.annex = s.annexFrom()
	return s
}

// scripts keeps the lists of scripts that are done with: every report fills some.
var scripts sync.Pool

// release gives the lists of s to the scripts that come after it.
func (s *script) release() {
	const most = 1 << 16 // longer ones are rare and not worth keeping
	if cap(s.hits) > most || cap(s.from) > most {
		return
	}
	clear(s.figs) // they and the candidates hold on to the text
	clear(s.cands)
	for key, of := range s.byKey { // keys are few: those of the catalogue
		s.byKey[key] = of[:0]
	}
	scripts.Put(&script{from: s.from[:0], hits: s.hits[:0], figs: s.figs[:0], holds: s.holds[:0], used: s.used[:0], cands: s.cands[:0], byKey: s.byKey})
}

// detach takes a figure away from a word that only folding put behind it:
// 得分 86  等次 良.
func (s *script) detach(f *zh.Figure) {
	if (f.Kind == zh.Measure || f.Kind == zh.YearOf) && strings.HasSuffix(s.text[:f.Start], "(分)") {
		f.Kind, f.End, f.Power = zh.Points, f.NumEnd, 0 // 自评总分(分)97.5年初预算数
		return
	}
	if f.NumEnd >= len(s.text) || f.Kind != zh.Measure && (f.Kind != zh.Points || !strings.HasPrefix(s.text[f.NumEnd:], "分值")) {
		return
	}
	p := s.passage(f.NumEnd)
	if at := f.NumEnd - s.from[p]; at < len(s.r.Doc.Passages[p].Text) && s.r.Doc.Passages[p].Gap(at) > 0 || s.labelAt(f.NumEnd) || s.endsPairs(f) {
		f.Kind, f.End, f.Power = zh.Plain, f.NumEnd, 0
	}
}

// labelAt reports whether a label of people and the value behind it begin at byte i:
// 编制数96在职人数91.
func (s *script) labelAt(i int) bool {
	k := sort.Search(len(s.hits), func(k int) bool { return s.hits[k].Start >= i })
	for ; k < len(s.hits) && s.hits[k].Start == i; k++ {
		if !s.hits[k].Features.Any(s.words.modes | s.words.categories) {
			continue
		}
		value := strings.TrimPrefix(s.text[s.hits[k].End:], ":")
		if value != "" && value[0] >= '0' && value[0] <= '9' {
			return true
		}
	}
	return false
}

// endsPairs reports whether f stands right behind a label of people, which stands right
// behind a figure: the 63 of 在职人数91退休人数63预算资金情况.
func (s *script) endsPairs(f *zh.Figure) bool {
	k := s.lastHit(f.Start)
	if k < 0 || s.hits[k].End != f.Start || !s.hits[k].Features.Any(s.words.modes|s.words.categories) {
		return false
	}
	at := s.hits[k].Start
	return at > 0 && s.text[at-1] >= '0' && s.text[at-1] <= '9'
}

// passage returns the index of the passage that holds byte i of the text.
func (s *script) passage(i int) int {
	if p := s.near; p+1 < len(s.from) && s.from[p] <= i && i < s.from[p+1] {
		return p
	}
	s.near = sort.Search(len(s.from)-1, func(p int) bool { return s.from[p+1] > i })
	return s.near
}

// span returns where text[i:j], within one passage, stands in the document.
func (s *script) span(i, j int) layout.Span {
	p := s.passage(i)
	return s.r.Doc.Passages[p].Origin(i-s.from[p], min(j, s.from[p+1]-1)-s.from[p])
}

// source returns the untouched words of text[i:j].
func (s *script) source(i, j int) string {
	x := s.span(i, j)
	return s.r.Doc.Layout.Text[x.Start:x.End]
}

func (s *script) role(p int) string {
	if t := s.r.Tree; t != nil && p < len(t.Role) {
		return t.Role[p]
	}
	return ""
}

// inTable reports whether passage p is a table's cell, or none at all: both end
// a run of lines.
func (s *script) inTable(p int) bool {
	return p < 0 || p >= len(s.r.Doc.Passages) || s.r.Doc.Passages[p].Table >= 0
}

// line returns the folded text of passage p.
func (s *script) line(p int) string { return s.text[s.from[p] : s.from[p+1]-1] }

// A holding is what stands in a passage.
type holding struct {
	hit, fig int              // the first word and the first figure that begin in it or behind it
	said     lexicon.Features // of all its words
}

// takeStock notes what stands in each passage, which many readers ask.
func (s *script) takeStock() {
	s.holds = slices.Grow(s.holds, len(s.from))[:len(s.from)]
	hit, fig := 0, 0
	for p, end := range s.from[1:] {
		h := &s.holds[p]
		*h = holding{hit: hit, fig: fig}
		for ; hit < len(s.hits) && s.hits[hit].Start < end; hit++ {
			h.said |= s.hits[hit].Features
		}
		for fig < len(s.figs) && s.figs[fig].Start < end {
			fig++
		}
	}
	s.holds[len(s.from)-1] = holding{hit: hit, fig: fig}
}

// figsOf returns the indices [a,b) of the figures of passage p.
func (s *script) figsOf(p int) (a, b int) { return s.holds[p].fig, s.holds[p+1].fig }

// hitsIn returns the words that begin in text[i:j].
func (s *script) hitsIn(i, j int) []lexicon.Hit {
	a := sort.Search(len(s.hits), func(k int) bool { return s.hits[k].Start >= i })
	b := a
	for b < len(s.hits) && s.hits[b].Start < j {
		b++
	}
	return s.hits[a:b]
}

// figsIn returns the indices [a,b) of the figures that begin in text[i:j].
func (s *script) figsIn(i, j int) (a, b int) {
	a = sort.Search(len(s.figs), func(k int) bool { return s.figs[k].Start >= i })
	b = a
	for b < len(s.figs) && s.figs[b].Start < j {
		b++
	}
	return a, b
}

// wordsIn returns the features of all words in text[i:j].
func (s *script) wordsIn(i, j int) (f lexicon.Features) {
	for _, h := range s.hitsIn(i, j) {
		f |= h.Features
	}
	return f
}

// reportScope says which labels hold, by the scope that was read or, where
// none was, by the title.
func (s *script) reportScope() lexicon.Scope {
	scope := s.r.text("scope")
	if scope == "" {
		scope = s.opening()
	}
	switch {
	case strings.Contains(scope, "整体"):
		return lexicon.Overall
	case strings.Contains(scope, "项目"), strings.Contains(scope, "政策"), strings.Contains(scope, "专项"):
		return lexicon.Project
	}
	return lexicon.Overall
}

// opening returns the first lines of the document.
func (s *script) opening() string { return s.text[:min(len(s.text), 600)] }

func (s *script) reportYear() int {
	for i := range s.r.Fields {
		if f := &s.r.Fields[i]; f.Key == "year" {
			n, _ := f.Value.AsNumber()
			return int(n)
		}
	}
	for i := range s.figs { // the title's
		if f := &s.figs[i]; f.Start < len(s.opening()) && f.Kind == zh.YearOf {
			n, _ := f.Number.Whole()
			return int(n)
		}
	}
	return 0
}

// lastRune returns the rune before byte i of the text and its size.
func (s *script) lastRune(i int) (rune, int) { return utf8.DecodeLastRuneInString(s.text[:i]) }
