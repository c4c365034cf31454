package segment

import "jixiao/internal/zh/segment/dict"

// guess cuts the characters i to j, none of which is in a word of the best
// path: runs of ASCII letters and figures are words, single ASCII marks too,
// and the model cuts the rest.
func (b *block) guess(dst []Token, i, j int) []Token {
	for i < j {
		k := i
		for k < j && b.chars[k].Rune >= 0x80 {
			k++
		}
		if k == i+1 { // whatever its state is, it is a word
			dst = b.word(dst, i, k)
			i = k
			continue
		}
		if k > i {
			dst = b.viterbi(dst, i, k)
			i = k
			continue
		}
		for k++; k < j && joins(b.chars[i].Rune, b.chars[k].Rune); k++ {
		}
		dst = b.word(dst, i, k)
		i = k
	}
	return dst
}

// joins reports whether r goes on a word of ASCII characters that starts with
// first: a name or a figure.
func joins(first, r rune) bool {
	switch {
	case isLetter(first):
		return isLetter(r) || isDigit(r)
	case isDigit(first):
		return isDigit(r) || r == '.'
	}
	return false
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
func isDigit(r rune) bool  { return '0' <= r && r <= '9' }

// viterbi finds the most probable states of the characters i to j and cuts
// after those that end a word.
func (b *block) viterbi(dst []Token, i, j int) []Token {
	m := &b.dict.HMM
	b.path = grow(b.path, j-i)
	emit := m.Emit(b.chars[i].Rune)
	var weight [4]float64
	for s := range weight {
		weight[s] = m.Start[s] + emit[s]
	}
	for k := i + 1; k < j; k++ {
		weight = step(m, &weight, m.Emit(b.chars[k].Rune), &b.path[k-i])
	}
	state := uint8(dict.Alone)
	if weight[dict.End] >= weight[dict.Alone] {
		state = dict.End
	}
	for k := j - i - 1; k >= 0; k-- { // from here on path[k][0] is the state of k
		before := b.path[k][state]
		b.path[k][0] = state
		state = before & 3
	}
	from := i
	for k := i; k < j; k++ {
		if s := b.path[k-i][0]; s == dict.End || s == dict.Alone {
			dst = b.word(dst, from, k+1)
			from = k + 1
		}
	}
	return dst
}

// step returns the weights of the states of the next character and puts the
// best state before each of them into from.
func step(m *dict.Model, old, emit *[4]float64, from *[4]uint8) (weight [4]float64) {
	for s := range weight {
		best, by := dict.Impossible, uint8(dict.End)
		for p := range old {
			if w := old[p] + m.Trans[p][s] + emit[s]; w > best {
				best, by = w, uint8(p)
			}
		}
		weight[s], from[s] = best, by
	}
	return weight
}
