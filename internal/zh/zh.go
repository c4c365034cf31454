// Package zh has the Chinese text primitives: folding with an offset map,
// numerals and money, dates, encodings, and word segmentation. There is one
// version of each, for reading, indexing and querying alike.
package zh
