package field

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// Several things told in one breath: 预算数、决算数分别为12万元、11万元 gives each
// its own figure, 预算数与决算数均为12万元 one figure to all.

// The words between the names and the figures.
var (
	eachOwn = []string{"分别为", "分别是", "分别达到", "分别达", "分别完成", "分别有", "分别", "依次为", "依次是"}
	allSame = []string{"均为", "均是", "都为", "都是", "同为", "皆为", "均达"}
)

// joiners stand between things told together.
var joiners = []string{"、", "以及", "和", "与", "及", ",", "/"}

const (
	maxJoint      = 8   // things told together
	maxJointBytes = 240 // of their names
)

// readJoint reads figure i, and those after it that belong to it, if the words
// right before it tell several things at once.
func (s *script) readJoint(i int, ctx *context) bool {
	f := &s.figs[i]
	from := max(s.from[s.passage(f.Start)], f.Start-maxJointBytes)
	before := strings.TrimRight(s.text[from:f.Start], ":约")
	if r, _ := utf8.DecodeLastRuneInString(before); !strings.ContainsRune("为是别到达成有", r) {
		return false
	}
	last := i
	w, each := endsWith(before, eachOwn...)
	if each {
		last = s.listEnd(i)
	} else {
		var same bool
		if w, same = endsWith(before, allSame...); !same {
			return false
		}
	}
	if s.fillPosts(i, last, from+len(before)-len(w)) {
		return true
	}
	names := s.namesBefore(from, from+len(before)-len(w), last-i+1)
	if each && last == i && len(names) > 1 {
		return true // the other figures are lost: whose this one is is not certain
	}
	if len(names) < 2 || s.holdsFigure(names) || last > i && len(names) != last-i+1 {
		return false
	}
	if ctx.item {
		return true
	}
	found := false
	for k, part := range names {
		found = s.readNamed(min(i+k, last), s.share(names, k), part, ctx) || found
	}
	for k := i; k <= last && found; k++ {
		s.used[k] = true
	}
	return found
}

// holdsFigure reports whether a figure other than a year stands in one of names.
func (s *script) holdsFigure(names []part) bool {
	a, b := s.figsIn(names[0].i, names[len(names)-1].j)
	for k := a; k < b; k++ {
		if s.figs[k].Kind != zh.YearOf {
			return true
		}
	}
	return false
}

// fillPosts reads figures i to last as those who fill the kinds of posts told
// right before, one after the other: 行政编制12名、事业编制20名,实有分别为11名、19名.
// The words up to byte end say that people are counted, and no more.
func (s *script) fillPosts(i, last, end int) bool {
	n := last - i + 1
	from := max(s.sentence(end), strings.LastIndexByte(s.text[:end], ',')+1)
	if f := s.wordsIn(from, end); n < 2 || i < n || len(s.cands) < n || s.figs[i].Kind != zh.Count || !f.Any(s.words.actual) || f.Any(s.words.weak|s.words.categories|s.words.authorized) {
		return false
	}
	posts := s.cands[len(s.cands)-n:]
	for k := range posts {
		if !strings.HasPrefix(posts[k].key, "headcount.authorized.") || posts[k].figure.Start != s.figs[i-n+k].Start {
			return false
		}
	}
	for k, c := range slices.Clone(posts) {
		c.key = "headcount.actual." + strings.TrimPrefix(c.key, "headcount.authorized.")
		c.figure, c.number = s.figs[i+k], s.figs[i+k].Value()
		c.label, c.score = [2]int{from, end}, c.score-0.05
		s.propose(c)
		s.used[i+k] = true
	}
	return true
}

// listEnd returns the last of the figures of one kind that follow figure i with
// nothing but joiners between them.
func (s *script) listEnd(i int) int {
	for i+1 < len(s.figs) && s.figs[i+1].Kind == s.figs[i].Kind && isJoiner(s.text[s.figs[i].End:s.figs[i+1].Start]) {
		i++
	}
	return i
}

