package plaintext

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text that was copied out of a web page may keep the page's marks: &nbsp;, <br/>,
// whole tables. They are no words of the report. withoutMarkup puts what they
// stand for in their place: a character, the end of a line, a table of tabs.

const (
	longestTag    = 4 << 10 // bytes; more is no tag
	longestEntity = 12
	mostSpan      = 40 // columns or rows that one cell may reach over
)

// blockTags begin a line of their own, inlineTags leave no trace.
var (
	blockTags = tagSet("p div br hr li ul ol dl dt dd h1 h2 h3 h4 h5 h6 center section article header footer title body head html form option table tbody thead tfoot caption")
	inline    = tagSet("span strong b i em u s font a img sup sub small big label input select button script style meta link nobr ins del o:p st1:chsdate col colgroup")
	cellTags  = tagSet("tr td th")
	unread    = tagSet("script style del") // what stands between them is no text
)

func tagSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, n := range strings.Fields(names) {
		set[n] = true
	}
	return set
}

// A tag is one mark of a page: <td colspan="2">.
type tag struct {
	name  string
	close bool
	attrs string // in lower case
	end   int    // byte behind it
}

// tagAt returns the tag at s[i], a '<', if it is one that pages are made of.
func tagAt(s string, i int) (t tag, ok bool) {
	j := i + 1
	if j < len(s) && s[j] == '/' {
		t.close = true
		j++
	}
	n := j
	for n < len(s) && n-j < 12 && (s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z' || s[n] >= '1' && s[n] <= '6' || s[n] == ':') {
		n++
	}
	t.name = strings.ToLower(s[j:n])
	if !blockTags[t.name] && !inline[t.name] && !cellTags[t.name] {
		return t, false
	}
	end := strings.IndexAny(s[n:min(len(s), n+longestTag)], "<>")
	if end < 0 || s[n+end] == '<' || end > 0 && s[n] != ' ' && s[n] != '/' && s[n] != '\n' && s[n] != '\t' {
		return t, false
	}
	t.attrs, t.end = strings.ToLower(s[n:n+end]), n+end+1
	return t, true
}

// span returns what attribute name says, at least 1.
func (t *tag) span(name string) int {
	i := strings.Index(t.attrs, name)
	if i < 0 {
		return 1
	}
	rest := strings.TrimLeft(t.attrs[i+len(name):], "= \"'")
	digits := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, mostSpan)
}

// A page writer writes the words of a page.
type pageWriter struct {
	out   strings.Builder
	table int         // depth of <table>
	row   bool        // a row of cells is open
	cell  bool        // a cell is open
	past  bool        // a row has ended, and nothing but white space has come since
	col   int         // cells written in the row
	parts int         // cells parted in all rows
	below map[int]int // column -> rows that a cell above still reaches over
	wide  int         // columns that the open cell reaches over beyond its own

	opened map[string]int // elements with Chinese names
}

// withoutMarkup returns text without the marks of a web page.
func withoutMarkup(text string) string {
	if strings.IndexByte(text, '<') < 0 && strings.IndexByte(text, '&') < 0 {
		return text
	}
	if strings.Contains(text, "&lt;/") && !strings.Contains(text, "</") { // the marks themselves were escaped
		text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
	}
	var w pageWriter
	marked := false
	for i := 0; i < len(text); {
		n := strings.IndexAny(text[i:], "<&")
		if n < 0 {
			n = len(text) - i
		}
		w.words(text[i : i+n])
		if i += n; i == len(text) {
			break
		}
		next := w.mark(text, i)
		if marked = marked || next > i; next == i {
			w.words(text[i : i+1])
			next++
		}
		i = next
	}
	if !marked {
		return text
	}
	return w.out.String()
}

// mark writes what the mark at text[i] stands for and returns where it ends; i if
// there is none.
func (w *pageWriter) mark(text string, i int) int {
	if text[i] == '&' {
		words, n := entityAt(text[i:])
		if n > 0 {
			w.words(words)
		}
		return i + n
	}
	if strings.HasPrefix(text[i:], "<!") {
		return commentEnd(text, i)
	}
	t, ok := tagAt(text, i)
	if !ok {
		return w.element(text, i)
	}
	if unread[t.name] && !t.close {
		if n := strings.Index(text[t.end:], "</"+t.name); n >= 0 {
			return t.end + n
		}
	}
	w.tag(&t)
	return t.end
}

// element writes the beginning or the end of an element whose name is Chinese, as
// exported records have them: <自评得分>92</自评得分> says what a label and its value
// do. It returns where the tag ends; i if there is none.
func (w *pageWriter) element(text string, i int) int {
	const longestName = 60 // bytes
	rest := text[i+1 : min(len(text), i+1+longestName)]
	name, closes := strings.CutPrefix(rest, "/")
	n := strings.IndexByte(name, '>')
	if n <= 0 {
		return i
	}
	name = name[:n]
	if r, _ := utf8.DecodeRuneInString(name); !unicode.Is(unicode.Han, r) || strings.ContainsAny(name, "</ \n") {
		return i
	}
	end := i + strings.IndexByte(text[i:], '>') + 1
	if closes {
		if w.opened[name] == 0 {
			return i
		}
		w.opened[name]--
		w.endLine()
		return end
	}
	if far := min(len(text), end+longestTag); !strings.Contains(text[end:far], "</"+name+">") {
		return i
	}
	if w.opened == nil {
		w.opened = map[string]int{}
	}
	w.opened[name]++
	w.endLine()
	if next := strings.IndexByte(text[end:], '<'); next >= 0 && strings.HasPrefix(text[end+next:], "</"+name) {
		w.out.WriteString(name + "：")
	}
	return end
}

