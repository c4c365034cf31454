package dict

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// The stored form is gzip over this, all numbers as unsigned varints:
//
//	magic
//	total, the frequencies by class, the characters by code
//	the user words, each with the frequency it had
//	per node in breadth-first order: the number of children; then the classes;
//	then the labels of the children, as differences; then per node with children
//	the slot of its first child, as difference to the last node with as many
//	the model: eight-byte floats for start and transitions, then per character
//	its number as a difference and four logarithms in millionths, 0 for none
//
// Like stands beside like, so that gzip finds more to save.
const magic = "jieba-da/1\n"

var errCorrupt = errors.New("the compiled dictionary is corrupt")

// Encode returns the stored form of d.
func (d *Dict) Encode() ([]byte, error) {
	b := []byte(magic)
	b = binary.AppendUvarint(b, d.total)
	b = binary.AppendUvarint(b, uint64(len(d.freqs)-1))
	for _, f := range d.freqs[1:] {
		b = binary.AppendUvarint(b, uint64(f))
	}
	b = d.appendCodes(b)
	b = binary.AppendUvarint(b, uint64(len(d.user)))
	for _, w := range slices.Sorted(maps.Keys(d.user)) {
		b = binary.AppendUvarint(b, uint64(len(w)))
		b = append(b, w...)
		b = binary.AppendUvarint(b, uint64(d.user[w]))
	}
	b = d.appendNodes(b)
	b, err := d.HMM.append(b)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (d *Dict) appendCodes(b []byte) []byte {
	chars := map[uint16]rune{}
	for r, c := range d.code {
		if c != 0 {
			chars[c] = rune(r)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(chars)))
	for c := range len(chars) {
		b = binary.AppendUvarint(b, uint64(chars[uint16(c+1)]))
	}
	return b
}

func (d *Dict) appendNodes(b []byte) []byte {
	children := make(map[int32][]int32, len(d.units)/2) // in the order of their labels
	for t := 1; t < len(d.units); t++ {
		if s := d.units[t].check; s >= 0 {
			children[s] = append(children[s], int32(t))
		}
	}
	order := []int32{0}
	for i := 0; i < len(order); i++ {
		order = append(order, children[order[i]]...)
	}
	b = binary.AppendUvarint(b, uint64(len(order)))
	b = binary.AppendUvarint(b, uint64(len(d.units)))
	for _, s := range order {
		b = binary.AppendUvarint(b, uint64(len(children[s])))
	}
	for _, s := range order {
		b = binary.AppendUvarint(b, uint64(d.classes[s]))
	}
	for _, s := range order {
		last := d.units[s].base
		for _, t := range children[s] {
			b = binary.AppendUvarint(b, uint64(t-last))
			last = t
		}
	}
	before := map[int]int32{}
	for _, s := range order {
		if n := len(children[s]); n > 0 {
			b = binary.AppendVarint(b, int64(children[s][0]-before[n]))
			before[n] = children[s][0]
		}
	}
	return b
}

func (m *Model) append(b []byte) ([]byte, error) {
	for _, row := range append([][states]float64{m.Start}, m.Trans[:]...) {
		for _, v := range row {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(m.emit)-1))
	last := rune(0)
	for r, i := range m.index {
		if i == 0 {
			continue
		}
		b = binary.AppendUvarint(b, uint64(rune(r)-last))
		last = rune(r)
		for _, v := range m.emit[i] {
			n := uint64(0)
			if v != Impossible {
				n = uint64(math.Round(-v * 1e6))
				if -float64(n)/1e6 != v || n == 0 {
					return nil, fmt.Errorf("emission %v of %c has more than six decimals", v, r)
				}
			}
			b = binary.AppendUvarint(b, n)
		}
	}
	return b, nil
}

// Decode returns the dictionary that stored was encoded from.
func Decode(stored []byte) (*Dict, error) {
	z, err := gzip.NewReader(bytes.NewReader(stored))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errCorrupt, err)
	}
	raw := bytes.NewBuffer(make([]byte, 0, 4*len(stored)))
	if _, err := io.Copy(raw, io.LimitReader(z, 64<<20)); err != nil {
		return nil, fmt.Errorf("%w: %w", errCorrupt, err)
	}
	b, ok := bytes.CutPrefix(raw.Bytes(), []byte(magic))
	if !ok {
		return nil, errCorrupt
	}
	d := &Dict{code: new([1 << 16]uint16), user: map[string]uint32{}, HMM: newModel()}
	r := &reader{b: b}
	d.readHead(r)
	d.readNodes(r)
	d.HMM.read(r)
	if r.bad || len(r.b) > 0 {
		return nil, errCorrupt
	}
	d.finish()
	return d, nil
}

