package dict

import (
	"cmp"
	"fmt"
	"slices"
)

// New makes a dictionary of jieba's words and user words; a user word takes the
// place of an equal word.
func New(words, user []Entry, hmm Model) (*Dict, error) {
	d := &Dict{HMM: hmm, code: new([1 << 16]uint16), user: map[string]uint32{}}
	freq := make(map[string]uint32, len(words)+len(user))
	for _, w := range words {
		freq[w.Word] = w.Freq
		d.total += uint64(w.Freq)
	}
	for _, w := range user {
		if _, ok := d.user[w.Word]; ok {
			return nil, fmt.Errorf("user word %s stands twice", w.Word)
		}
		d.user[w.Word] = freq[w.Word]
	}
	for _, w := range user {
		freq[w.Word] = w.Freq
	}
	if err := d.setCodes(freq); err != nil {
		return nil, err
	}
	class := d.setClasses(freq)
	d.place(newTrie(freq, d.code, class))
	d.finish()
	return d, nil
}

// setCodes gives the most frequent characters the smallest codes, which keeps
// the array dense and the stored form small.
func (d *Dict) setCodes(freq map[string]uint32) error {
	count := map[rune]int{}
	for w := range freq {
		for _, r := range w {
			if r > 0xffff {
				return fmt.Errorf("word %s has a character beyond U+FFFF", w)
			}
			count[r]++
		}
	}
	for i, r := range byCount(count) {
		d.code[r] = uint16(i + 1)
	}
	return nil
}

// setClasses numbers the frequencies from 1 on, the most common one first.
func (d *Dict) setClasses(freq map[string]uint32) map[uint32]uint16 {
	count := map[uint32]int{}
	for _, f := range freq {
		count[f]++
	}
	d.freqs = append([]uint32{0}, byCount(count)...)
	class := make(map[uint32]uint16, len(d.freqs))
	for c, f := range d.freqs {
		class[f] = uint16(c)
	}
	return class
}

// byCount returns the keys of count, the highest count first.
func byCount[K cmp.Ordered](count map[K]int) []K {
	keys := make([]K, 0, len(count))
	for k := range count {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	return keys
}

// A trie is the words' tree, its nodes in breadth-first order, so that the
// children of a node are neighbours.
type trie struct{ nodes []node }

type node struct {
	label uint16 // code on the way to it
	class uint16
	first int32 // its children are nodes[first : first+count]
	count int32
}

func newTrie(freq map[string]uint32, code *[1 << 16]uint16, class map[uint32]uint16) *trie {
	type key struct {
		codes []uint16
		class uint16
	}
	keys := make([]key, 0, len(freq))
	for w, f := range freq {
		k := key{class: class[f]}
		for _, r := range w {
			k.codes = append(k.codes, code[r])
		}
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int { return slices.Compare(a.codes, b.codes) })

	t := &trie{nodes: []node{{}}}
	ranges := [][2]int{{0, len(keys)}} // of keys below nodes[i]
	for i, depth, level := 0, 0, 1; i < len(t.nodes); i++ {
		if i == level {
			depth, level = depth+1, len(t.nodes)
		}
		lo, hi := ranges[i][0], ranges[i][1]
		if lo < hi && len(keys[lo].codes) == depth {
			t.nodes[i].class = keys[lo].class
			lo++
		}
		t.nodes[i].first = int32(len(t.nodes))
		for lo < hi {
			c, from := keys[lo].codes[depth], lo
			for lo < hi && keys[lo].codes[depth] == c {
				lo++
			}
			t.nodes = append(t.nodes, node{label: c})
			ranges = append(ranges, [2]int{from, lo})
		}
		t.nodes[i].count = int32(len(t.nodes)) - t.nodes[i].first
	}
	return t
}

// place lays the trie out: nodes with many children first, wherever they fit,
// then those with few in what is left over.
func (d *Dict) place(t *trie) {
	order := make([]int32, 0, len(t.nodes))
	for i := range t.nodes {
		if t.nodes[i].count > 0 {
			order = append(order, int32(i))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(t.nodes[b].count, t.nodes[a].count) })
	base := make([]int32, len(t.nodes))
	p := placer{}
	for _, i := range order {
		n := &t.nodes[i]
		base[i] = p.fit(t.nodes[n.first : n.first+n.count])
	}
	d.lay(t.nodes, base)
}

// A placer finds bases so that no two children share a slot.
type placer struct {
	used []bool
	free int // no slot below is free
	size int // of the last node; the search for one of another size starts over
	from int // where the last node of this size went
}

func (p *placer) fit(children []node) int32 {
	if len(children) != p.size {
		p.size, p.from = len(children), p.free
	}
	least := int(children[0].label)
	last := int(children[len(children)-1].label)
	for at := max(p.from, least+1); ; at++ {
		base := at - least
		for len(p.used) <= base+last {
			p.used = append(p.used, make([]bool, 1<<16)...)
		}
		if p.collides(base, children) {
			continue
		}
		for _, c := range children {
			p.used[base+int(c.label)] = true
		}
		for p.used[p.free] || p.free == 0 {
			p.free++
		}
		p.from = max(p.free, at-1<<12) // a little back: there may be room for other labels
		return int32(base)
	}
}

func (p *placer) collides(base int, children []node) bool {
	for _, c := range children {
		if p.used[base+int(c.label)] {
			return true
		}
	}
	return false
}

// lay fills the double array from the nodes in breadth-first order and the
// bases of those with children.
func (d *Dict) lay(nodes []node, base []int32) {
	top := int32(0)
	for i := range nodes {
		if n := &nodes[i]; n.count > 0 {
			top = max(top, base[i]+int32(nodes[n.first+n.count-1].label))
		}
	}
	codes := int32(0)
	for _, c := range d.code {
		codes = max(codes, int32(c))
	}
	d.units = make([]unit, max(top, 0)+codes+2) // Next may look this far
	d.classes = make([]uint16, len(d.units))
	for i := range d.units {
		d.units[i].check = None
	}
	slot := make([]int32, len(nodes))
	for i := range nodes {
		n, s := &nodes[i], slot[i]
		d.classes[s] = n.class
		d.units[s].base = base[i]
		for k := n.first; k < n.first+n.count; k++ {
			slot[k] = base[i] + int32(nodes[k].label)
			d.units[slot[k]].check = s
		}
	}
}
