package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/internal/sample"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// served is a process that serves a folder of its own.
func served(t *testing.T, change func(*Options)) (running, Options) {
	t.Helper()
	o := DefaultOptions()
	o.Data, o.Workers, o.Drain = filepath.Join(t.TempDir(), "d"), 2, 5*time.Second
	change(&o)
	r := serving(t, o)
	r.stop = sync.OnceValue(r.stop)
	t.Cleanup(func() {
		if err := r.stop(); err != nil && fault.KindOf(err) != fault.Canceled {
			t.Error(err)
		}
	})
	return r, o
}

func asServed(*Options) {}

// guest is an import into a folder that is served.
func guest(t *testing.T, o Options) *Client {
	t.Helper()
	to, err := OpenImport(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := to.Close(); err != nil {
			t.Error(err)
		}
	})
	c, ok := to.(*Client)
	if !ok {
		t.Fatalf("the folder has two owners: %T", to)
	}
	return c
}

// wholly imports paths and checks that the account adds up.
func wholly(t *testing.T, to Importing, o Options, paths ...string) Report {
	t.Helper()
	r, err := to.Import(t.Context(), Walk(t.Context(), o.Data, paths...), ImportOptions{Batch: "b"})
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, r)
	return r
}

func addsUp(t *testing.T, r Report) {
	t.Helper()
	if r.Seen != r.New+r.Known+r.Failed+r.Skipped+r.Pending {
		t.Errorf("the report does not add up: %+v", r)
	}
}

// odd writes what does not go well: nothing, what is no report, what is too large
// for a limit of 1 MiB, a copy, a name that is no UTF-8 where there are such.
func odd(t *testing.T, dir string) {
	t.Helper()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil && name != "\xd0\xc5.txt" {
			t.Fatal(err)
		}
	}
	write("empty.txt", "")
	write("broken.pdf", "%PDF-1.7\nthis is not the rest of a PDF")
	write("letter.txt", "今天天气很好。\n")
	write("large.txt", strings.Repeat("很大的文件\n", 1<<20))
	write("copy.txt", sample.Report(1, 4<<10))
	write("again.txt", sample.Report(1, 4<<10))
	write("photo.jpg", "no report")
	write("\xd0\xc5.txt", sample.Report(2, 4<<10))
}

// An import says the same whether it works itself or asks the one who does.
func TestImportBesideServeSaysTheSame(t *testing.T) {
	in := reports(t, 20)
	odd(t, in)
	small := func(o *Options) { o.MaxBytes = 1 << 20 }
	_, o := served(t, small)
	c := guest(t, o)
	own := o
	own.Data = filepath.Join(t.TempDir(), "own")
	n := owned(t, own)
	gone := filepath.Join(in, "gone.txt")
	for _, pass := range []string{"first", "second"} {
		want, got := wholly(t, n, own, in, gone), wholly(t, c, o, in, gone)
		if want.Failed != 4 || want.Seen < 28 {
			t.Errorf("%s: %+v", pass, want)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-itself +guest):\n%s", pass, d)
		}
	}
	names := func(s Service) (out []string) {
		for _, e := range collectAll(t, s.List(t.Context(), search.Listing{})) {
			which := slices.Sorted(slices.Values(e.Names)) // several are submitted at the same time
			out = append(out, fmt.Sprintf("%s %s %q %q", e.ID, e.State, which, e.Batches))
		}
		return out
	}
	if d := cmp.Diff(names(n), names(c), cmpopts.SortSlices(strings.Compare)); d != "" {
		t.Errorf("list (-itself +guest):\n%s", d)
	}
}

