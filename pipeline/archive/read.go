package archive

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/layout"
)

// What one archive may hold.
const (
	maxOriginal = 4 << 30
	maxDocument = 256 << 20
	maxSmall    = 1 << 20 // header and manifest
	maxMembers  = 20_000_000
	maxName     = 8 << 10 // of a submission, in bytes
)

// A Visitor is told what a Read finds. Each may be nil.
type Visitor struct {
	// Original is given the bytes of a document before Document is called for it.
	// What it does not read is skipped. The hash is known to be right only when r
	// ends with io.EOF.
	Original func(id schemas.DocID, size int64, r io.Reader) error
	// Document is called for every document. d is checked, and may be kept.
	Document func(d *Document) error
}

// Read reads an archive to its end and checks everything in it: the
// hash of every member, every original against its id, every record against its
// text, the counts, and that nothing is missing or there twice. What v was told
// before an error may be part of an archive that is not whole: to be sure, Read it
// once without a Visitor.
func Read(ctx context.Context, r io.Reader, v Visitor) (Manifest, error) {
	x, err := newReader(ctx, r, v)
	if err != nil {
		return Manifest{}, err
	}
	defer x.zip.Close()
	m, err := x.read()
	switch {
	case err == nil || fault.KindOf(err) != fault.Internal:
		return m, err
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return m, damaged("it ends too early: it was cut, or never finished")
	case x.visiting != nil:
		return m, x.visiting
	}
	return m, damaged("%w", err)
}

// A reader is one Read.
type reader struct {
	ctx  context.Context
	v    Visitor
	zip  *zstd.Decoder
	tar  *tar.Reader
	sums []sum
	n    Counts

	last     schemas.DocID // of the documents so far
	pending  schemas.DocID // an original whose document has not come yet
	size     int64         // of that original
	visiting error         // what the Visitor returned
}

func newReader(ctx context.Context, r io.Reader, v Visitor) (*reader, error) {
	b := bufio.NewReaderSize(&canceling{ctx, r}, 1<<20)
	magic, err := b.Peek(4)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || string(magic) != "\x28\xb5\x2f\xfd" {
		return nil, fault.WithHint(fault.New(fault.Invalid, "it is no backup of this program"), "name a file that jixiao backup has written")
	}
	zip, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(2*window))
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	return &reader{ctx: ctx, v: v, zip: zip, tar: tar.NewReader(zip), n: Counts{States: map[string]int{}}, size: -1}, nil
}

func (x *reader) read() (m Manifest, err error) {
	head, err := x.header()
	if err != nil {
		return m, err
	}
	for {
		h, err := x.next()
		if err != nil {
			return m, err
		}
		if h.Name == sumsName {
			return x.end(head, h)
		}
		if err := x.member(h); err != nil {
			return m, err
		}
	}
}

// header reads the first member.
func (x *reader) header() (head Header, err error) {
	h, err := x.next()
	if err != nil {
		return head, err
	}
	if h.Name != headerName {
		return head, damaged("it begins with %.60q", h.Name)
	}
	if err := x.small(h, &head); err != nil {
		return head, err
	}
	if head.Format > Format || head.Schema > schemas.Version || head.Layout > layout.Version {
		return head, fault.WithHint(fault.New(fault.Unsupported, "the backup was made by a newer version of this program (%.60s)", head.Program),
			"use that version or a later one")
	}
	if head.Format < 1 {
		return head, damaged("format %d", head.Format)
	}
	return head, nil
}

// next returns the header of the next member. An archive never ends by itself.
func (x *reader) next() (*tar.Header, error) {
	h, err := x.tar.Next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	case h.Typeflag != tar.TypeReg:
		return nil, damaged("%.80q is no plain file", h.Name)
	case len(x.sums) >= maxMembers:
		return nil, fault.New(fault.TooLarge, "the backup has more than %d members", maxMembers)
	}
	return h, nil
}

// member reads an original or a document.
func (x *reader) member(h *tar.Header) error {
	id, kind, ok := idOf(h.Name)
	switch {
	case !ok:
		return damaged("a member %.80q does not belong there", h.Name)
	case id <= x.last:
		return damaged("%.90q is there twice, or out of its order", h.Name)
	case x.pending != "" && (kind != documents || id != x.pending):
		return damaged("the document of %s%s is missing", originals, x.pending)
	case kind == originals:
		return x.original(id, h)
	}
	return x.document(id, h)
}

