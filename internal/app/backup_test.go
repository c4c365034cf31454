package app

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/internal/sample"
	"jixiao/pipeline/archive"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Bytes that were lost or damaged in the store, and a record that does not stand
// in its text, do not keep all else from being backed up.
func TestBackupOfADamagedStore(t *testing.T) {
	n, o := testNode(t, filepath.Join(t.TempDir(), "d"))
	in := reports(t, 3)
	texts := map[string]string{}
	for i, name := range []string{"lost.txt", "damaged.txt"} { // large enough for files of their own
		texts[name] = sample.Report(uint64(100+i), 200<<10)
		if err := os.WriteFile(filepath.Join(in, name), []byte(texts[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	importInto(t, n, in)
	blob := func(name string) string {
		id := schemas.IDOf([]byte(texts[name]))
		return filepath.Join(o.Data, storeDir, "originals", string(id[:2]), string(id))
	}
	if err := errors.Join(os.Remove(blob("lost.txt")), os.WriteFile(blob("damaged.txt"), []byte("other bytes"), 0o600)); err != nil {
		t.Fatal(err)
	}
	odd := schemas.IDOf(readFile(t, filepath.Join(in, "report-00000.txt")))
	spoilRecord(t, n, odd)

	path := filepath.Join(t.TempDir(), "b")
	m, err := WriteBackup(t.Context(), path, func(w io.Writer) error { return n.Backup(t.Context(), w) })
	if err != nil || m.Counts.Documents != 5 || m.Counts.Originals != 3 || m.Counts.Records != 4 || m.Counts.States["arrived"] != 1 {
		t.Fatalf("backup: %+v, %v", m.Counts, err)
	}
	to := o
	to.Data = filepath.Join(t.TempDir(), "r")
	if r, err := Restore(t.Context(), to, path, RestoreOptions{}); err != nil || r.Restored != 5 || r.Pending != 0 {
		t.Fatalf("restore: %+v, %v", r, err)
	}
	back := owned(t, to)
	if err := back.Work(t.Context()); err != nil { // takes up what is to be read again
		t.Fatal(err)
	}
	st, err := back.final(t.Context(), odd)
	if err != nil || st.Record != record.Read {
		t.Errorf("the odd one became %+v, %v", st, err)
	}
	s, err := back.Status(t.Context())
	if err != nil || s.Documents["read"] != 5 || s.Index.Behind != 0 {
		t.Errorf("status %+v, %v", s, err)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// spoilRecord stores a record that quotes what is not in its text.
func spoilRecord(t *testing.T, n *Node, id schemas.DocID) {
	t.Helper()
	rec, err := n.store.Record(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var doc *layout.Doc
	if doc, err = n.store.Layout(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	rec.Fields[0].Evidence[0].Quote += "!"
	if err := n.store.PutResult(t.Context(), doc, rec); err != nil {
		t.Fatal(err)
	}
}

// A backup that cannot be written whole leaves nothing behind.
func TestNoHalfBackup(t *testing.T) {
	dir := t.TempDir()
	broken := errors.New("the source broke")
	for name, from := range map[string]func(io.Writer) error{
		"source": func(w io.Writer) error { _, _ = w.Write([]byte("half")); return broken },
		"cut": func(w io.Writer) error { // ends without its manifest
			var b bytes.Buffer
			_, err := archive.NewWriter(&b, archive.NewHeader("test", time.Now()))
			_, _ = w.Write(b.Bytes())
			return err
		},
		"noise": func(w io.Writer) error { _, err := io.CopyN(w, rand.Reader, 1<<16); return err },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := WriteBackup(t.Context(), filepath.Join(dir, name), from)
			if err == nil || name != "source" && fault.KindOf(err) != fault.Invalid {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// A restore that was killed after everything was whole, while it was put into its
// place, is finished by the next one.
func TestRestoreKilledAtTheEnd(t *testing.T) {
	n, o := testNode(t, filepath.Join(t.TempDir(), "d"))
	importInto(t, n, reports(t, 2))
	path := filepath.Join(t.TempDir(), "b")
	if _, err := WriteBackup(t.Context(), path, func(w io.Writer) error { return n.Backup(t.Context(), w) }); err != nil {
		t.Fatal(err)
	}
	to := o
	to.Data = filepath.Join(t.TempDir(), "r")
	if _, err := Restore(t.Context(), to, path, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(to.Data, partFolder) // as if the store had not been moved yet
	if err := errors.Join(os.Mkdir(part, 0o700), os.Rename(filepath.Join(to.Data, storeDir), filepath.Join(part, storeDir)),
		os.WriteFile(filepath.Join(part, wholeMark), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), to, "test"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("half a folder can be opened: %v", err)
	}
	if _, err := Restore(t.Context(), to, path, RestoreOptions{}); fault.KindOf(err) != fault.Usage {
		t.Errorf("the folder is there now: %v", err)
	}
	s, err := Open(t.Context(), to, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if st, err := s.Status(t.Context()); err != nil || st.Documents["read"] != 2 || st.Index.Behind != 0 {
		t.Errorf("status %+v, %v", st, err)
	}
}
