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
// kill at any moment leaves the last root, which names whole segments only, and
// so does a failed write.
package bleve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	engine "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt/errors"

	"jixiao/internal/durable"
	"jixiao/internal/fault"
	"jixiao/pipeline/index"
)

// An Index is an open index. It implements index.Backend.
type Index struct {
	path    string       // "" in memory
	writing sync.Mutex   // one Put or Delete at a time: they read before they write
	using   sync.RWMutex // guards what follows; held for reading while the engine works
	engine  engine.Index
	queue   *engine.AnalysisQueue
	closed  bool
	failed  atomic.Bool // a write failed: the engine has to be opened anew, see use
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
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fault.Mark(kindOf(err), fmt.Errorf("index %q: %w", dir, err))
	}
	x, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("index %q: %w", dir, err)
	}
	for _, d := range []string{path, dir, filepath.Dir(dir)} {
		if err := durable.SyncFolder(d); err != nil {
			return nil, fmt.Errorf("index %q: %w", dir, errors.Join(err, x.Close()))
		}
	}
	return x, nil
}

// NewMemory returns an empty index that lives in memory alone.
func NewMemory() (*Index, error) { return open("") }

func open(path string) (*Index, error) {
	registerRest()
	x := &Index{path: path, queue: engine.NewAnalysisQueue(analysts)}
	if err := x.openEngine(); err != nil {
		x.queue.Close()
		return nil, err
	}
	return x, nil
}

func (x *Index) openEngine() error {
	e, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": x.path, "bolt_timeout": openTimeout, "asyncErrorCallbackName": restAfterError,
	}, x.queue)
	if err == nil {
		err = recovered(e.Open)
	}
	switch {
	case err == nil:
		x.engine = e
		return nil
	case errors.Is(err, bolt.ErrTimeout):
		return fault.WithHint(fault.New(fault.Conflict, "another process has it open"), "stop that process, or name another data folder")
	case kindOf(err) != fault.Internal:
		return fault.Mark(kindOf(err), err)
	}
	return fault.WithHint(fault.Mark(fault.Internal, err), "the index can be rebuilt from the records with `jixiao reindex`")
}

// recovered turns a panic of the engine, which it raises over damaged files and
// after failed writes, into an error.
func recovered(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("storage engine: %v", r)
		}
	}()
	return f()
}

// Close implements index.Backend.
func (x *Index) Close() error {
	x.using.Lock()
	defer x.using.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	defer x.queue.Close()
	if x.engine == nil {
		return nil
	}
	return x.engine.Close()
}

// use keeps the engine open until release is called. After a failed write it
// opens the engine anew first: the old one would show what is not durable, and
// its memory is not fit to be read any more.
func (x *Index) use(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for {
		x.using.RLock()
		if x.closed {
			x.using.RUnlock()
			return nil, fault.New(fault.Unavailable, "index is closed")
		}
		if !x.failed.Load() {
			return x.using.RUnlock, nil
		}
		x.using.RUnlock()
		if err := x.reopen(); err != nil {
			return nil, fault.Mark(fault.Unavailable, fmt.Errorf("index: opening it again after a failed write: %w", err))
		}
	}
}

// reopen replaces the engine by one that knows only what is on disk.
func (x *Index) reopen() error {
	x.using.Lock()
	defer x.using.Unlock()
	if x.closed || !x.failed.Load() {
		return nil
	}
	if x.engine != nil {
		_ = recovered(x.engine.Close) // it failed already
		x.engine = nil
	}
	if err := x.openEngine(); err != nil {
		return err
	}
	x.failed.Store(false)
	return nil
}

// kindOf tells the failures that a user can do something about. The engine
// passes some errors on as text alone.
func kindOf(err error) fault.Kind {
	is := func(cause error) bool { return errors.Is(err, cause) || strings.Contains(err.Error(), cause.Error()) }
	switch {
	case is(syscall.ENOSPC), is(syscall.EDQUOT):
		return fault.Full
	case is(fs.ErrPermission), is(syscall.EROFS), is(syscall.EACCES):
		return fault.Forbidden
	}
	return fault.KindOf(err)
}

// restAfterError names the engine's callback for errors of its background work.
// The engine tries again at once and for ever, which on a full disk keeps a
// core busy; the callback, which it waits for, slows it down. The error itself
// reaches the writer.
const restAfterError = "jixiao/rest"

var registerRest = sync.OnceFunc(func() {
	scorch.RegistryAsyncErrorCallbacks[restAfterError] = func(error, string) { time.Sleep(200 * time.Millisecond) }
})