// commentEnd returns where the comment or declaration at text[i] ends.
func commentEnd(text string, i int) int {
	last := ">"
	if strings.HasPrefix(text[i:], "<!--") {
		last = "-->"
	} else if i+2 >= len(text) || text[i+2] != '[' && !unicode.IsLetter(rune(text[i+2])) {
		return i
	}
	n := strings.Index(text[i:min(len(text), i+longestTag)], last)
	if n < 0 {
		return i
	}
	return i + n + len(last)
}

// entityAt returns the character that the entity at the start of s stands for and
// how long it is; 0 if there is none. &amp;nbsp; was escaped twice.
func entityAt(s string) (words string, n int) {
	if rest, ok := strings.CutPrefix(s, "&amp;"); ok {
		if words, n = entityAt("&" + rest[:min(len(rest), longestEntity)]); n > 0 {
			return words, n + len("amp;")
		}
		return "&", len("&amp;")
	}
	if strings.HasPrefix(s, "&nbsp") {
		return " ", len("&nbsp") + len(s[5:min(6, len(s))]) - len(strings.TrimPrefix(s[5:min(6, len(s))], ";"))
	}
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	words = html.UnescapeString(s[:end+1])
	r, size := utf8.DecodeRuneInString(words)
	if size != len(words) || words == s[:end+1] {
		return "", 0
	}
	switch {
	case unicode.IsSpace(r), r == '\u200b', unicode.IsControl(r):
		return " ", end + 1
	case r == utf8.RuneError:
		return "", 0
	}
	return words, end + 1
}

// inOneLine is what white space becomes inside a cell.
var inOneLine = strings.NewReplacer("\r", " ", "\n", " ", "\t", " ")

// words writes what stands between two marks.
func (w *pageWriter) words(s string) {
	if w.cell {
		_, _ = inOneLine.WriteString(&w.out, s)
		return
	}
	if i := strings.IndexByte(s, '\n'); i >= 0 && w.row && w.table == 0 { // rows without <tr> end with their line
		w.out.WriteString(s[:i])
		w.endRow()
		s = s[i+1:]
	}
	if (w.table > 0 || w.row || w.past) && strings.TrimSpace(s) == "" {
		return
	}
	if w.past {
		s = strings.TrimPrefix(s, "\n")
	}
	w.past = false
	w.out.WriteString(s)
}

func (w *pageWriter) tag(t *tag) {
	switch {
	case t.name == "tr":
		w.endRow()
		w.row = !t.close
	case cellTags[t.name] && t.close:
		w.endCell()
	case cellTags[t.name]:
		w.beginCell(t)
	case t.name == "table":
		w.endRow()
		w.below = nil
		if t.close {
			w.table = max(0, w.table-1)
		} else {
			w.table++
		}
	case w.cell && blockTags[t.name]:
		w.out.WriteByte(' ')
	case blockTags[t.name]:
		w.endLine()
	}
}

// beginCell opens a cell: behind the one before, and behind those that reach down
// from the rows above.
func (w *pageWriter) beginCell(t *tag) {
	if w.cell {
		w.endCell()
	}
	if !w.row {
		w.endLine()
		w.row = true
	}
	w.reachDown()
	w.separate()
	w.cell, w.wide = true, t.span("colspan")-1
	if n := t.span("rowspan"); n > 1 {
		if w.below == nil {
			w.below = map[int]int{}
		}
		for c := range w.wide + 1 {
			w.below[w.col-1+c] = n - 1
		}
	}
}

// reachDown leaves room for the cells of the rows above that reach down to here.
func (w *pageWriter) reachDown() {
	for w.below[w.col] > 0 && w.col < maxCols && w.parts < maxCells {
		w.below[w.col]--
		w.separate()
	}
}

// separate parts the next cell from the one before.
func (w *pageWriter) separate() {
	if w.parts++; w.parts > maxCells {
		return
	}
	if w.col++; w.col > 1 {
		w.out.WriteByte('\t')
	}
}

func (w *pageWriter) endCell() {
	if !w.cell && !w.row { // its beginning is lost
		w.row, w.col = true, 1
	}
	w.cell = false
	for range w.wide {
		w.separate()
	}
	w.wide = 0
}

func (w *pageWriter) endRow() {
	if w.cell {
		w.endCell()
	}
	if w.row {
		w.reachDown()
		w.row, w.past = false, true
		w.endLine()
	}
	w.col = 0
}

// endLine ends the line unless it has only just begun.
func (w *pageWriter) endLine() {
	if s := w.out.String(); s != "" && !strings.HasSuffix(strings.TrimRight(s[max(0, len(s)-64):], " "), "\n") {
		w.out.WriteByte('\n')
	}
}
