package archive

import (
	"encoding/hex"
	"hash"
	"io"

	"jixiao/schemas"
)

// hashed is an original on its way out of an archive. Its end is told only when
// the bytes have the hash that they are named after.
type hashed struct {
	r    io.Reader
	hash hash.Hash
	left int64
	id   schemas.DocID
}

func (h *hashed) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	_, _ = h.hash.Write(p[:n]) // a hash takes everything
	h.left -= int64(n)
	switch {
	case err == io.EOF && h.left > 0:
		return n, io.ErrUnexpectedEOF
	case err == io.EOF && hex.EncodeToString(h.hash.Sum(nil)) != string(h.id):
		return n, damaged("%s%s has another hash than its name", originals, h.id)
	}
	return n, err
}
