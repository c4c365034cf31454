package dict

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Entry is a word with its frequency.
type Entry struct {
	Word string
	Freq uint32
}

// ParseWords reads jieba's dictionary: lines of word, frequency and tag.
func ParseWords(r io.Reader) ([]Entry, error) {
	var out []Entry
	err := eachLine(r, func(line string) error {
		e, err := parseEntry(strings.Fields(line))
		out = append(out, e)
		return err
	})
	return out, err
}

// ParseUser reads a user dictionary: lines of a word alone, a word and a tag,
// or word, frequency and tag; # begins a comment. A word without a frequency
// gets the median of the dictionary's.
func ParseUser(r io.Reader, words []Entry) ([]Entry, error) {
	freqs := make([]uint32, len(words))
	for i, w := range words {
		freqs[i] = w.Freq
	}
	slices.Sort(freqs)
	var out []Entry
	err := eachLine(r, func(line string) error {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
			return nil
		case len(f) < 3 && len(freqs) > 0:
			f = []string{f[0], strconv.Itoa(int(freqs[len(freqs)/2])), ""}
		}
		e, err := parseEntry(f)
		out = append(out, e)
		return err
	})
	return out, err
}

func parseEntry(f []string) (Entry, error) {
	if len(f) != 3 {
		return Entry{}, fmt.Errorf("%d columns, want word, frequency, tag", len(f))
	}
	n, err := strconv.ParseUint(f[1], 10, 32)
	if err != nil || n == 0 {
		return Entry{}, fmt.Errorf("%q is not a frequency", f[1])
	}
	return Entry{Word: f[0], Freq: uint32(n)}, nil
}

func eachLine(r io.Reader, f func(string) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		if err := f(sc.Text()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return sc.Err()
}

// ParseModel reads jieba's model: the start line, four lines of transitions,
// and four of emissions as character:logarithm, separated by commas.
func ParseModel(r io.Reader) (Model, error) {
	m := newModel()
	n := 0
	err := eachLine(r, func(line string) (err error) {
		if line[0] == '#' {
			return nil
		}
		switch {
		case n == 0:
			err = parseRow(line, &m.Start)
		case n <= states:
			err = parseRow(line, &m.Trans[n-1])
		case n <= 2*states:
			err = m.parseEmits(line, n-states-1)
		}
		n++
		return err
	})
	if err == nil && n != 1+2*states {
		err = fmt.Errorf("%d lines, want %d", n, 1+2*states)
	}
	return m, err
}

func newModel() Model {
	return Model{index: new([1 << 16]uint16), emit: [][states]float64{{Impossible, Impossible, Impossible, Impossible}}}
}

func parseRow(line string, to *[states]float64) (err error) {
	f := strings.Fields(line)
	if len(f) != states {
		return fmt.Errorf("%d numbers, want %d", len(f), states)
	}
	for i := range f {
		if to[i], err = strconv.ParseFloat(f[i], 64); err != nil {
			return err
		}
	}
	return nil
}

func (m *Model) parseEmits(line string, state int) error {
	for pair := range strings.SplitSeq(line, ",") {
		r, size := utf8.DecodeRuneInString(pair)
		if r > 0xffff || size >= len(pair) || pair[size] != ':' {
			return fmt.Errorf("%q is not character:logarithm", pair)
		}
		v, err := strconv.ParseFloat(pair[size+1:], 64)
		if err != nil {
			return err
		}
		m.row(r)[state] = v
	}
	return nil
}

// row returns the emissions of r, to be filled.
func (m *Model) row(r rune) *[states]float64 {
	if m.index[r] == 0 {
		m.index[r] = uint16(len(m.emit))
		m.emit = append(m.emit, m.emit[0])
	}
	return &m.emit[m.index[r]]
}

// Text returns m in the form that ParseModel reads.
func (m *Model) Text() []byte {
	var out bytes.Buffer
	for _, row := range append([][states]float64{m.Start}, m.Trans[:]...) {
		for i, v := range row {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
		}
		out.WriteByte('\n')
	}
	for s := range states {
		comma := ""
		for r, i := range m.index {
			if i != 0 && m.emit[i][s] != Impossible {
				fmt.Fprintf(&out, "%s%c:%s", comma, rune(r), strconv.FormatFloat(m.emit[i][s], 'f', -1, 64))
				comma = ","
			}
		}
		out.WriteByte('\n')
	}
	return out.Bytes()
}