// A reader takes numbers off b; after the first bad one all are zero.
type reader struct {
	b   []byte
	bad bool
}

// uint returns the next number, which must be at most limit.
func (r *reader) uint(limit uint64) uint64 {
	if len(r.b) > 0 && r.b[0] < 0x80 && uint64(r.b[0]) <= limit { // most are small
		v := r.b[0]
		r.b = r.b[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > limit {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) int() int64 {
	v := r.uint(math.MaxUint64)
	return int64(v>>1) ^ -int64(v&1)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (d *Dict) readHead(r *reader) {
	d.total = r.uint(math.MaxUint64)
	d.freqs = make([]uint32, 1+r.uint(math.MaxUint16-1))
	for i := range d.freqs[1:] {
		d.freqs[i+1] = uint32(r.uint(math.MaxUint32))
	}
	for c := range r.uint(math.MaxUint16) {
		d.code[r.uint(math.MaxUint16)] = uint16(c + 1)
	}
	for range r.uint(1 << 20) {
		w := string(r.bytes(int(r.uint(1 << 10))))
		d.user[w] = uint32(r.uint(math.MaxUint32))
	}
}

// maxNodes bounds what a corrupt file can make Decode allocate.
const maxNodes = 1 << 24

func (d *Dict) readNodes(r *reader) {
	n, size := int(r.uint(maxNodes)), int64(r.uint(maxNodes))
	if n == 0 || n > len(r.b) {
		r.bad = true
		return
	}
	nodes := make([]node, n)
	next := int32(1)
	for i := range nodes {
		nodes[i].first, nodes[i].count = next, int32(r.uint(uint64(int32(n)-next)))
		next += nodes[i].count
	}
	for i := range nodes {
		nodes[i].class = uint16(r.uint(uint64(len(d.freqs) - 1)))
	}
	for i := range nodes {
		label := uint64(0)
		for k := nodes[i].first; k < nodes[i].first+nodes[i].count; k++ {
			label += r.uint(math.MaxUint16)
			nodes[k].label = uint16(label)
		}
	}
	base := make([]int32, n)
	before := map[int32]int64{}
	for i := range nodes {
		if c := nodes[i].count; c > 0 {
			at := before[c] + r.int()
			before[c] = at
			if at < 0 || at >= size {
				r.bad = true
				return
			}
			base[i] = int32(at) - int32(nodes[nodes[i].first].label)
			if base[i] < 0 {
				r.bad = true
				return
			}
		}
	}
	if !r.bad {
		d.lay(nodes, base)
	}
}

func (m *Model) read(r *reader) {
	for i := range 1 + states {
		row := &m.Start
		if i > 0 {
			row = &m.Trans[i-1]
		}
		for j := range row {
			if b := r.bytes(8); b != nil {
				row[j] = math.Float64frombits(binary.LittleEndian.Uint64(b))
			}
		}
	}
	char := uint64(0)
	for range r.uint(math.MaxUint16 - 1) {
		char += r.uint(math.MaxUint16)
		if char > math.MaxUint16 {
			r.bad = true
			return
		}
		row := m.row(rune(char))
		for s := range row {
			if v := r.uint(math.MaxUint32); v > 0 {
				row[s] = -float64(v) / 1e6
			}
		}
	}
}
