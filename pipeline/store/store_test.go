package store_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/queue/natstest"
	"jixiao/pipeline/store"
	"jixiao/pipeline/store/storetest"
	"jixiao/schemas"
)

func TestMain(m *testing.M) {
	natstest.Main()
	if dir := os.Getenv("JIXIAO_TEST_OPEN_STORE"); dir != "" {
		_, err := store.OpenLocal(dir)
		fmt.Print(fault.KindOf(err), " ", err)
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func open(t testing.TB, dir string) *store.Local {
	t.Helper()
	l, err := store.OpenLocal(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func TestLocalExam(t *testing.T) {
	storetest.Run(t, func(t *testing.T) pipeline.Store { return open(t, t.TempDir()) })
}

func TestLocalSurvivesReopening(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	doc, rec := storetest.Result(5)
	big := bytes.Repeat([]byte("大"), 1<<20)
	for _, b := range [][]byte{[]byte("small"), big} {
		if _, _, err := l.PutOriginal(t.Context(), bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.PutResult(t.Context(), doc, rec); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	// What a killed process was writing is swept.
	left := filepath.Join(dir, "originals", ".writing-123")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir)
	if _, err := l.Record(t.Context(), rec.ID); err != nil {
		t.Error(err)
	}
	for _, b := range [][]byte{[]byte("small"), big} {
		r, n, err := l.Original(t.Context(), schemas.IDOf(b))
		if err != nil || n != int64(len(b)) {
			t.Fatalf("Original: %d, %v", n, err)
		}
		r.Close()
	}
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("the half-written file is still there: %v", err)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "JIXIAO_TEST_OPEN_STORE="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(out); !strings.HasPrefix(got, string(fault.Conflict)+" ") || !strings.Contains(got, dir) {
		t.Errorf("second process: %s", got)
	}
}

func TestFolderWithoutPermission(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("root and Windows may write anywhere; the scripts try it as another user")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := store.OpenLocal(filepath.Join(dir, "data"))
	if fault.KindOf(err) != fault.Forbidden || fault.HintOf(err) == "" {
		t.Errorf("OpenLocal = %v (%s), want forbidden with a hint", err, fault.KindOf(err))
	}
}

// BenchmarkPut stores originals and records of a 9 KB report as an import does.
func BenchmarkPut(b *testing.B) {
	l := open(b, b.TempDir())
	doc, rec := storetest.Result(6)
	doc.Text = strings.Repeat("二〇二三年度部门整体支出绩效自评报告，", 160)
	b.SetParallelism(4)
	start := time.Now()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			body := fmt.Sprint(time.Since(start), doc.Text)
			id, _, err := l.PutOriginal(b.Context(), strings.NewReader(body))
			if err != nil {
				b.Error(err)
				return
			}
			r := *rec
			r.ID = id
			if err := l.PutResult(b.Context(), doc, &r); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
