// Package schemas holds the nouns of the system: every shape that is stored or
// sent between processes, and nothing else. Verbs live in extractors (on one
// document) and pipeline (over many).
package schemas

import (
	"crypto/sha256"
	"encoding/hex"
)

// Version is the number of the record's JSON form, see schemas/json.
const Version = 1

// A DocID names a document by its content: the lower-case hex SHA-256 of the
// source bytes. Two uploads of the same bytes are the same document.
type DocID string

// IDOf returns the DocID of b.
func IDOf(b []byte) DocID {
	h := sha256.Sum256(b)
	return DocID(hex.EncodeToString(h[:]))
}

// Valid reports whether id has the form of a DocID. Whatever builds a path or
// a key from an ID that came from outside asks this first.
func (id DocID) Valid() bool {
	if len(id) != 2*sha256.Size {
		return false
	}
	for i := range len(id) {
		if c := id[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Versions say which code read a document. The number that moved says which
// stage to redo: Extractor and Layout from bytes; Segmenter, Lexicon, Reader and
// Checks from the stored layout.
type Versions struct {
	Extractor string `json:"extractor"` // name/number, as "pdfium/3"
	Layout    int    `json:"layout"`
	Segmenter int    `json:"segmenter"`
	Lexicon   string `json:"lexicon"` // hash of the label data
	Reader    int    `json:"reader"`
	Checks    int    `json:"checks"`
}
