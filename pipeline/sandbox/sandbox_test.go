package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jixiao/internal/fault"
)

// envRole makes this test binary a child, or a parent to be killed.
const envRole = "SANDBOX_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(envRole) {
	case "child":
		pipe := os.Stdout
		err := Main(context.Background(), func(ctx context.Context, header, body []byte) ([]byte, error) {
			return misbehave(ctx, pipe, string(header), body)
		})
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(1)
	case "stillborn":
		fmt.Fprintln(os.Stderr, "no such flag")
		os.Exit(2)
	case "parent":
		beKilled()
	}
	goleak.VerifyTestMain(m)
}

var sink [][]byte

// misbehave is what the child does with a job.
func misbehave(ctx context.Context, stdout *os.File, what string, body []byte) ([]byte, error) {
	switch what {
	case "upper":
		return bytes.ToUpper(body), nil
	case "print":
		fmt.Println("a library that talks to stdout")
		return bytes.ToUpper(body), nil
	case "pid":
		return []byte(strconv.Itoa(os.Getpid())), nil
	case "refuse":
		return nil, fault.WithHint(fault.New(fault.Unsupported, "no PDF"), "bring one")
	case "overflow":
		return []byte(strconv.Itoa(deep(0))), nil
	case "panic":
		panic("the document says: secret")
	case "loop":
		for ctx != nil { //nolint:staticcheck // it must burn
		}
	case "allocate":
		grab(2 << 30)
	case "leak":
		for range 256 {
			grab(8 << 20)
			time.Sleep(time.Millisecond)
		}
	case "exit":
		os.Exit(7)
	case "garbage":
		stdout.WriteString(strings.Repeat("hello, I am a parser\n", 100))
		time.Sleep(time.Hour)
	case "silence":
		stdout.Close()
		time.Sleep(time.Hour)
	case "grandchild":
		cmd := exec.Command("sleep", "1000")
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		return []byte(strconv.Itoa(cmd.Process.Pid)), nil
	}
	return nil, nil
}

func deep(n int) int {
	var big [1024]int
	if n >= 0 { // always: it ends with the stack
		big[n%1024] = deep(n+1) + 1
	}
	return big[(n+1)%1024]
}

func grab(n int) {
	b := make([]byte, n)
	for i := 0; i < n; i += 4096 {
		b[i] = 1
	}
	sink = append(sink, b)
}

// newPool returns a pool of children of this test binary that ends with t.
func newPool(t testing.TB, o Options) *Pool {
	t.Helper()
	o.Env = append(o.Env, envRole+"=child")
	p := New(o)
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func do(t testing.TB, p *Pool, what, body string) (string, error) {
	t.Helper()
	out, err := p.Do(context.Background(), []byte(what), strings.NewReader(body), int64(len(body)))
	return string(out), err
}

func mustDo(t testing.TB, p *Pool, what, body string) string {
	t.Helper()
	out, err := do(t, p, what, body)
	if err != nil {
		t.Fatalf("%s: %v\n%s", what, err, Detail(err))
	}
	return out
}

func TestDo(t *testing.T) {
	p := newPool(t, Options{Size: 2})
	if got := mustDo(t, p, "upper", "report"); got != "REPORT" {
		t.Errorf("upper = %q", got)
	}
	if got := mustDo(t, p, "print", "stray words do no harm"); got != "STRAY WORDS DO NO HARM" {
		t.Errorf("print = %q", got)
	}
	if got := mustDo(t, p, "upper", ""); got != "" {
		t.Errorf("upper of nothing = %q", got)
	}
	large := strings.Repeat("x", 5<<20)
	if got := mustDo(t, p, "upper", large); len(got) != len(large) {
		t.Errorf("%d bytes came back, not %d", len(got), len(large))
	}
	_, err := do(t, p, "refuse", "x")
	if fault.KindOf(err) != fault.Unsupported || err.Error() != "no PDF" || fault.HintOf(err) != "bring one" || Detail(err) != "" {
		t.Errorf("refuse = %v of kind %q, hint %q, detail %q", err, fault.KindOf(err), fault.HintOf(err), Detail(err))
	}
	if a, b := mustDo(t, p, "pid", ""), mustDo(t, p, "pid", ""); a != b {
		t.Errorf("two jobs in a row went to two children, %s and %s", a, b)
	}
}

func TestHostileJobs(t *testing.T) {
	p := newPool(t, Options{Size: 2, Timeout: 3 * time.Second, Memory: 256 << 20})
	tests := map[string]struct {
		kind    fault.Kind
		message string
	}{
		"overflow": {fault.Invalid, "stack overflow"},
		"panic":    {fault.Invalid, "crashed on the document"},
		"loop":     {fault.Timeout, "did not finish within 3s"},
		"exit":     {fault.Invalid, "crashed on the document: exit status 7"},
		"garbage":  {fault.Invalid, "garbage"},
		"silence":  {fault.Invalid, "garbage"},
	}
	if runtime.GOOS == "linux" {
		tests["allocate"] = struct {
			kind    fault.Kind
			message string
		}{fault.Invalid, "ran out of memory (limit 256 MiB)"}
		tests["leak"] = tests["allocate"]
	}
	for what, tt := range tests {
		t.Run(what, func(t *testing.T) {
			others := make(chan error, 1)
			go func() { // another child works all the while
				var err error
				for range 20 {
					var got string
					if got, err = do(t, p, "upper", "on"); err != nil || got != "ON" {
						err = fmt.Errorf("another job gave %q, %w", got, err)
						break
					}
				}
				others <- err
			}()
			_, err := do(t, p, what, "the document")
			if fault.KindOf(err) != tt.kind || !strings.Contains(fmt.Sprint(err), tt.message) {
				t.Errorf("error %v of kind %q, want %q of kind %q\n%s", err, fault.KindOf(err), tt.message, tt.kind, Detail(err))
			}
			if strings.Contains(fmt.Sprint(err), "secret") {
				t.Errorf("the message quotes the document: %v", err)
			}
			if Detail(err) == "" {
				t.Error("no detail on how the child ended")
			}
			if err := <-others; err != nil {
				t.Error(err)
			}
			if got := mustDo(t, p, "upper", "next"); got != "NEXT" {
				t.Errorf("the next job = %q", got)
			}
		})
	}
}

func TestDetailKeepsTheTrace(t *testing.T) {
	p := newPool(t, Options{Size: 1})
	_, err := do(t, p, "panic", "")
	if !strings.Contains(Detail(err), "misbehave") || len(Detail(err)) > 2*(headSize+tailSize) {
		t.Errorf("detail of %d bytes: %s", len(Detail(err)), Detail(err))
	}
}

func TestCallerGivesUp(t *testing.T) {
	p := newPool(t, Options{Size: 1})
	mustDo(t, p, "upper", "warm")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := p.Do(ctx, []byte("loop"), strings.NewReader(""), 0)
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 5*time.Second {
		t.Errorf("after %v: %v", time.Since(start), err)
	}
	if _, err := p.Do(ctx, []byte("upper"), strings.NewReader(""), 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a job for a caller that is gone: %v", err)
	}
	mustDo(t, p, "upper", "next")
}

func TestUnreadableBody(t *testing.T) {
	p := newPool(t, Options{Size: 1})
	for name, body := range map[string]io.Reader{
		"broken": io.MultiReader(strings.NewReader("half"), brokenReader{}),
		"short":  strings.NewReader("half"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := p.Do(t.Context(), []byte("upper"), body, 10)
			if fault.KindOf(err) != fault.Unavailable {
				t.Errorf("%v of kind %q, want unavailable: it is not the document's fault", err, fault.KindOf(err))
			}
		})
	}
	mustDo(t, p, "upper", "next")
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("input/output error") }