func (x *reader) original(id schemas.DocID, h *tar.Header) error {
	if h.Size > maxOriginal {
		return fault.New(fault.TooLarge, "the backup: %s has %d bytes, %d at most are taken", h.Name, h.Size, int64(maxOriginal))
	}
	in := &hashed{r: x.tar, hash: sha256.New(), left: h.Size, id: id}
	if x.v.Original != nil {
		if err := x.v.Original(id, h.Size, in); err != nil {
			return x.stop(err)
		}
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	s := sum{name: h.Name}
	in.hash.Sum(s.hash[:0])
	x.sums = append(x.sums, s)
	x.pending, x.size = id, h.Size
	return nil
}

func (x *reader) document(id schemas.DocID, h *tar.Header) error {
	if h.Size > maxDocument {
		return fault.New(fault.TooLarge, "the backup: %s has %d bytes, %d at most are taken", h.Name, h.Size, int64(maxDocument))
	}
	b, err := io.ReadAll(x.tar)
	if err != nil {
		return err
	}
	x.sums = append(x.sums, sum{h.Name, sha256.Sum256(b)})
	d := new(Document)
	if err := json.Unmarshal(b, d); err != nil {
		return damaged("%s: %w", h.Name, err)
	}
	if err := d.Validate(id); err != nil {
		return damaged("%s: %w", h.Name, err)
	}
	x.n.add(d, x.size)
	x.last, x.pending, x.size = id, "", -1
	if x.v.Document != nil {
		if err := x.v.Document(d); err != nil {
			return x.stop(err)
		}
	}
	return nil
}

// stop remembers that it was the Visitor who ended the reading.
func (x *reader) stop(err error) error {
	x.visiting = err
	return err
}

// end reads what stands behind the documents and compares it with what was read.
func (x *reader) end(head Header, h *tar.Header) (m Manifest, err error) {
	if x.pending != "" {
		return m, damaged("the document of %s%s is missing", originals, x.pending)
	}
	if err := x.compareSums(h); err != nil {
		return m, err
	}
	all := sha256.New()
	for _, s := range x.sums {
		_, _ = io.WriteString(all, s.line()) // a hash takes everything
	}
	if h, err = x.next(); err != nil {
		return m, err
	}
	if h.Name != manifestName {
		return m, damaged("a member %.80q does not belong there", h.Name)
	}
	if err := x.small(h, &m); err != nil {
		return m, err
	}
	if m.Sums != hex.EncodeToString(all.Sum(nil)) || m.Header != head || !m.Counts.equal(x.n) {
		return m, damaged("the manifest is about another archive")
	}
	if h, err := x.tar.Next(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = damaged("a member %.80q does not belong there", h.Name)
		}
		return m, err
	}
	return m, x.nothingMore()
}

// nothingMore reads what stands behind the end of the tar archive: nothing, but
// for the check of the packing.
func (x *reader) nothingMore() error {
	n, err := io.CopyN(io.Discard, x.zip, maxSmall)
	if err == nil || n > 10<<10 { // tar pads with zeros to its block
		return damaged("something stands behind its end")
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// compareSums reads the member SHA256SUMS.
func (x *reader) compareSums(h *tar.Header) error {
	if h.Size != sumsOf(x.sums) {
		return damaged("%s lists other members than there are", sumsName)
	}
	lines := bufio.NewReader(x.tar)
	for _, s := range x.sums {
		line, err := lines.ReadString('\n')
		if err != nil {
			return err
		}
		if line == s.line() {
			continue
		}
		if strings.HasSuffix(line, "  "+s.name+"\n") {
			return damaged("%s has another hash than it was written with", s.name)
		}
		return damaged("%s lists other members than there are", sumsName)
	}
	return nil
}

// small reads a member that is never large into v. The hash of the first one
// counts.
func (x *reader) small(h *tar.Header, v any) error {
	if h.Size > maxSmall {
		return damaged("%s has %d bytes", h.Name, h.Size)
	}
	b, err := io.ReadAll(x.tar)
	if err != nil {
		return err
	}
	if h.Name == headerName {
		x.sums = append(x.sums, sum{h.Name, sha256.Sum256(b)})
	}
	if err := json.Unmarshal(b, v); err != nil {
		return damaged("%s: %w", h.Name, err)
	}
	return nil
}

func (c Counts) equal(d Counts) bool {
	if len(c.States) != len(d.States) {
		return false
	}
	for phase, n := range c.States {
		if d.States[phase] != n {
			return false
		}
	}
	return c.Documents == d.Documents && c.Records == d.Records && c.Originals == d.Originals && c.Bytes == d.Bytes
}
