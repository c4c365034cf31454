package pipeline

import (
	"io"

	"jixiao/internal/fault"
)

// fits refuses a document of size bytes that is larger than anything that is read.
func (p *Pipeline) fits(size int64) error {
	if p.MaxBytes <= 0 || size <= p.MaxBytes {
		return nil
	}
	return fault.WithHint(fault.New(fault.TooLarge, "the file is over the limit of %d bytes", p.MaxBytes), "raise --max-bytes")
}

// capped is a document on its way into the store, which ends with a fault when
// it is too large: its size need not be known before.
type capped struct {
	r    io.Reader
	p    *Pipeline
	read int64
}

func (c *capped) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.read += int64(n)
	if large := c.p.fits(c.read); large != nil {
		return n, large
	}
	return n, err
}
