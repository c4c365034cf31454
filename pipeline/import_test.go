package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

func TestImport(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	all := func(yield func(pipeline.Source) bool) {
		sources("a.txt", "report a", "b.txt", "report b", "copy of a.txt", "report a", "broken.pdf", "invalid", "broken too.pdf", "invalid",
			"scan.pdf", "scan of a page", "bug.txt", "panic at once")(yield)
		for _, s := range []pipeline.Source{
			{Name: ".hidden", Skip: "hidden"},
			{Name: "locked", Err: fault.Mark(fault.Forbidden, fs.ErrPermission)},
			{Name: "gone.txt", Open: func() (io.ReadCloser, error) { return nil, fault.Mark(fault.NotFound, fs.ErrNotExist) }},
		} {
			if !yield(s) {
				return
			}
		}
	}
	r := w.load(t, counts{Seen: 10, New: 3, Known: 1, Failed: 5, Skipped: 1}, all)
	var failures []string
	for _, f := range r.Failures {
		failures = append(failures, fmt.Sprintf("%s: %s: %s (%s)", f.Name, f.Kind, f.Message, f.Hint))
	}
	want := []string{
		"broken too.pdf: invalid: the file is damaged (scan it again)",
		"broken.pdf: invalid: the file is damaged (scan it again)",
		"bug.txt: internal: the program panicked: slice bounds out of range (this is a bug: report it with the document, and retry after an update)",
		"gone.txt: not_found: file does not exist ()",
		"locked: forbidden: permission denied ()",
	}
	if d := cmp.Diff(want, failures); d != "" {
		t.Errorf("failures (-want +got):\n%s", d)
	}
	ocr := []pipeline.NeedsOCR{{Name: "scan.pdf", ID: schemas.IDOf([]byte("scan of a page")), Pages: []int{2}}}
	if d := cmp.Diff(ocr, r.NeedsOCR); d != "" {
		t.Errorf("needs OCR (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"report a", "report b", "scan of a page"}, w.shelf.texts()); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
	if names := w.shelf.get(schemas.IDOf([]byte("report a"))).Submissions; len(names) != 2 {
		t.Errorf("the index knows the names %v, want both", names)
	}

	// The same again changes nothing and says so, also in a new process.
	before := map[string]event.State{}
	for _, text := range []string{"report a", "report b", "scan of a page", "invalid"} {
		before[text] = w.phase(t, text)
	}
	w.restart(t)
	w.work(t)
	w.load(t, counts{Seen: 10, Known: 4, Failed: 5, Skipped: 1}, all)
	for text, was := range before {
		if d := cmp.Diff(was, w.phase(t, text)); d != "" {
			t.Errorf("state of %q (-before +after):\n%s", text, d)
		}
		if n := w.read.count(text); n != 1 {
			t.Errorf("%q was read %d times, want once", text, n)
		}
	}
}

func TestImportUnderNewName(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	w.load(t, counts{Seen: 1, New: 1}, sources("a.txt", "report"))
	was := w.phase(t, "report")
	w.load(t, counts{Seen: 1, Known: 1}, sources("b.txt", "report"))
	now := w.phase(t, "report")
	if now.Phase != event.PhaseIndexed || now.Revision <= was.Revision || len(now.Submissions) != 2 {
		t.Errorf("state %+v, was %+v", now, was)
	}
	if d := w.shelf.get(now.ID); d.Revision != now.Revision || len(d.Submissions) != 2 {
		t.Errorf("indexed at %d with %v", d.Revision, d.Submissions)
	}
	if n := w.read.count("report"); n != 1 {
		t.Errorf("read %d times, want once", n)
	}
}

func TestNameInAnotherEncoding(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	gbk := "\xd7\xd4\xc6\xc0.txt" // 自评.txt
	w.load(t, counts{Seen: 1, New: 1}, sources(gbk, "report"))
	was := w.phase(t, "report")
	w.load(t, counts{Seen: 1, Known: 1}, sources(gbk, "report"))
	if d := cmp.Diff(was, w.phase(t, "report")); d != "" {
		t.Errorf("the second import changed the state (-before +after):\n%s", d)
	}
	w.load(t, counts{Seen: 1, Failed: 1}, sources(strings.Repeat("长", 4000), "report"))
}

func TestAnotherProgramReadsAgain(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	w.load(t, counts{Seen: 2, New: 1, Failed: 1}, sources("a.txt", "report", "b.txt", "invalid"))
	w.stop()
	w.Program = "test/2"
	w.work(t)
	w.load(t, counts{Seen: 2, New: 1, Failed: 1}, sources("a.txt", "report", "b.txt", "invalid"))
	if a, b := w.read.count("report"), w.read.count("invalid"); a != 2 || b != 2 {
		t.Errorf("read %d and %d times, want twice", a, b)
	}
	if st := w.phase(t, "report"); st.Revision != 2 || st.Program != "test/2" {
		t.Errorf("state %+v", st)
	}
}

// after is a progress of an import that calls do when so many bytes were read.
func after(bytes int64, do func()) func(pipeline.Report) {
	return func(r pipeline.Report) {
		if r.Bytes == bytes {
			do()
		}
	}
}

func TestImportIsInterrupted(t *testing.T) {
	w := newWorld(t) // nobody works
	ctx, cancel := context.WithCancel(t.Context())
	r, err := w.Import(ctx, sources("a", "report a", "b", "report b", "c", "report c"), pipeline.ImportOptions{Progress: after(24, cancel)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Import = %v, want canceled", err)
	}
	if got, want := countsOf(r), (counts{Seen: 3, Pending: 3}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
	w.restart(t)
	n, err := w.Recover(t.Context())
	if err != nil || n != 0 {
		t.Errorf("Recover = %d, %v; all messages are there", n, err)
	}
	w.work(t)
	w.load(t, counts{Seen: 3, New: 3}, sources("a", "report a", "b", "report b", "c", "report c"))
}

func TestStoppedImportSaysWhatTheStatesSay(t *testing.T) {
	w := newWorld(t) // nobody works until the import is stopped
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	drained := 0
	r, err := w.Import(ctx, sources("a", "report a", "b", "report b", "c", "report c", "bad", "invalid c"), pipeline.ImportOptions{
		Progress: after(33, cancel),
		Drain: func() { // what was in hand when the import was stopped
			drained++
			w.work(t)
			for _, text := range []string{"report a", "report b", "report c", "invalid c"} {
				eventually(t, text, func() bool { return w.phase(t, text).Phase.Final() })
			}
			w.stop()
		},
	})
	if !errors.Is(err, context.Canceled) || drained != 1 {
		t.Errorf("Import = %v, drained %d times; want canceled, once", err, drained)
	}
	if got, want := countsOf(r), (counts{Seen: 4, New: 3, Failed: 1}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

// What a stopped import never submitted is not seen: it has no state that
// could be pending.
func TestStoppedImportSeesWhatItSubmitted(t *testing.T) {
	w := newWorld(t) // nobody works
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := w.Import(ctx, sources("a", "report a", "b", "report b", "c", "report c", "d", "report d"), pipeline.ImportOptions{
		MaxOpen:  2,
		Progress: after(16, cancel),
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Import = %v, want canceled", err)
	}
	if got, want := countsOf(r), (counts{Seen: 2, Pending: 2}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

// What is larger than anything that is read is refused before it is stored,
// whether its size is known or not.
func TestImportRefusesWhatIsTooLarge(t *testing.T) {
	w := newWorld(t)
	w.MaxBytes = 200 << 10
	w.work(t)
	large, fits := strings.Repeat("r", 200<<10+1), strings.Repeat("r", 200<<10)
	opened := 0
	open := func(text string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { opened++; return opener(text)() }
	}
	r := w.load(t, counts{Seen: 3, New: 1, Failed: 2}, func(yield func(pipeline.Source) bool) {
		_ = yield(pipeline.Source{Name: "known", Size: int64(len(large)), Open: open(large)}) &&
			yield(pipeline.Source{Name: "unknown", Open: open(large)}) &&
			yield(pipeline.Source{Name: "fits", Size: int64(len(fits)), Open: opener(fits)})
	})
	for _, f := range r.Failures {
		if f.Kind != string(fault.TooLarge) || f.Hint == "" {
			t.Errorf("failure %+v, want too large with a hint", f)
		}
	}
	if _, _, err := w.store.Original(t.Context(), schemas.IDOf([]byte(large))); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the large document was stored: %v", err)
	}
	if opened != 1 {
		t.Errorf("opened %d times, want once: where the size is known nothing is read", opened)
	}
}

func TestImportBounds(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	var pairs []string
	for i := range 60 {
		pairs = append(pairs, fmt.Sprint(i, ".txt"), fmt.Sprint("report ", i))
	}
	r, err := w.Import(t.Context(), sources(pairs...), pipeline.ImportOptions{MaxOpen: 3, MaxBytes: 5, Parallel: 4})
	if err != nil || r.New != 60 {
		t.Errorf("Import = %+v, %v", r, err)
	}
}

func TestIndexIsDown(t *testing.T) {
	w := newWorld(t)
	w.shelf.fail(fault.New(fault.Unavailable, "connection refused"))
	w.work(t)
	done := make(chan pipeline.Report, 1)
	go func() {
		r, err := w.Import(t.Context(), sources("a", "report a", "b", "report b"), pipeline.ImportOptions{})
		if err != nil {
			t.Error(err)
		}
		done <- r
	}()
	eventually(t, "the trouble is known", func() bool { return w.Trouble(t.Context()) != nil })
	time.Sleep(1200 * time.Millisecond) // one delivery more
	if st := w.phase(t, "report a"); st.Phase != event.PhaseExtracted || len(st.Attempts) != 0 {
		t.Errorf("state while the index is down: %+v", st)
	}
	w.shelf.fail(nil)
	if r := <-done; r.New != 2 {
		t.Errorf("report %+v", r)
	}
	// The import hears of the state before its writer does.
	eventually(t, "the trouble is over", func() bool { return w.Trouble(t.Context()) == nil })
	if st := w.phase(t, "report a"); st.Fault != nil {
		t.Errorf("fault that is over: %+v", st.Fault)
	}
}

func TestFullDiskEndsImport(t *testing.T) {
	w := newWorld(t)
	w.shelf.fail(fault.New(fault.Full, "no space left on device"))
	w.work(t)
	r, err := w.Import(t.Context(), sources("a", "report a"), pipeline.ImportOptions{})
	if fault.KindOf(err) != fault.Full || r.Pending != 1 {
		t.Errorf("Import = %+v, %v; want it to stop because the disk is full", r, err)
	}
}
