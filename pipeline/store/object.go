package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/schemas"
)

const (
	// While a stream has no leader nobody answers; an election takes seconds.
	electionPause = 500 * time.Millisecond
	electionTries = 30
	// request bounds one request: a server that goes down with it in hand never
	// answers. listing bounds one list.
	request = 8 * time.Second
	listing = time.Minute
	// transfer bounds the reading of one object.
	transfer = 10 * time.Minute
	// inMemory is the size up to which an object is read into memory; a larger
	// one goes to a file without a name.
	inMemory = 8 << 20
	// putTries is how often an object is written that did not arrive whole.
	putTries = 3
)

// PutOriginal implements pipeline.Store. Large ones are written to a file of
// this machine first: their name is known only when all of them was seen.
func (o *Objects) PutOriginal(ctx context.Context, r io.Reader) (schemas.DocID, int64, error) {
	r = &source{ctx, r}
	var head bytes.Buffer
	if _, err := io.CopyN(&head, r, small+1); err == nil {
		return o.putLarge(ctx, io.MultiReader(&head, r))
	} else if !errors.Is(err, io.EOF) {
		return "", 0, err
	}
	id := schemas.IDOf(head.Bytes())
	err := o.putSmall(ctx, id, o.zip.EncodeAll(head.Bytes(), nil))
	return id, int64(head.Len()), objectFault("write the document", err)
}

// putSmall writes an original unless it is there. Most are new, so that is not
// asked first.
func (o *Objects) putSmall(ctx context.Context, id schemas.DocID, packed []byte) error {
	message := func() *nats.Msg {
		msg := nats.NewMsg(o.subject("originals", id))
		msg.Data = packed
		return msg
	}
	err := o.publish(ctx, message(), jetstream.WithExpectLastSequencePerSubject(0))
	if !isThere(err) {
		return err
	}
	// Servers say so as well of a message that is under way to the others and
	// may not arrive.
	if _, err = o.get(ctx, o.originals, "originals", id); fault.KindOf(err) == fault.NotFound {
		return o.publish(ctx, message())
	}
	return err
}

func (o *Objects) putLarge(ctx context.Context, r io.Reader) (schemas.DocID, int64, error) {
	f, err := spool()
	if err != nil {
		return "", 0, spoolFault(fmt.Errorf("store: %w", err))
	}
	defer f.Close() // what is in it is not wanted any more
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, hash), r)
	if err != nil {
		return "", 0, spoolFault(fmt.Errorf("store the document: %w", err))
	}
	id := schemas.DocID(hex.EncodeToString(hash.Sum(nil)))
	if err := o.ensureObject(ctx, string(id), f); err != nil {
		return "", 0, objectFault("write the document", err)
	}
	return id, n, nil
}

// Original implements pipeline.Store. What it returns is an io.ReaderAt as
// well. The bytes are compared with their name: what was damaged on the way is
// never given out.
func (o *Objects) Original(ctx context.Context, id schemas.DocID) (io.ReadSeekCloser, int64, error) {
	msg, err := o.get(ctx, o.originals, "originals", id)
	if fault.KindOf(err) == fault.NotFound && id.Valid() {
		return o.largeOriginal(ctx, id)
	}
	if err != nil {
		return nil, 0, err
	}
	b, err := o.open.DecodeAll(msg.Data, nil)
	if err == nil && schemas.IDOf(b) != id {
		err = errDamaged
	}
	if err != nil {
		return nil, 0, fmt.Errorf("store: original of %s: %w", id, err)
	}
	return memory{bytes.NewReader(b)}, int64(len(b)), nil
}

var errDamaged = errors.New("the bytes are not those that were stored")

func (o *Objects) largeOriginal(ctx context.Context, id schemas.DocID) (io.ReadSeekCloser, int64, error) {
	asking, cancel := context.WithTimeout(ctx, request)
	defer cancel()
	info, err := o.large.GetInfo(asking, string(id))
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil, 0, fault.New(fault.NotFound, "the store has no %.8s… among its originals", id)
	}
	if err != nil {
		return nil, 0, objectFault("read the original "+string(id), err)
	}
	if info.Size > inMemory {
		f, n, err := o.toFile(ctx, id)
		if err != nil {
			return nil, 0, objectFault("read the original "+string(id), err)
		}
		return f, n, nil
	}
	b, err := o.object(ctx, string(id))
	if err == nil && schemas.IDOf(b) != id {
		err = errDamaged
	}
	if err != nil {
		return nil, 0, objectFault("read the original "+string(id), err)
	}
	return memory{bytes.NewReader(b)}, int64(len(b)), nil
}

