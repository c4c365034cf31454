package archive

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"jixiao/internal/fault"
	"jixiao/schemas"
)

// A Writer writes an archive. Documents come in the order of their ids. It is not
// safe for concurrent use.
type Writer struct {
	zip  *zstd.Encoder
	tar  *tar.Writer
	head Header
	sums []sum
	last schemas.DocID
	n    Counts
}

// NewWriter begins an archive on w.
func NewWriter(w io.Writer, head Header) (*Writer, error) {
	zip, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window))
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	x := &Writer{zip: zip, tar: tar.NewWriter(zip), head: head, n: Counts{States: map[string]int{}}}
	return x, x.json(headerName, head)
}

// window is how far back the packing looks; what reads needs that much memory.
const window = 4 << 20

// Add writes one document: size bytes of original, none if original is nil, and d.
func (x *Writer) Add(ctx context.Context, d *Document, original io.Reader, size int64) error {
	id := d.State.ID
	if !id.Valid() || id <= x.last {
		return fault.New(fault.Internal, "backup: document %.12q after %.12q", id, x.last)
	}
	x.last = id
	if original == nil {
		size = -1
	} else if err := x.original(ctx, id, original, size); err != nil {
		return err
	}
	if err := x.json(documents+string(id)+documentEnd, d); err != nil {
		return err
	}
	x.n.add(d, size)
	return nil
}

func (x *Writer) original(ctx context.Context, id schemas.DocID, r io.Reader, size int64) error {
	if size > maxOriginal {
		return fault.New(fault.TooLarge, "backup: the original of %.12s… has %d bytes, %d at most are taken", id, size, int64(maxOriginal))
	}
	hash := sha256.New()
	name := originals + string(id)
	if err := x.tar.WriteHeader(header(name, size)); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if _, err := io.Copy(x.tar, io.TeeReader(&canceling{ctx, r}, hash)); err != nil {
		return fmt.Errorf("backup: original of %s: %w", id, err)
	}
	s := sum{name: name}
	hash.Sum(s.hash[:0])
	if hex.EncodeToString(s.hash[:]) != string(id) {
		return fault.WithHint(fault.New(fault.Internal, "the stored bytes of %.12s… are not those that were submitted", id),
			"the disk of the store may be failing: remove the document and import it again")
	}
	x.sums = append(x.sums, s)
	return nil
}

// json writes the member name and remembers its hash.
func (x *Writer) json(name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("backup: %s: %w", name, err)
	}
	x.sums = append(x.sums, sum{name, sha256.Sum256(b)})
	return x.member(name, int64(len(b)), bytes.NewReader(b))
}

func header(name string, size int64) *tar.Header {
	return &tar.Header{Name: name, Size: size, Mode: 0o600, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
}

func (x *Writer) member(name string, size int64, r io.Reader) error {
	err := x.tar.WriteHeader(header(name, size))
	if err == nil {
		_, err = io.Copy(x.tar, r)
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// Close ends the archive and returns what it holds. What was written is whole only
// if there is no error; w stays open.
func (x *Writer) Close() (Manifest, error) {
	m := Manifest{Header: x.head, Counts: x.n}
	all := sha256.New()
	err := x.tar.WriteHeader(header(sumsName, sumsOf(x.sums)))
	to := io.MultiWriter(all, x.tar)
	for i := 0; i < len(x.sums) && err == nil; i++ {
		_, err = io.WriteString(to, x.sums[i].line())
	}
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	m.Sums = hex.EncodeToString(all.Sum(nil))
	b, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = x.member(manifestName, int64(len(b)), bytes.NewReader(b))
	}
	if err == nil {
		err = x.tar.Close()
	}
	if err == nil {
		err = x.zip.Close()
	}
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	return m, nil
}

// canceling ends a long read when the context is done.
type canceling struct {
	ctx context.Context
	r   io.Reader
}

func (c *canceling) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}
