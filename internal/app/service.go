package app

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// A Service answers questions about one data folder. Node is one that owns the
// folder, Client one that asks the process that does. IDs may be given by any
// unique prefix.
type Service interface {
	Search(ctx context.Context, q search.Query) (search.Result, error)
	List(ctx context.Context, l search.Listing) iter.Seq2[search.Entry, error]
	// Details yields the documents of a Listing with their records.
	Details(ctx context.Context, l search.Listing) iter.Seq2[search.Detail, error]
	Show(ctx context.Context, id string) (search.Detail, error)
	// Original opens the bytes of a document.
	Original(ctx context.Context, id string) (io.ReadCloser, error)
	Status(ctx context.Context) (search.Status, error)
	// Failed yields the documents that were given up, oldest first.
	Failed(ctx context.Context) iter.Seq2[event.Failed, error]
	// Remove forgets documents; RemoveBatch what only that batch submitted.
	// They return the ids that are gone.
	Remove(ctx context.Context, ids ...string) ([]schemas.DocID, error)
	RemoveBatch(ctx context.Context, batch string) ([]schemas.DocID, error)
	// Retry tries failed documents again and returns those that failed again;
	// Drop takes them off the list of failures.
	Retry(ctx context.Context, ids ...schemas.DocID) ([]FailedAgain, error)
	Drop(ctx context.Context, ids ...schemas.DocID) error
	// Reprocess does documents again as far as the program has changed. The
	// answer is as far as it got also where there is an error.
	Reprocess(ctx context.Context, q search.Redo, progress func(search.Redone)) (search.Redone, error)
	// Backup writes every document to w, as package archive describes it.
	Backup(ctx context.Context, w io.Writer) error
	// Doctor looks for what nobody would ever work on.
	Doctor(ctx context.Context, mend bool) (Diagnosis, error)
	Close() error
}

// patience is how long Open waits for the owner of a folder to answer or to
// let go of it.
const patience = 3 * time.Second

// Open returns a Service for the folder of o: a started Node if nobody owns
// it, else a Client of the process that does. command names the asker in
// messages of others. A folder that does not exist or holds no documents is
// NotFound, and stays as it is: only import makes one.
//
// With the store on servers a Node without index does where there is no folder;
// with the index on others as well there never is one.
func Open(ctx context.Context, o Options, command string) (Service, error) {
	if o.cluster() {
		return Joined(ctx, o, command)
	}
	err := kept(o)
	if fault.KindOf(err) == fault.NotFound && o.remote() {
		return Joined(ctx, o, command)
	}
	if err != nil {
		return nil, err
	}
	var service Service
	err = await(ctx, func() error {
		n, err := started(ctx, o, command, asItIs)
		if err == nil {
			service = n
			return nil
		}
		if fault.KindOf(err) != fault.Conflict {
			return err
		}
		c, dialErr := Dial(ctx, o.Data)
		if dialErr != nil {
			return errors.Join(err, dialErr)
		}
		service = c
		return nil
	})
	return service, err
}

// Ask opens the folder of o, calls use, and closes it again. When the owner that
// was asked goes away before it answers, use is called once more with another
// Service; it has seen nothing of an answer by then.
func Ask(ctx context.Context, o Options, command string, use func(Service) error) error {
	for deadline := time.Now().Add(patience); ; {
		s, err := Open(ctx, o, command)
		if err != nil {
			return err
		}
		err = use(s)
		if closeErr := s.Close(); err == nil {
			err = closeErr
		}
		if !errors.Is(err, errGone) || time.Now().After(deadline) {
			return err
		}
	}
}

// Joined returns a Node that has no data folder; see Join.
func Joined(ctx context.Context, o Options, command string) (*Node, error) {
	n, err := New(o)
	if err != nil {
		return nil, err
	}
	if err := n.Join(ctx, command); err != nil {
		return nil, err
	}
	return n, nil
}

// An Importing takes files in: a Node, or a Client of the process that owns the
// folder and works on it.
type Importing interface {
	Import(ctx context.Context, files iter.Seq[Found], o ImportOptions) (Report, error)
	Close() error
}

// OpenImport returns what to import with: Importer's Node, or where a process
// owns the folder that takes documents, a Client of that one; Conflict if another
// process owns it.
func OpenImport(ctx context.Context, o Options) (Importing, error) {
	if o.remote() {
		return Importer(ctx, o)
	}
	var to Importing
	err := await(ctx, func() error {
		n, err := started(ctx, o, "import", asItIs)
		if err == nil {
			to = n
			return nil
		}
		if fault.KindOf(err) != fault.Conflict {
			return err
		}
		c, dialErr := Dial(ctx, o.Data)
		if dialErr != nil {
			return err // it may answer in a moment
		}
		welcome := c.welcome(ctx)
		switch {
		case welcome == nil:
			to = c
			return nil
		case fault.KindOf(welcome) == fault.Conflict, errors.Is(welcome, errGone):
			return errors.Join(err, c.Close())
		}
		return errors.Join(welcome, c.Close())
	})
	return to, err
}

// Importer returns a Node to import with: one that only submits where the store
// is on servers and others work, else the owner of the folder.
func Importer(ctx context.Context, o Options) (*Node, error) {
	if !o.remote() {
		return Own(ctx, o, "import")
	}
	n, err := Joined(ctx, o, "import")
	if err != nil {
		return nil, err
	}
	if err := n.rightImport(); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

// Rebuilder returns a Node that owns the folder and is there to Reindex: an
// index that is broken does not keep it from starting.
func Rebuilder(ctx context.Context, o Options) (*Node, error) {
	if o.cluster() {
		return own(ctx, o, "reindex", rebuilding)
	}
	err := kept(o)
	if err != nil && !(fault.KindOf(err) == fault.NotFound && o.remote()) { // there the index may be lost
		return nil, err
	}
	return own(ctx, o, "reindex", rebuilding)
}

func rebuilding(n *Node) { n.rebuild = true }

// Mover is Rebuilder for an index that is to be the one of the servers from then
// on, wherever theirs is now.
func Mover(ctx context.Context, o Options) (*Node, error) {
	if o.NATS == "" {
		return nil, usage("--move is for an index that others look for on NATS servers (--nats)")("leave --move out")
	}
	return own(ctx, o, "reindex", func(n *Node) { n.rebuild, n.moves = true, true })
}

// Own returns a started Node; Conflict if another process keeps the folder.
func Own(ctx context.Context, o Options, command string) (*Node, error) {
	return own(ctx, o, command, asItIs)
}

// own is Own of a Node that set has changed before it starts.
func own(ctx context.Context, o Options, command string, set func(*Node)) (*Node, error) {
	var node *Node
	err := await(ctx, func() (err error) {
		node, err = started(ctx, o, command, set)
		return err
	})
	return node, err
}

func asItIs(*Node) {}

// started tries once to start a Node that set has changed before.
func started(ctx context.Context, o Options, command string, set func(*Node)) (*Node, error) {
	n, err := New(o)
	if err != nil {
		return nil, err
	}
	set(n)
	if err := n.Start(ctx, command); err != nil {
		return nil, err
	}
	return n, nil
}

// await calls try until it succeeds, fails for another reason than Conflict,
// or patience is over.
func await(ctx context.Context, try func() error) error {
	deadline := time.Now().Add(patience)
	for {
		err := try()
		if fault.KindOf(err) != fault.Conflict || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
