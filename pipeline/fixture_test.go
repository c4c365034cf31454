package pipeline_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jixiao/extractors"
	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/store"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// reader is a Reader that takes the text as it is. What a document says first
// decides what happens to it.
type reader struct {
	mu    sync.Mutex
	tries map[string]int // by text
}

func newReader() *reader { return &reader{tries: map[string]int{}} }

func (r *reader) Run(ctx context.Context, id schemas.DocID, in extractors.Input) (*layout.Doc, *record.Record, error) {
	b, err := io.ReadAll(io.NewSectionReader(in.Bytes, 0, in.Size))
	if err != nil {
		return nil, nil, err
	}
	text := string(b)
	r.mu.Lock()
	r.tries[text]++
	n := r.tries[text]
	r.mu.Unlock()
	switch word, _, _ := strings.Cut(text, " "); word {
	case "invalid":
		return nil, nil, fault.WithHint(fault.New(fault.Invalid, "the file is damaged"), "scan it again")
	case "internal":
		return nil, nil, fmt.Errorf("try %d", n)
	case "flaky":
		if n < 3 {
			return nil, nil, fmt.Errorf("try %d", n)
		}
	case "outage":
		if n < 3 {
			return nil, nil, fault.New(fault.Unavailable, "no child process could be started")
		}
	case "panic":
		panic("slice bounds out of range")
	case "hang":
		<-ctx.Done()
		return nil, nil, ctx.Err()
	}
	rec := &record.Record{ID: id, Schema: schemas.Version, State: record.Read, Title: text}
	if strings.HasPrefix(text, "scan") {
		rec.State = record.NeedsOCR
		rec.Gaps = []record.Gap{{Kind: record.GapNeedsOCR, Page: 2}}
	}
	return &layout.Doc{Text: text, Format: "text"}, rec, nil
}

func (r *reader) count(text string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tries[text]
}

// shelf is an index in memory, that keeps the rule about revisions.
type shelf struct {
	mu    sync.Mutex
	docs  map[schemas.DocID]*record.Document
	calls int
	err   error // what Index returns
}

func newShelf() *shelf { return &shelf{docs: map[schemas.DocID]*record.Document{}} }

func (s *shelf) Index(_ context.Context, docs ...*record.Document) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.err != nil {
		return s.err
	}
	for _, d := range docs {
		if strings.HasPrefix(d.Text, "unindexable") {
			return fault.New(fault.Invalid, "the index does not take it")
		}
	}
	for _, d := range docs {
		if old := s.docs[d.Record.ID]; old == nil || old.Revision < d.Revision {
			s.docs[d.Record.ID] = d
		}
	}
	return nil
}

func (s *shelf) Remove(_ context.Context, ids ...schemas.DocID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		delete(s.docs, id)
	}
	return nil
}

func (s *shelf) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

func (s *shelf) get(id schemas.DocID) *record.Document {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.docs[id]
}

// texts returns what can be found, sorted.
func (s *shelf) texts() (texts []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for d := range maps.Values(s.docs) {
		texts = append(texts, d.Text)
	}
	slices.Sort(texts)
	return texts
}

// A world is a pipeline with a real queue and a real store in a folder.
type world struct {
	*pipeline.Pipeline
	dir   string
	queue *queue.Queue
	store *store.Local
	read  *reader
	shelf *shelf
	stop  func()
}

func newWorld(t testing.TB) *world {
	w := &world{
		dir: t.TempDir(), read: newReader(), shelf: newShelf(),
		stop: func() {},
	}
	w.open(t)
	t.Cleanup(w.close)
	return w
}

func (w *world) open(t testing.TB) {
	t.Helper()
	var err error
	if w.store, err = store.OpenLocal(w.dir + "/store"); err != nil {
		t.Fatal(err)
	}
	if w.queue, err = queue.Open(t.Context(), queue.Options{Dir: w.dir + "/nats"}); err != nil {
		t.Fatal(err)
	}
	w.Pipeline = &pipeline.Pipeline{
		Store: w.store, States: w.queue, Publisher: w.queue, Indexer: w.shelf, Reader: w.read, Program: "test/1",
	}
}

func (w *world) close() {
	w.stop()
	_ = w.queue.Close()
	_ = w.store.Close()
}

// restart is a new process on the same folder.
func (w *world) restart(t testing.TB) {
	t.Helper()
	w.close()
	w.open(t)
}

// work runs the stages until stop or the end of the test.
func (w *world) work(t testing.TB) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := w.queue.Work(ctx, event.StageExtract, 4, 0, w.Extract); err != nil {
			t.Error(err)
		}
	})
	wg.Go(func() {
		if err := w.queue.WorkBatches(ctx, event.StageIndex, 100, 50*time.Millisecond, 0, w.IndexBatch); err != nil {
			t.Error(err)
		}
	})
	w.stop = sync.OnceFunc(func() { cancel(); wg.Wait() })
}

// sources yields documents by name and text.
func sources(pairs ...string) func(yield func(pipeline.Source) bool) {
	return func(yield func(pipeline.Source) bool) {
		for i := 0; i < len(pairs); i += 2 {
			text := pairs[i+1]
			if !yield(pipeline.Source{Name: pairs[i], Size: int64(len(text)), Open: opener(text)}) {
				return
			}
		}
	}
}

func opener(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

// counts is what a report adds up.
type counts struct{ Seen, New, Known, Failed, Skipped, Pending int }

func countsOf(r pipeline.Report) counts {
	return counts{r.Seen, r.New, r.Known, r.Failed, r.Skipped, r.Pending}
}

// load imports the sources with the workers running and wants counts.
func (w *world) load(t testing.TB, want counts, src func(func(pipeline.Source) bool)) pipeline.Report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	r, err := w.Import(ctx, src, pipeline.ImportOptions{Batch: "b"})
	if err != nil {
		t.Fatalf("import: %v; %+v", err, r)
	}
	if got := countsOf(r); got != want {
		t.Errorf("counts = %+v, want %+v; %+v", got, want, r.Failures)
	}
	return r
}

func (w *world) phase(t testing.TB, text string) event.State {
	t.Helper()
	st, err := w.queue.State(t.Context(), schemas.IDOf([]byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func input(text string) extractors.Input {
	return extractors.Input{Name: "x", Size: int64(len(text)), Bytes: strings.NewReader(text)}
}

// during is an index that something happens to right before documents reach it.
type during struct {
	pipeline.Indexer
	happens func()
}

func (d during) Index(ctx context.Context, docs ...*record.Document) error {
	d.happens()
	return d.Indexer.Index(ctx, docs...)
}

// putting is a store that something happens to right before a result reaches it.
type putting struct {
	pipeline.Store
	happens func()
}

func (p putting) PutResult(ctx context.Context, doc *layout.Doc, rec *record.Record) error {
	p.happens()
	return p.Store.PutResult(ctx, doc, rec)
}
