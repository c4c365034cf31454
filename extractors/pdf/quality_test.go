package pdf

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"jixiao/extractors"
	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

// sharedDir returns a folder of the sample documents that are not part of the
// repository.
func sharedDir(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("JIXIAO_TEST_SHARED")
	if dir == "" {
		t.Skip("JIXIAO_TEST_SHARED does not name the folder of sample documents")
	}
	return filepath.Join(dir, name)
}

// unscored are the samples that hold no text to compare: wants a password, a
// scan, empty, cut off.
var unscored = map[string]bool{"21_enc_user_edu": true, "24_scan200_edu": true, "27_empty": true, "28_truncated": true}

// An expectation is what meta.json says of a sample.
type expectation struct {
	Heads []string   `json:"heads"`
	Rows  [][]string `json:"rows"`
}

// A score compares a text with the truth.
type score struct {
	similar     float64
	rows, whole int
	lines, kept int // of the truth: paragraphs and rows
	heads       int // running heads left in it
}

func (s score) String() string {
	if s.rows == 0 {
		return fmt.Sprintf("%.3f", s.similar)
	}
	return fmt.Sprintf("%.3f %d/%d", s.similar, s.whole, s.rows)
}

func scoreOf(text, truth string, want expectation) score {
	s := score{similar: similarity(squeeze(text), squeeze(truth)), rows: len(want.Rows)}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = squeeze(lines[i])
	}
	for _, row := range want.Rows {
		if holdsRow(lines, row) {
			s.whole++
		}
	}
	have := map[string]bool{}
	for _, l := range lines {
		have[l] = true
	}
	for l := range strings.Lines(truth) {
		if l = squeeze(l); l != "" {
			s.lines++
			if have[l] {
				s.kept++
			}
		}
	}
	for _, h := range want.Heads {
		for _, l := range lines {
			if l == squeeze(h) {
				s.heads++
			}
		}
	}
	return s
}

// holdsRow reports whether one line has all cells in order.
func holdsRow(lines, row []string) bool {
next:
	for _, l := range lines {
		for _, cell := range row {
			_, rest, ok := strings.Cut(l, squeeze(cell))
			if !ok {
				continue next
			}
			l = rest
		}
		return true
	}
	return false
}

// squeeze drops white space.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// similarity is 2·L/(|a|+|b|), L being the length of the longest common
// subsequence in characters: 1 for equal texts, 0 for texts with nothing in
// common.
func similarity(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	return 2 * float64(commonLength(x, y)) / float64(len(x)+len(y))
}

// commonLength finds it with a bit for each character of a (Hyyrö's form of
// the algorithm of Allison and Dix).
func commonLength(a, b []rune) int {
	words := (len(a) + 63) / 64
	at := map[rune][]uint64{}
	for i, r := range a {
		if at[r] == nil {
			at[r] = make([]uint64, words)
		}
		at[r][i/64] |= 1 << (i % 64)
	}
	v := make([]uint64, words)
	for i := range v {
		v[i] = ^uint64(0)
	}
	for _, r := range b {
		match := at[r]
		if match == nil {
			continue
		}
		var carry uint64
		for i := range v {
			u := v[i] & match[i]
			var sum uint64
			sum, carry = bits.Add64(v[i], u, carry)
			v[i] = sum | (v[i] &^ match[i])
		}
	}
	n := 0
	for i := range len(a) {
		if v[i/64]&(1<<(i%64)) == 0 {
			n++
		}
	}
	return n
}

func extractFile(t testing.TB, path, engine string) (*layout.Doc, error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return New().Extract(t.Context(), extractors.Input{Name: filepath.Base(path), Size: st.Size(), Bytes: f, Engine: engine})
}

func TestSamplesKeepTextHeadsAndRows(t *testing.T) {
	dir := sharedDir(t, "pdf")
	var meta map[string]expectation
	readJSON(t, filepath.Join(dir, "meta.json"), &meta)
	files, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples in %s: %v", dir, err)
	}
	var total float64
	var n, rows, whole, lines, kept int
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".pdf")
		if unscored[name] {
			continue
		}
		doc, err := extractFile(t, path, "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s := scoreOf(doc.Text, readFile(t, strings.TrimSuffix(path, ".pdf")+".txt"), meta[name])
		t.Logf("%-26s %v   pdftotext %v   mutool %v", name, s, toolScore(t, meta[name], path, "pdftotext", "-layout", path, "-"),
			toolScore(t, meta[name], path, "mutool", "draw", "-q", "-F", "txt", path))
		if s.heads > 0 {
			t.Errorf("%s: %d running heads are left", name, s.heads)
		}
		total, n, rows, whole, lines, kept = total+s.similar, n+1, rows+s.rows, whole+s.whole, lines+s.lines, kept+s.kept
	}
	t.Logf("%d of %d paragraphs and rows stand on a line of their own", kept, lines)
	if float64(kept) < .95*float64(lines) {
		t.Errorf("%d of %d paragraphs and rows stand on a line of their own, want 95%%", kept, lines)
	}
	if mean := total / float64(n); mean < .97 {
		t.Errorf("mean similarity %.4f, want .97 or more", mean)
	} else {
		t.Logf("mean similarity %.4f of %d files, %d of %d rows whole", mean, n, whole, rows)
	}
	if float64(whole) < .95*float64(rows) {
		t.Errorf("%d of %d table rows are whole, want 95%%", whole, rows)
	}
}

