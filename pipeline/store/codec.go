package store

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"jixiao/schemas"
	"jixiao/schemas/record"
)

// maxValue bounds what one packed value may unpack to.
const maxValue = 1 << 30

// A codec packs values. It is safe for concurrent use.
type codec struct {
	zip  *zstd.Encoder
	open *zstd.Decoder
}

func newCodec() (c codec, err error) {
	if c.zip, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true)); err != nil {
		return c, fmt.Errorf("store: %w", err)
	}
	if c.open, err = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxValue), zstd.WithDecoderConcurrency(0)); err != nil {
		return c, fmt.Errorf("store: %w", err)
	}
	return c, nil
}

// encode returns v as packed JSON.
func (c codec) encode(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return c.zip.EncodeAll(b, make([]byte, 0, len(b)/4)), nil
}

// document unpacks what an index needs of a document.
func (c codec) document(id schemas.DocID, packedRec, packedDoc []byte) (*record.Record, string, error) {
	rec := new(record.Record)
	if err := c.decode(packedRec, rec); err != nil {
		return nil, "", fmt.Errorf("store: record of %s: %w", id, err)
	}
	var doc struct {
		Text string `json:"text"` // as in layout.Doc
	}
	if err := c.decode(packedDoc, &doc); err != nil {
		return nil, "", fmt.Errorf("store: layout of %s: %w", id, err)
	}
	return rec, doc.Text, nil
}

// decode is the reverse of encode.
func (c codec) decode(packed []byte, v any) error {
	b, err := c.open.DecodeAll(packed, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}
