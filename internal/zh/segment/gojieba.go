//go:build gojieba

package segment

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/yanyiwu/gojieba"

	"jixiao/internal/zh/segment/dict"
)

//go:embed userdict.txt
var userWords []byte

// cgo cuts by gojieba.
type cgo struct{ jieba *gojieba.Jieba }

func newCutter() cutter {
	j, err := unpack(newPure().dict)
	if err != nil {
		panic(fmt.Sprintf("segment: unpack the dictionary for gojieba: %v", err))
	}
	return &cgo{jieba: j}
}

// unpack writes the compiled dictionary out as the text files that gojieba
// loads; its own are where it was built, which need not be where it runs.
func unpack(d *dict.Dict) (*gojieba.Jieba, error) {
	dir, err := os.MkdirTemp("", "jieba")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // they are read into memory at once
	var words bytes.Buffer
	d.Entries(func(word string, freq uint32) { fmt.Fprintf(&words, "%s %d n\n", word, freq) })
	return load(dir, words.Bytes(), d.HMM.Text())
}

// load makes a gojieba of the given dictionary and model and the user words.
func load(dir string, words, model []byte) (*gojieba.Jieba, error) {
	var paths []string
	for _, f := range []struct {
		name string
		text []byte
	}{{"dict", words}, {"model", model}, {"user", plainUserWords()}, {"idf", []byte("的 1\n")}, {"stop", []byte("的\n")}} {
		path := filepath.Join(dir, f.name)
		if err := os.WriteFile(path, f.text, 0o600); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return gojieba.NewJieba(paths...), nil
}

// plainUserWords is the file of user words without its comments, which
// gojieba does not know.
func plainUserWords() []byte {
	var out bytes.Buffer
	for sc := bufio.NewScanner(bytes.NewReader(userWords)); sc.Scan(); {
		line, _, _ := strings.Cut(sc.Text(), "#")
		if f := strings.Fields(line); len(f) > 0 {
			fmt.Fprintln(&out, strings.Join(f, " "))
		}
	}
	return out.Bytes()
}

func (c *cgo) cut(dst []Token, s string, m mode) []Token {
	s = harmless(s)
	if m == all {
		return appendWords(dst, s, c.jieba.CutAll(s))
	}
	how := gojieba.DefaultMode
	if m == search {
		how = gojieba.SearchMode
	}
	for _, w := range c.jieba.Tokenize(s, how, true) {
		dst = append(dst, Token{int32(w.Start), int32(w.End)})
	}
	return dst
}

// appendWords appends the offsets of words, each of which is a slice of s.
func appendWords(dst []Token, s string, words []string) []Token {
	start := uintptr(unsafe.Pointer(unsafe.StringData(s)))
	for _, w := range words {
		i := int32(uintptr(unsafe.Pointer(unsafe.StringData(w))) - start)
		dst = append(dst, Token{i, i + int32(len(w))})
	}
	return dst
}

// harmless returns s with every byte that gojieba stumbles over in another's
// place, at the same offset: a NUL would end the text, and one byte that is no
// UTF-8 would make it give no word at all.
func harmless(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	b := []byte(s)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			b[i] = badByte
		}
		i += size
	}
	return string(b)
}
