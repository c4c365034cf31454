package bleve_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// killDir is set in the child that TestKill kills: the folder to write to.
const killDir = "JIXIAO_TEST_KILL_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		writeForEver(dir)
	}
	goleak.VerifyTestMain(m)
}

func document(n int) *record.Document {
	text := fmt.Sprintf("第%d号报告的预算编制", n)
	return &record.Document{
		Record:   &record.Record{ID: schemas.IDOf([]byte(text)), State: record.Read, Fields: []record.Field{{Key: "problems", Value: record.Text(text)}}},
		Text:     text,
		Revision: 1,
	}
}

// writeForEver puts one document after another, replacing earlier ones now and
// then, and prints the number of each when it is durable.
func writeForEver(dir string) {
	x, err := bleve.Open(dir)
	if err != nil {
		fmt.Println("open:", err)
		os.Exit(1)
	}
	s := &index.Service{Backend: x}
	start, _ := strconv.Atoi(os.Getenv(killDir + "_START"))
	for n := start; ; n++ {
		again := document(n - n%7)
		again.Revision = uint64(n + 2)
		if err := s.Index(context.Background(), document(n), again); err != nil {
			fmt.Println("index:", err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

// TestKill kills a writer at any moment, again and again on the same folder:
// the index opens, and what was said to be durable is there, whole.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	written := 0
	for round := range 4 {
		written = killedWriter(t, dir, written, time.Duration(150+round*130)*time.Millisecond)
		x, err := bleve.Open(dir)
		if err != nil {
			t.Fatalf("round %d, %d written: %v", round, written, err)
		}
		s := &index.Service{Backend: x}
		checkWritten(t, s, written)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if written < 10 {
		t.Errorf("only %d documents were written before the kills: nothing is shown", written)
	}
}

// killedWriter starts a writer at document number from, kills it after it has
// been busy for a while, and returns the number behind the last durable one.
func killedWriter(t *testing.T, dir string, from int, busy time.Duration) int {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), killDir+"="+dir, fmt.Sprintf("%s_START=%d", killDir, from))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var kill *time.Timer
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Errorf("writer: %s", lines.Text())
			break
		}
		from = n + 1
		if kill == nil {
			kill = time.AfterFunc(busy, func() { _ = c.Process.Kill() })
			defer kill.Stop()
		}
	}
	_ = c.Process.Kill()
	_ = c.Wait() // it was killed
	return from
}

func checkWritten(t *testing.T, s *index.Service, written int) {
	t.Helper()
	revs := map[schemas.DocID]uint64{}
	for r, err := range s.Revisions(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		revs[r.ID] = r.Revision
	}
	for n := range written {
		if revs[document(n).Record.ID] == 0 {
			t.Errorf("document %d was durable and is lost", n)
		}
	}
	docs, err := s.Search(context.Background(), search.Query{Text: "预算编制"})
	if err != nil {
		t.Fatal(err)
	}
	items, err := s.Search(context.Background(), search.Query{Text: "预算编制", In: search.InProblems})
	if err != nil {
		t.Fatal(err)
	}
	if docs.Total != len(revs) || items.Total != len(revs) {
		t.Errorf("%d documents, %d of them found, %d items", len(revs), docs.Total, items.Total)
	}
}

func TestReopen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "index")
	for round := range 3 {
		x, err := bleve.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		s := &index.Service{Backend: x}
		checkWritten(t, s, round)
		if err := s.Index(context.Background(), document(round)); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("second Close: %v", err)
		}
		if err := s.Index(context.Background(), document(9)); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("Index after Close: %v", err)
		}
	}
}

func TestOpenTwice(t *testing.T) {
	dir := t.TempDir()
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	_, err = bleve.Open(dir)
	if fault.KindOf(err) != fault.Conflict || fault.HintOf(err) == "" {
		t.Errorf("second Open: %v of kind %q", err, fault.KindOf(err))
	}
}

func TestOpenDamaged(t *testing.T) {
	dir := t.TempDir()
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&index.Service{Backend: x}).Index(context.Background(), document(1)); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "v*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, f := range files {
		if err := os.WriteFile(f, []byte("nonsense"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err = bleve.Open(dir)
	if err == nil || !strings.Contains(fault.HintOf(err), "reindex") {
		t.Errorf("error %v with hint %q does not lead to a rebuild", err, fault.HintOf(err))
	}
}

// TestDiskFull fills a small file system, which only root can mount, and makes
// room again: what was durable stays, and writing goes on.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).Run(); err != nil {
		t.Skip("mounting a small tmpfs needs root: ", err)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	x, err := bleve.Open(filepath.Join(dir, "index"))
	if err != nil {
		t.Fatal(err)
	}
	s := &index.Service{Backend: x}
	defer s.Close()
	written := 0
	for ; written < 500 && err == nil; written++ {
		err = s.Index(context.Background(), big(written))
	}
	written-- // the last one failed
	if fault.KindOf(err) != fault.Full {
		t.Fatalf("error %v of kind %q, want %q", err, fault.KindOf(err), fault.Full)
	}
	checkWritten(t, s, written)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := s.Index(context.Background(), big(written)); err != nil {
		t.Fatalf("Index with room again: %v", err)
	}
	checkWritten(t, s, written+1)
}

// big returns document n with more text.
func big(n int) *record.Document {
	d := document(n)
	d.Text += strings.Repeat(fmt.Sprintf("填充%d", n), 2000)
	return d
}
