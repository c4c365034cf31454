// Package dict holds jieba's dictionary and its hidden Markov model in the form
// that package segment walks: a double array over the characters of the words.
//
// The form is made once, by the program in compile, and stored compressed; at
// run time Decode lays it out in some tens of milliseconds.
package dict

import "math"

// None is the state of characters that no word starts or goes on with.
const None int32 = -1

// Dict is a set of words with weights. It is safe for concurrent use.
type Dict struct {
	HMM Model

	code    *[1 << 16]uint16 // character -> dense code from 1 on; 0 is in no word
	units   []unit
	classes []uint16 // slot -> class of the word that ends there, 0 for none
	freqs   []uint32 // class -> frequency in jieba's dictionary
	total   uint64   // sum of all frequencies of jieba's own words
	min     float64
	single  map[rune]bool     // user words of one character
	user    map[string]uint32 // user word -> frequency that jieba's own entry had, 0 for none
}

// A unit is one slot of the double array: the child of state s by code c is the
// slot units[s].base+c if that one's check is s. The root is slot 0.
type unit struct {
	base   int32
	check  int32
	weight float64 // of the word that ends here; minus infinity for none, so that it never wins
}

// Code returns the code of r, 0 for a character that is in no word.
func (d *Dict) Code(r rune) uint16 {
	if uint32(r) > 0xffff {
		return 0
	}
	return d.code[r]
}

// Next returns the state after code in state s, or None. The first state is 0.
func (d *Dict) Next(s int32, code uint16) int32 {
	t := d.units[s].base + int32(code)
	if d.units[t].check != s {
		return None
	}
	return t
}

// Weight returns the logarithm of the probability of the word that ends in s,
// and whether one does.
func (d *Dict) Weight(s int32) (float64, bool) {
	if d.classes[s] == 0 {
		return 0, false
	}
	return d.units[s].weight, true
}

// A Char is a character of a text that is cut into words.
type Char struct {
	Rune   rune
	At     int32   // where it stands in the text
	Length int32   // characters of the first word on the best path from here to the end
	Code   uint16  // see Dict.Code
	Weight float64 // of that path
}

// BestPath finds the best way to cut chars into words, from each of them on; the
// last of chars is the end and no character. Of equal ways the one with the
// shorter first word wins, as in jieba.
func (d *Dict) BestPath(chars []Char) {
	units, end := d.units, len(chars)-1
	root := units[0].base
	chars[end].Weight = 0
	for i := end - 1; i >= 0; i-- {
		best, length := d.min+chars[i+1].Weight, 1
		state, base := int32(0), root
		for j := i; j < end; j++ {
			next := base + int32(chars[j].Code)
			u := &units[next]
			if u.check != state {
				break
			}
			if w := u.weight + chars[j+1].Weight; w > best {
				best, length = w, j+1-i
			}
			state, base = next, u.base
		}
		chars[i].Weight, chars[i].Length = best, int32(length)
	}
}

// Min returns the least weight of all words, which a character that is no word
// gets as well.
func (d *Dict) Min() float64 { return d.min }

// Single reports whether r alone is a user word.
func (d *Dict) Single(r rune) bool { return len(d.single) > 0 && d.single[r] }

// Entries calls f with jieba's own words and their frequencies, without the
// user words.
func (d *Dict) Entries(f func(word string, freq uint32)) {
	chars := make([]rune, len(d.code))
	for r, c := range d.code {
		if c != 0 {
			chars[c] = rune(r)
		}
	}
	children := make(map[int32][]int32, len(d.units)/2)
	for t := 1; t < len(d.units); t++ {
		if p := d.units[t].check; p >= 0 {
			children[p] = append(children[p], int32(t))
		}
	}
	var walk func(s int32, word []rune)
	walk = func(s int32, word []rune) {
		if c := d.classes[s]; c != 0 {
			freq := d.freqs[c]
			if own, ok := d.user[string(word)]; ok {
				freq = own
			}
			if freq != 0 {
				f(string(word), freq)
			}
		}
		for _, t := range children[s] {
			walk(t, append(word, chars[t-d.units[s].base]))
		}
	}
	walk(0, nil)
}

// finish computes what is not stored.
func (d *Dict) finish() {
	weights := make([]float64, len(d.freqs)) // of the classes
	weights[0], d.min = math.Inf(-1), math.Inf(1)
	for c := 1; c < len(d.freqs); c++ {
		weights[c] = math.Log(float64(d.freqs[c]) / float64(d.total))
		d.min = min(d.min, weights[c])
	}
	for s, c := range d.classes {
		d.units[s].weight = weights[c]
	}
	d.single = map[rune]bool{}
	for w := range d.user {
		if r := []rune(w); len(r) == 1 {
			d.single[r[0]] = true
		}
	}
}

// The states of a character in a word.
const (
	Begin = iota
	End
	Middle
	Alone
	states
)

// Impossible is the logarithm of what does not happen.
const Impossible = -3.14e+100

// Model is a hidden Markov model over the states of characters, in logarithms.
type Model struct {
	Start [states]float64
	Trans [states][states]float64 // from, to
	emit  [][states]float64       // 0 is for characters that the model lacks
	index *[1 << 16]uint16
}

// Emit returns how likely r is in each state.
func (m *Model) Emit(r rune) *[states]float64 {
	if uint32(r) > 0xffff {
		return &m.emit[0]
	}
	return &m.emit[m.index[r]]
}
