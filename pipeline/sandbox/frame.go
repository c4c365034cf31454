package sandbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A frame is a mark, the lengths of head and body, the head, and the body.
const (
	markHello  = "JXh1" // child: ready
	markJob    = "JXj1" // parent: header and document
	markAnswer = "JXa1" // child: verdict as JSON, and result

	prefixLen = 4 + 4 + 8
	maxHead   = 1 << 20
)

var errGarbage = errors.New("the child wrote something that is no answer")

// writeFrame writes the frame's start and the first size bytes of body.
func writeFrame(w io.Writer, mark string, head []byte, body io.Reader, size int64) error {
	if len(head) > maxHead {
		return fmt.Errorf("a header of %d bytes is over the limit of %d", len(head), maxHead)
	}
	b := make([]byte, 0, prefixLen+len(head))
	b = append(b, mark...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(head)))
	b = binary.BigEndian.AppendUint64(b, uint64(size))
	if _, err := w.Write(append(b, head...)); err != nil {
		return err
	}
	_, err := io.CopyN(w, body, size)
	return err
}

// readFrame reads a frame with the given mark. It takes memory only for what
// really comes. A clean end before the frame is io.EOF.
func readFrame(r io.Reader, mark string, maxBody int64) (head, body []byte, err error) {
	var prefix [prefixLen]byte
	if _, err := io.ReadFull(r, prefix[:]); err != nil {
		return nil, nil, err
	}
	n, size := binary.BigEndian.Uint32(prefix[4:]), binary.BigEndian.Uint64(prefix[8:])
	if string(prefix[:4]) != mark || n > maxHead {
		return nil, nil, errGarbage
	}
	if size > uint64(maxBody) {
		return nil, nil, fmt.Errorf("%d bytes, more than the %d that are taken: %w", size, maxBody, errGarbage)
	}
	if head, err = readN(r, int64(n)); err != nil {
		return nil, nil, err
	}
	if body, err = readN(r, int64(size)); err != nil {
		return nil, nil, err
	}
	return head, body, nil
}

func readN(r io.Reader, n int64) ([]byte, error) {
	const trusted = 1 << 20 // more is allocated as it arrives
	b := bytes.NewBuffer(make([]byte, 0, min(n, trusted)))
	if _, err := io.CopyN(b, r, n); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return b.Bytes(), nil
}
