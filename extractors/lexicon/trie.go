package lexicon

import (
	"slices"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// A trie finds the longest word at each place of a text. Most characters
// begin no word, so the first step is a table and the others are short lists.
type trie struct {
	starts zh.RuneSet        // the characters that words begin with, all in the basic plane
	first  zh.RuneMap[int32] // rune -> node, 0 for none
	nodes  []node
}

type node struct {
	features Features // of the word that ends here, 0 if none does
	next     []edge   // sorted by rune
}

type edge struct {
	r  rune
	to int32
}

func newTrie(words map[string]Features) trie {
	t := trie{nodes: make([]node, 1)} // node 0 means no node
	keys := make([]string, 0, len(words))
	for w := range words {
		keys = append(keys, w)
	}
	slices.Sort(keys)
	for _, w := range keys {
		t.add(w, words[w])
	}
	return t
}

func (t *trie) add(w string, f Features) {
	at := int32(0)
	for i, r := range w {
		if i == 0 {
			if r >= 1<<16 {
				return
			}
			if t.first.Get(r) == 0 {
				if r >= utf8.RuneSelf { // words begin with Chinese characters
					t.starts.Add(r)
				}
				t.first.Set(r, t.grow())
			}
			at = t.first.Get(r)
			continue
		}
		to := t.nodes[at].step(r)
		if to == 0 {
			to = t.grow()
			n := &t.nodes[at]
			i, _ := slices.BinarySearchFunc(n.next, r, func(e edge, r rune) int { return int(e.r - r) })
			n.next = slices.Insert(n.next, i, edge{r, to})
		}
		at = to
	}
	t.nodes[at].features = f
}

func (t *trie) grow() int32 {
	t.nodes = append(t.nodes, node{})
	return int32(len(t.nodes) - 1)
}

func (n *node) step(r rune) int32 {
	for i := range n.next {
		if e := &n.next[i]; e.r >= r {
			if e.r == r {
				return e.to
			}
			break
		}
	}
	return 0
}

func (t *trie) scan(dst []Hit, text string) []Hit {
	for i := t.starts.Next(text, 0); i < len(text); i = t.starts.Next(text, i) {
		r, n := zh.Next(text, i)
		h := t.longest(text, i, i+n, t.first.Get(r))
		if h.End == 0 {
			i += n
			continue
		}
		dst = append(dst, h)
		i = h.End
	}
	return dst
}

// longest walks on from node at, which text[i:j] led to.
func (t *trie) longest(text string, i, j int, at int32) Hit {
	var h Hit
	for {
		n := &t.nodes[at]
		if n.features != 0 {
			h = Hit{Start: i, End: j, Features: n.features}
		}
		if len(n.next) == 0 || j >= len(text) {
			return h
		}
		r, size := zh.Wide(text, j), 3
		if r == 0 {
			r, size = utf8.DecodeRuneInString(text[j:])
		}
		if at = n.step(r); at == 0 {
			return h
		}
		j += size
	}
}
