package store

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"
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

// decode is the reverse of encode.
func (c codec) decode(packed []byte, v any) error {
	b, err := c.open.DecodeAll(packed, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}
