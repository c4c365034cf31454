package plaintext

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"jixiao/internal/zh"
)

var (
	framedNumber = regexp.MustCompile(`^(?:[-—–－·~]+[ 　]*[0-9０-９]{1,4}[ 　]*[-—–－·~]+` +
		`|[【\[〔][ 　]*第?[ 　]*[0-9０-９]{1,4}[ 　]*页[ 　]*[】\]〕]` +
		`|第[ 　]*[0-9０-９一二三四五六七八九十百]{1,5}[ 　]*页(?:[ 　,，/]*共[ 　]*[0-9０-９一二三四五六七八九十百]{1,5}[ 　]*页)?` +
		`|(?i:page)[ ]*[0-9]{1,4}(?:[ ]*(?:of|/)[ ]*[0-9]{1,4})?)$`)
	numberedHead = regexp.MustCompile(`^[^，。；：:、]{2,40}[ 　]{2,}第[ 　]*(?:[2-9２-９]|[0-9０-９]{2,4})[ 　]*页(?:[ 　,，/]*共[ 　]*[0-9０-９]{1,4}[ 　]*页)?$`) // 某局  第2页; the first page has the title so
	bareNumber   = regexp.MustCompile(`^[0-9]{1,3}(?:[ ]*/[ ]*[0-9]{1,3})?$`)
	numberStarts = zh.NewRuneSet("-—–－·~第pP0123456789【[〔") // what either begins with
)

// pageNumbers marks the lines that are no part of the running text: framed page
// numbers (- 3 -, 第3页 共9页), bare ones, and running heads beside them.
//
// For elsewhere a figure alone on a line is a value, a bare number must tear a
// sentence, or count on from page to page.
func pageNumbers(text string, lines []line) {
	var bare []int
	found := false
	for i := range lines {
		l := &lines[i]
		found = found || l.use == pageNumber
		if l.use != prose || l.Len() > longestHead {
			continue
		}
		s := text[l.Start:l.End]
		if r, _ := zh.Next(s, 0); !numberStarts.Has(r) {
			if l.gappy && numberedHead.MatchString(s) {
				l.use, found = pageNumber, true
			}
			continue
		}
		switch digit := isDigit(s[0]); { // no frame begins with a figure
		case !digit && framedNumber.MatchString(s):
			l.use, found = pageNumber, true
		case !digit || !isDigit(s[len(s)-1]) || !bareNumber.MatchString(s):
		case tears(text, lines, i):
			l.use, found = pageNumber, true
		case l.gap && (i+1 == len(lines) || lines[i+1].gap):
			bare = append(bare, i)
		}
	}
	for _, i := range counted(text, lines, bare) {
		lines[i].use, found = pageNumber, true
	}
	if found {
		runningHeads(text, lines)
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// tears reports whether lines[i] stands between two halves of a sentence.
func tears(text string, lines []line, i int) bool {
	if i == 0 || i+1 == len(lines) {
		return false
	}
	before, after := &lines[i-1], &lines[i+1]
	if before.use != prose || after.use != prose || before.width < minWrap {
		return false
	}
	s, t := text[before.Start:before.End], text[after.Start:after.End]
	const marks = "，。；、"
	return strings.ContainsAny(s, marks) && strings.ContainsAny(t, marks) && !finished(s) && !opens(t) && !unicode.IsDigit(lastRune(s))
}

const longestHead = 120 // bytes of a line with a page number

const (
	minPage      = 900  // bytes, a third of a sparse page: the numbered rows of a table are closer
	minPages     = 3    // that must count on
	maxBareLines = 1000 // more are a table of figures
	minHead      = 5    // characters of a running head: short answers (无, 52) repeat as well
)

// counted returns the longest run of the lines given, bare numbers between
// blank lines, in which each is one more than the last and a page further on.
func counted(text string, lines []line, bare []int) []int {
	var best []int
	if len(bare) > maxBareLines {
		return nil
	}
	value := func(i int) int {
		n, err := strconv.Atoi(text[lines[i].Start:lines[i].End])
		if err != nil {
			return -1 // 3/9 is no plain number
		}
		return n
	}
	for at, first := range bare {
		run := []int{first}
		for _, i := range bare[at+1:] {
			last := run[len(run)-1]
			if value(last) > 0 && value(i) == value(last)+1 && lines[i].Start-lines[last].End >= minPage {
				run = append(run, i)
			}
		}
		if len(run) > len(best) {
			best = run
		}
	}
	if len(best) < minPages {
		return nil
	}
	return best
}

// runningHeads marks lines that stand beside three page numbers or more.
func runningHeads(text string, lines []line) {
	beside := map[string][]int{} // line -> where it stands beside a page number
	for i := range lines {
		near := i > 0 && lines[i-1].use == pageNumber || i+1 < len(lines) && lines[i+1].use == pageNumber
		if near && lines[i].use == prose && lines[i].runes >= minHead {
			s := text[lines[i].Start:lines[i].End]
			beside[s] = append(beside[s], i)
		}
	}
	for _, at := range beside {
		if len(at) < minPages {
			continue
		}
		for _, i := range at {
			lines[i].use = pageNumber
		}
	}
}