// toFile reads an object to a file without a name.
func (o *Objects) toFile(ctx context.Context, id schemas.DocID) (_ io.ReadSeekCloser, n int64, err error) {
	f, err := spool()
	if err != nil {
		return nil, 0, spoolFault(err)
	}
	defer func() {
		if err != nil {
			f.Close() // only read again, and not even that
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, transfer)
	defer cancel()
	r, err := o.large.Get(ctx, string(id))
	if err != nil {
		return nil, 0, err
	}
	defer r.Close() // read to its end or not wanted
	hash := sha256.New()
	if n, err = io.Copy(io.MultiWriter(f, hash), r); err != nil {
		return nil, 0, spoolFault(err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != string(id) {
		return nil, 0, errDamaged
	}
	_, err = f.Seek(0, io.SeekStart)
	return f, n, err
}

// object returns the bytes of an object.
func (o *Objects) object(ctx context.Context, name string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, transfer)
	defer cancel()
	r, err := o.large.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	defer r.Close() // as above
	return io.ReadAll(r)
}

// putObject writes an object in the place of the one there is.
func (o *Objects) putObject(ctx context.Context, name string, b []byte) error {
	return o.write(ctx, name, bytes.NewReader(b))
}

// ensureObject writes an object unless it is there, whole.
func (o *Objects) ensureObject(ctx context.Context, name string, r io.ReadSeeker) error {
	if ok, err := o.whole(ctx, name); ok || err != nil {
		return err
	}
	return o.write(ctx, name, r)
}

func (o *Objects) write(ctx context.Context, name string, r io.ReadSeeker) error {
	for range putTries {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := o.large.Put(ctx, jetstream.ObjectMeta{Name: name}, r); err != nil {
			return err
		}
		if ok, err := o.whole(ctx, name); ok || err != nil {
			return err
		}
	}
	return fault.New(fault.Unavailable, "%q does not arrive whole", name)
}

// whole reports whether all parts of an object are there. Its last part, which
// names it, may have arrived without the others when a server went away.
func (o *Objects) whole(ctx context.Context, name string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*request)
	defer cancel()
	info, err := o.large.GetInfo(ctx, name)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	subject := "$O." + info.Bucket + ".C." + info.NUID
	s, err := o.chunks.Info(ctx, jetstream.WithSubjectFilter(subject))
	if err != nil {
		return false, err
	}
	return s.State.Subjects[subject] == uint64(info.Chunks), nil
}

// deleteObject removes an object and the mark that it was there.
func (o *Objects) deleteObject(ctx context.Context, name string) error {
	err := o.large.Delete(ctx, name)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	meta := "$O." + o.name + "-objects.M." + base64.URLEncoding.EncodeToString([]byte(name))
	return o.chunks.Purge(ctx, jetstream.WithPurgeSubject(meta))
}

// A spooled is a file of this machine that is gone when it is closed.
type spooled struct{ *os.File }

func spool() (spooled, error) {
	f, err := os.CreateTemp("", "jixiao-*")
	return spooled{f}, err
}

// Close removes the file.
func (s spooled) Close() error { return errors.Join(s.File.Close(), os.Remove(s.Name())) }

// spoolFault gives an error of the file of this machine its kind. None of them
// is the fault of a document: another machine may do better.
func spoolFault(err error) error {
	const hint = "give it a folder for temporary files that can be written and has room (TMPDIR)"
	switch {
	case fault.KindOf(err) != fault.Internal:
		return err
	case isFull(err):
		return fault.WithHint(fault.Mark(fault.Full, err), hint)
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrNotExist):
		return fault.WithHint(fault.Mark(fault.Unavailable, err), hint)
	}
	return err
}

// Codes of the server for a stream or an account that can hold no more.
var fullCodes = map[jetstream.ErrorCode]bool{10023: true, 10047: true, 10077: true}

// isThere reports whether err is the server's for a message that was to be the
// first of its subject and is not.
func isThere(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// objectFault says what went wrong while doing something, and of what kind it
// is. What is not known to be otherwise is the servers' trouble.
func objectFault(doing string, err error) error {
	if err == nil {
		return nil
	}
	wrapped := fmt.Errorf("store: %s: %w", doing, err)
	var api *jetstream.APIError
	switch {
	case fault.KindOf(err) != fault.Internal && fault.KindOf(err) != fault.Timeout:
		return wrapped
	case errors.Is(err, errDamaged):
		return fault.Mark(fault.Internal, wrapped)
	case errors.As(err, &api) && fullCodes[api.ErrorCode]:
		return fault.WithHint(fault.Mark(fault.Full, wrapped), "make room on the disks of the NATS servers, or raise the limits of the account")
	}
	return fault.WithHint(fault.Mark(fault.Unavailable, wrapped), "check that the NATS servers are up; nothing is lost meanwhile")
}