func TestNoChildToBeHad(t *testing.T) {
	for name, o := range map[string]Options{
		"missing":   {Program: "/nonexistent/jixiao"},
		"stillborn": {Env: []string{envRole + "=stillborn"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := New(o)
			defer p.Close()
			_, err := p.Do(t.Context(), nil, strings.NewReader(""), 0)
			if fault.KindOf(err) != fault.Unavailable || fault.HintOf(err) == "" {
				t.Errorf("%v of kind %q", err, fault.KindOf(err))
			}
			if name == "stillborn" && !strings.Contains(Detail(err), "no such flag") {
				t.Errorf("detail %q", Detail(err))
			}
		})
	}
}

func TestRecycling(t *testing.T) {
	p := newPool(t, Options{Size: 1, RecycleJobs: 3})
	pids := map[string]int{}
	for range 7 {
		pids[mustDo(t, p, "pid", "")]++
	}
	if len(pids) != 3 {
		t.Errorf("seven jobs of children that do three each took %d children: %v", len(pids), pids)
	}
}

func TestChildrenAtMost(t *testing.T) {
	p := newPool(t, Options{Size: 2})
	var mu sync.Mutex
	var wg sync.WaitGroup
	pids := map[string]bool{}
	for range 12 {
		wg.Go(func() {
			pid := mustDo(t, p, "pid", "")
			mu.Lock()
			pids[pid] = true
			mu.Unlock()
		})
	}
	wg.Wait()
	if len(pids) > 2 {
		t.Errorf("%d children, want two at most", len(pids))
	}
}

func TestClose(t *testing.T) {
	p := newPool(t, Options{Size: 2})
	pid, _ := strconv.Atoi(mustDo(t, p, "pid", ""))
	if err := errors.Join(p.Close(), p.Close()); err != nil {
		t.Fatal(err)
	}
	if exists(pid) {
		t.Errorf("child %d is still there", pid)
	}
	if _, err := do(t, p, "upper", "x"); fault.KindOf(err) != fault.Canceled {
		t.Errorf("a job for a closed pool: %v", err)
	}
}

func TestCloseOfUnusedPool(t *testing.T) {
	if err := New(Options{}).Close(); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkDo(b *testing.B) {
	p := newPool(b, Options{Size: 1})
	body := strings.Repeat("x", 200<<10)
	mustDo(b, p, "upper", body)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		mustDo(b, p, "upper", body)
	}
}