// toolScore scores what another program reads, if it is installed.
func toolScore(t testing.TB, want expectation, path, tool string, args ...string) string {
	out, err := exec.CommandContext(t.Context(), tool, args...).Output()
	if err != nil {
		return "-"
	}
	return scoreOf(string(out), readFile(t, strings.TrimSuffix(path, ".pdf")+".txt"), want).String()
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func readJSON(t testing.TB, path string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(readFile(t, path)), v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// TestCorpusPDFs compares the reports that exist as PDF and as text. The text
// writes a table's rows with bars between the cells.
func TestCorpusPDFs(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedDir(t, "corpus"), "dev", "*", "source.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	for _, path := range files {
		name := filepath.Base(filepath.Dir(path))
		doc, err := extractFile(t, path, "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		truth := readFile(t, filepath.Join(filepath.Dir(path), "source.txt"))
		want := expectation{Rows: barredRows(truth)}
		s := scoreOf(doc.Text, strings.ReplaceAll(truth, "|", ""), want)
		t.Logf("%-26s %v", name, s)
		if s.similar < .99 || s.whole < s.rows || float64(s.kept) < .95*float64(s.lines) {
			t.Errorf("%s: similarity %.3f, %d of %d rows whole, %d of %d lines", name, s.similar, s.whole, s.rows, s.kept, s.lines)
		}
		if missing := cellsMissing(doc, want.Rows); len(missing) > 0 {
			t.Errorf("%s: no table has the cells %q", name, missing)
		}
	}
}

// barredRows returns the cells of the lines that have bars.
func barredRows(text string) (rows [][]string) {
	for l := range strings.Lines(text) {
		if strings.Count(l, "|") > 1 {
			rows = append(rows, strings.Split(strings.TrimSpace(l), "|"))
		}
	}
	return rows
}

// cellsMissing returns the cells that are no cell of a table of doc.
func cellsMissing(doc *layout.Doc, rows [][]string) (missing []string) {
	have := map[string]bool{"": true}
	for _, p := range doc.Pages {
		for _, tb := range p.Tables {
			for _, c := range tb.Cells {
				have[squeeze(doc.Text[c.Start:c.End])] = true
			}
		}
	}
	for _, r := range rows {
		for _, c := range r {
			if !have[squeeze(c)] {
				missing = append(missing, c)
			}
		}
	}
	return missing
}

// TestOddFilesLoseNothing compares each with what other readers show, which is
// asked of them and not written down here. Where they read nothing or disagree,
// the file must only not end in an error.
func TestOddFilesLoseNothing(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedDir(t, "pdf"), "odd", "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".pdf"), func(t *testing.T) {
			doc, err := extractFile(t, path, "")
			if err != nil {
				t.Fatal(err)
			}
			got := squeeze(doc.Text)
			for _, tool := range [][]string{{"pdftotext", path, "-"}, {"mutool", "draw", "-q", "-F", "txt", path}} {
				out, err := exec.CommandContext(t.Context(), tool[0], tool[1:]...).Output()
				if err != nil {
					continue
				}
				shown := squeeze(strings.ToValidUTF8(string(out), ""))
				t.Logf("%s shows %q, we read %q", tool[0], shown, got)
				if garbage := strings.ContainsAny(shown, "\uFFFD"); !garbage && commonLength([]rune(got), []rune(shown)) < len([]rune(shown)) {
					t.Errorf("%s shows %q, we read only %q", tool[0], shown, got)
				}
			}
		})
	}
}

// TestDamagedSamplesSayWhy reads the samples that hold no text to compare.
func TestDamagedSamplesSayWhy(t *testing.T) {
	dir := sharedDir(t, "pdf")
	for name, hint := range map[string]string{"21_enc_user_edu": "password", "28_truncated": "PDF reader"} {
		_, err := extractFile(t, filepath.Join(dir, name+".pdf"), "")
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.HintOf(err), hint) {
			t.Errorf("%s: %v (hint %q)", name, err, fault.HintOf(err))
		}
	}
	for _, name := range []string{"24_scan200_edu", "27_empty"} {
		doc, err := extractFile(t, filepath.Join(dir, name+".pdf"), "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, p := range doc.Pages {
			if p.Problem != layout.NoText || p.Reason == "" {
				t.Errorf("%s page %d: problem %q, %q", name, p.Number, p.Problem, p.Reason)
			}
		}
	}
}
