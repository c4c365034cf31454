// Package bleve is the index backend that runs inside the program, on a folder
// of its own.
//
// It stands on bleve's storage engine, scorch, and on no other part of bleve:
// terms come ready from package index, and matching is set arithmetic on the
// engine's postings (see evaluate), so what is found does not hang on a
// query language or an analyzer of a library.
//
// A batch is durable when the engine has written and synced its segment, then
// the root that names it; Put waits for both, and syncs the folder as well. A
// kill at any moment leaves the last root, which names whole segments only.
package bleve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/blevesearch/bleve/v2/index/scorch"
	engine "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt/errors"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
)

// An Index is an open index. It implements index.Backend.
type Index struct {
	dir     string // "" in memory
	engine  engine.Index
	queue   *engine.AnalysisQueue
	writing sync.Mutex // one Put or Delete at a time: they read before they write
	unsure  bool       // a write failed: what is readable may not be durable
	closing sync.RWMutex
	closed  bool
}

var _ index.Backend = (*Index)(nil)

// analysts is how many documents are cut into postings at a time. The memory of
// a batch does not depend on it; two use both cores of a small machine.
const analysts = 2

// openTimeout is how long Open waits for another process to let go of the
// folder.
const openTimeout = "500ms"

// Open opens the index in dir and makes it if there is none. An index of another
// index.Version is left alone in its own folder beside the new, empty one. One
// process at a time can have an index open; for a second one Open fails with
// kind Conflict.
func Open(dir string) (*Index, error) {
	path := filepath.Join(dir, fmt.Sprintf("v%d", index.Version))
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, fault.Mark(kindOf(err), fmt.Errorf("index %q: %w", dir, err))
	}
	x, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("index %q: %w", dir, err)
	}
	for _, d := range []string{path, dir, filepath.Dir(dir)} {
		if err := syncDir(d); err != nil {
			return nil, fmt.Errorf("index %q: %w", dir, errors.Join(err, x.Close()))
		}
	}
	return x, nil
}

// NewMemory returns an empty index that lives in memory alone.
func NewMemory() (*Index, error) { return open("") }

func open(path string) (*Index, error) {
	x := &Index{dir: path, queue: engine.NewAnalysisQueue(analysts)}
	e, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": path, "bolt_timeout": openTimeout, "create_if_missing": true,
	}, x.queue)
	if err == nil {
		err = recovered(e.Open)
	}
	if err == nil {
		x.engine = e
		return x, nil
	}
	x.queue.Close()
	if errors.Is(err, bolt.ErrTimeout) {
		return nil, fault.WithHint(fault.New(fault.Conflict, "another process has it open"), "stop that process, or name another data folder")
	}
	if k := kindOf(err); k != fault.Internal {
		return nil, fault.Mark(k, err)
	}
	return nil, fault.WithHint(fault.Mark(fault.Internal, err), "the index can be rebuilt from the records with `jixiao reindex`")
}

// recovered turns a panic of the engine over damaged files into an error.
func recovered(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("damaged files: %v", r)
		}
	}()
	return f()
}

// Close implements index.Backend.
func (x *Index) Close() error {
	x.closing.Lock()
	defer x.closing.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	err := x.engine.Close()
	x.queue.Close()
	return err
}

// use keeps the index open until the returned function is called.
func (x *Index) use(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	x.closing.RLock()
	if x.closed {
		x.closing.RUnlock()
		return nil, fault.New(fault.Unavailable, "index is closed")
	}
	return x.closing.RUnlock, nil
}

// kindOf tells the failures that a user can do something about.
func kindOf(err error) fault.Kind {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Full
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fault.Forbidden
	}
	return fault.KindOf(err)
}

// syncDir makes the names in a folder durable. Where folders cannot be synced
// (Windows) there is nothing to do.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