func isJoiner(t string) bool {
	for _, j := range joiners {
		if t == j {
			return true
		}
	}
	return false
}

// namesBefore cuts the clause that ends text[i:j] into the names of n things;
// n is 1 if it does not matter how many they are.
func (s *script) namesBefore(i, j, n int) []part {
	if k := strings.LastIndexAny(s.text[i:j], ";:(\n"); k >= 0 {
		i += k + 1
	}
	if k := strings.LastIndex(s.text[i:j], "。"); k >= 0 {
		i += k + len("。")
	}
	i += passage.LeadingMarker(s.text[i:j]).Len
	all := s.cutNames(i, j, joiners[1:5]...)
	if k := strings.LastIndexByte(s.text[i:j], ','); k >= 0 && len(all) != n {
		all = s.cutNames(i+k+1, j, joiners[1:5]...)
	}
	if n > 1 && len(all) != n { // 结转和结余 is one name
		all = s.cutNames(i+max(0, strings.LastIndexByte(s.text[i:j], ',')+1), j)
	}
	return all
}

// cutNames cuts text[i:j] at every 、 and at the given joiners.
func (s *script) cutNames(i, j int, also ...string) (names []part) {
	from := i
	for at := i; at < j && len(names) < maxJoint; at++ {
		if s.text[at] < 0x80 {
			continue
		}
		w, ok := startsWith(s.text[at:j], append(also, "、")...)
		if !ok || at == from {
			continue
		}
		names = append(names, part{from, at})
		from = at + len(w)
		at = from - 1
	}
	return append(names, part{from, j})
}

func startsWith(t string, words ...string) (string, bool) {
	for _, w := range words {
		if strings.HasPrefix(t, w) {
			return w, true
		}
	}
	return "", false
}

// share returns the features of names[k], completed by what the first says for
// all, 三公经费预算数和决算数, or the last, 2021年和2022年支出.
func (s *script) share(names []part, k int) lexicon.Features {
	t := s.words
	f := s.wordsIn(names[k].i, names[k].j)
	topics := t.basic | t.project | t.public3 | t.mother | t.last | t.subunit | t.fiscal
	if k > 0 && !f.Any(topics|t.income|t.carry|t.modes|t.categories) {
		f |= s.wordsIn(names[0].i, names[0].j) & topics
	}
	if f&^(t.fill|t.own|t.mother) == 0 {
		f |= s.wordsIn(names[len(names)-1].i, names[len(names)-1].j)
	}
	return f
}

// readNamed proposes figure i as what the name says that has features set.
func (s *script) readNamed(i int, set lexicon.Features, at part, ctx *context) bool {
	t, f := s.words, &s.figs[i]
	p := phrase{features: set, mode: set & t.modes, start: at.i, end: at.j, begin: at.i, year: s.yearIn(at)}
	c := candidate{figure: *f, number: f.Number, label: [2]int{at.i, at.j}}
	kind, ok := catalog.Money, true
	switch f.Kind {
	case zh.Money:
		if ctx.public3 && !set.Any(t.basic|t.project|t.income|t.carry) {
			set |= t.public3
		}
		c.number = f.Yuan()
	case zh.Count:
		kind, c.number = catalog.Count, f.Value()
		set, _, ok = s.people(set, &p, ctx)
		ok = ok && !strings.Contains(s.text[at.i:at.j], "年初")
	case zh.Percent:
		kind, ok = catalog.Percent, !set.Any(t.basic|t.project)
	default:
		return false
	}
	label, found := s.lex.Label(kind, set, s.scope)
	if !ok || !found {
		return false
	}
	c.key, c.rule = label.Key, label.ID
	if c.score = label.Weight - 0.05 - s.place(i) - s.otherYear(&p, ctx); ctx.subunit {
		c.score -= 0.4
	}
	s.propose(c)
	return true
}
