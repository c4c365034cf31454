package lexicon

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// A trie finds the longest word at each place of a text. Its characters are
// numbered, those that words begin with first. Its nodes lie in one list, the
// child of a node by a character as many places behind the node's base as the
// character's number says: a step is one addition, and a look whether the node
// that lies there is the child of this one.
type trie struct {
	number [1 << 16]uint16 // of the characters of the basic plane; 0 for those in no word
	starts uint16          // the last number of a character that words begin with; the number is its node
	nodes  []node
	free   int // no place for a node is before this one
}

type node struct {
	features Features // of the word that ends here, 0 if none does
	base     int32    // 0 if there are no children
	parent   int32    // 0 if no node lies here, root if a word begins here
}

const root = -1

// newTrie returns the trie of words. It leaves those out that begin with an
// ASCII character, and those with one beyond the basic plane.
func newTrie(words map[string]Features) *trie {
	list := slices.DeleteFunc(slices.Sorted(maps.Keys(words)), func(w string) bool {
		return w[0] < utf8.RuneSelf || strings.ContainsFunc(w, func(r rune) bool { return r >= 1<<16 })
	})
	t := new(trie)
	t.enumerate(list)
	t.nodes = make([]node, 1+t.starts)
	t.free = len(t.nodes)
	for _, same := range alike(list, 0) {
		r, n := utf8.DecodeRuneInString(same[0])
		t.nodes[t.number[r]].parent = root
		t.add(same, n, int(t.number[r]), words)
	}
	return t
}

// enumerate numbers the characters of the words of list.
func (t *trie) enumerate(list []string) {
	last := uint16(0)
	number := func(r rune) {
		if t.number[r] == 0 {
			last++
			t.number[r] = last
		}
	}
	for _, w := range list {
		r, _ := utf8.DecodeRuneInString(w)
		number(r)
	}
	t.starts = last
	for _, w := range list {
		for _, r := range w {
			number(r)
		}
	}
}

// alike parts list, a sorted list of words longer than n bytes, into those of
// one character there each.
func alike(list []string, n int) (parts [][]string) {
	from := 0
	for i := range list {
		_, size := utf8.DecodeRuneInString(list[from][n:])
		if !strings.HasPrefix(list[i][n:], list[from][n:n+size]) {
			parts = append(parts, list[from:i])
			from = i
		}
	}
	return append(parts, list[from:])
}

// add adds the words of list, a sorted list of words that all begin with the n
// bytes that lead to node at.
func (t *trie) add(list []string, n, at int, words map[string]Features) {
	if len(list[0]) == n {
		t.nodes[at].features = words[list[0]]
		list = list[1:]
	}
	if len(list) == 0 {
		return
	}
	parts := alike(list, n)
	numbers := make([]int, len(parts))
	for i, same := range parts {
		r, _ := utf8.DecodeRuneInString(same[0][n:])
		numbers[i] = int(t.number[r])
	}
	base := t.place(numbers)
	t.nodes[at].base = int32(base)
	for _, k := range numbers {
		t.nodes[base+k].parent = int32(at)
	}
	for i, same := range parts {
		_, size := utf8.DecodeRuneInString(same[0][n:])
		t.add(same, n+size, base+numbers[i], words)
	}
}

// place returns a base such that no node lies yet so many places behind it as
// the numbers say. It sees to it that there are such places.
func (t *trie) place(numbers []int) int {
	for t.free < len(t.nodes) && t.nodes[t.free].parent != 0 {
		t.free++
	}
	taken := func(at int) bool { return at < len(t.nodes) && t.nodes[at].parent != 0 }
	base := t.free - slices.Min(numbers)
	for base == 0 || slices.ContainsFunc(numbers, func(k int) bool { return taken(base + k) }) {
		base++
	}
	if most := base + slices.Max(numbers); most >= len(t.nodes) {
		t.nodes = append(t.nodes, make([]node, most+1-len(t.nodes))...)
	}
	return base
}

func (t *trie) scan(dst []Hit, text string) []Hit {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := uint16(zh.Wide(text, i)), 3
		if r == 0 {
			r, n = basic(text, i)
		}
		at := t.number[r]
		if at == 0 || at > t.starts {
			i += n
			continue
		}
		end, f := t.longest(text, i+n, int(at))
		if end == 0 {
			i += n
			continue
		}
		dst = append(dst, Hit{Start: i, End: end, Features: f})
		i = end
	}
	return dst
}

// longest walks on from node at, which text[i:j] led to, and returns where the
// longest word ends, 0 if there is none, and what it says.
func (t *trie) longest(text string, j, at int) (end int, f Features) {
	nodes := t.nodes
	for n := nodes[at]; ; n = nodes[at] {
		if n.features != 0 {
			end, f = j, n.features
		}
		if n.base == 0 || j >= len(text) {
			return end, f
		}
		r, size := uint16(zh.Wide(text, j)), 3
		if r == 0 {
			r, size = basic(text, j)
		}
		child := int(n.base) + int(t.number[r])
		if uint(child) >= uint(len(nodes)) || int(nodes[child].parent) != at {
			return end, f
		}
		at, j = child, j+size
	}
}

// basic returns the character at byte i of text and its size. One beyond the
// basic plane, which is in no word, it gives as the zero character.
func basic(text string, i int) (uint16, int) {
	r, n := utf8.DecodeRuneInString(text[i:])
	if r >= 1<<16 {
		r = 0
	}
	return uint16(r), n
}