// Several import at the same time, the same files too: each account is right, and
// one of them brought each document.
func TestManyImportsBesideServe(t *testing.T) {
	r, o := served(t, asServed)
	in := reports(t, 30)
	counted := make(chan Report, 4)
	var g errgroup.Group
	for range cap(counted) {
		c := guest(t, o)
		g.Go(func() error {
			r, err := c.Import(t.Context(), Walk(t.Context(), o.Data, in), ImportOptions{})
			counted <- r
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for range cap(counted) {
		if r := <-counted; r.Seen != 30 || r.New+r.Known != 30 {
			t.Errorf("%+v", r)
		}
	}
	s, err := r.node.Status(t.Context())
	if err != nil || s.Total != 30 || s.Documents["read"] != 30 || s.Index.Behind != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

// Who does not stay to work takes nothing, and is named.
func TestImportBesideOthersIsRefused(t *testing.T) {
	n, o := testNode(t, filepath.Join(t.TempDir(), "d"))
	importInto(t, n, reports(t, 1)) // workers, but for this import
	_, err := OpenImport(t.Context(), o)
	if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "jixiao test") || fault.HintOf(err) == "" {
		t.Errorf("OpenImport = %v", err)
	}
	c, err := Dial(t.Context(), o.Data)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Take(t.Context(), pipeline.Offer{Name: "x"}, strings.NewReader("x")); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("Take = %v", err)
	}
	if s, err := n.Status(t.Context()); err != nil || s.Total != 1 {
		t.Errorf("%+v, %v", s, err)
	}
}

// half sends the first half of a document, as a process does that ends there.
func half(t *testing.T, o Options, size int) net.Conn {
	t.Helper()
	owner, err := readOwner(o.Data)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("unix", owner.Socket)
	if err != nil {
		t.Fatal(err)
	}
	text := sample.Report(7, size)
	_, err = fmt.Fprintf(conn, "POST /submit?name=half&batch=&size=%d HTTP/1.1\r\nHost: owner\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n",
		2*len(text), len(text), text)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// stored counts the originals that are files of their own, begun ones too.
func stored(t *testing.T, o Options) (n int) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(o.Data, storeDir, "originals"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Half of a document is nothing, and the owner goes on as if it had not been sent.
func TestGuestThatEndsInTheMiddle(t *testing.T) {
	r, o := served(t, asServed)
	for _, size := range []int{1 << 10, 300 << 10} {
		for range 20 {
			conn := half(t, o, size)
			if err := conn.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	eventually(t, "what was begun is removed", func() bool { return stored(t, o) == 0 })
	if s, err := r.node.Status(t.Context()); err != nil || s.Total != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := r.node.Ready(t.Context()); err != nil {
		t.Errorf("Ready = %v", err)
	}
	if r := wholly(t, guest(t, o), o, reports(t, 5)); r.New != 5 {
		t.Errorf("%+v", r)
	}
}

// impatient serves the intake of n with another wait, and tells when an answer is over.
func impatient(t *testing.T, n *Node, wait time.Duration) (c *Client, ended <-chan struct{}) {
	t.Helper()
	d, mux, over := newIntake(n), http.NewServeMux(), make(chan struct{}, 1)
	d.wait = wait
	d.routes(mux)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r)
		over <- struct{}{}
	}))
	t.Cleanup(s.Close)
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", s.Listener.Addr().String())
	}
	c = &Client{http: &http.Client{Transport: &http.Transport{DialContext: dial}}}
	t.Cleanup(func() { _ = c.Close() }) // never fails
	return c, over
}

// waiting is a reader that comes to its end after a while.
type waiting time.Duration

func (w waiting) Read([]byte) (int, error) {
	time.Sleep(time.Duration(w))
	return 0, io.EOF
}

// One that is silent in the middle of a document is told so after a while; an
// import tries such a document again.
func TestGuestThatIsSilent(t *testing.T) {
	r, _ := served(t, asServed)
	c, _ := impatient(t, r.node, 100*time.Millisecond)
	slow := io.MultiReader(strings.NewReader("x"), waiting(time.Second), strings.NewReader("y"))
	if _, err := c.Take(t.Context(), pipeline.Offer{Name: "slow"}, slow); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "nothing came for") {
		t.Errorf("Take = %v", err)
	}
	if s, err := r.node.Status(t.Context()); err != nil || s.Total != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

// One that does not listen to what it asked to hear is forgotten.
func TestGuestThatDoesNotListen(t *testing.T) {
	r, o := served(t, asServed)
	c, ended := impatient(t, r.node, 300*time.Millisecond)
	body, err := c.post(t.Context(), "watch", struct{}{}) // nobody reads it
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	long := strings.Repeat("原因", 20_000)
	for i := range 400 {
		id := schemas.IDOf(fmt.Append(nil, i))
		st := event.State{ID: id, Phase: event.PhaseFailed, Fault: &event.Fault{Kind: "invalid", Message: long}}
		if _, err := r.node.queue.PutState(t.Context(), st); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatal("it is still told")
	}
	if r := wholly(t, guest(t, o), o, reports(t, 3)); r.New != 3 {
		t.Errorf("%+v", r)
	}
}

// An owner that ends leaves an import an account that adds up, and a reason.
func TestOwnerOfAnImportEnds(t *testing.T) {
	r, o := served(t, asServed)
	c := guest(t, o)
	in := reports(t, 300)
	var ending errgroup.Group
	begun := false
	report, err := c.Import(t.Context(), Walk(t.Context(), o.Data, in), ImportOptions{Progress: func(got Report) {
		if got.Bytes > 0 && !begun {
			begun = true
			ending.Go(r.stop)
		}
	}})
	addsUp(t, report)
	if !errors.Is(err, errCut) || report.Failed != 0 || report.Seen >= 300 && report.Pending == 0 {
		t.Errorf("%v, %+v", err, report)
	}
	if err := ending.Wait(); err != nil {
		t.Error(err)
	}
	again := owned(t, o)
	if r := importInto(t, again, in); r.New+r.Known != 300 {
		t.Errorf("%+v", r)
	}
}

// Nobody but the user can open the socket, whatever the folder allows.
func TestSocketIsPrivate(t *testing.T) {
	for name, data := range map[string]string{
		"short_path": filepath.Join(t.TempDir(), "d"),
		"long_path":  filepath.Join(t.TempDir(), strings.Repeat("b", 120)),
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.Mkdir(data, 0o755); err != nil {
				t.Fatal(err)
			}
			_, o := testNode(t, data)
			owner, err := readOwner(o.Data)
			if err != nil {
				t.Fatal(err)
			}
			if info := must(os.Stat(owner.Socket))(t); info.Mode().Perm() != 0o600 {
				t.Errorf("the socket is %v", info.Mode())
			}
			if info := must(os.Stat(filepath.Dir(owner.Socket)))(t); name == "long_path" && info.Mode().Perm() != 0o700 {
				t.Errorf("its folder is %v", info.Mode())
			}
		})
	}
}
