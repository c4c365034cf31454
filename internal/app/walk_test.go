package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
)

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.txt", "a.PDF", "sub/c.zip", "sub/~$c.docx", ".hidden.txt", ".git/d.txt", "expected.json", "noext", "data/originals/x.txt"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "b.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	if err := os.Symlink(filepath.Join(dir, "sub"), filepath.Join(dir, "linked")); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for f := range Walk(t.Context(), filepath.Join(dir, "data"), dir) {
		rel, err := filepath.Rel(dir, f.Name)
		if err != nil || f.Err != nil {
			t.Fatal(err, f.Err)
		}
		got[filepath.ToSlash(rel)] = f.Skipped
	}
	want := map[string]string{
		"b.txt": "", "a.PDF": "", "sub/c.zip": "", "sub/~$c.docx": SkipOffice, ".hidden.txt": SkipHidden, ".git": SkipHidden,
		"expected.json": SkipExtension, "noext": SkipExtension, "link.txt": SkipLink, "linked": SkipLink, "data": SkipData,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestWalkTriesWhatIsNamed(t *testing.T) {
	dir := t.TempDir()
	odd := filepath.Join(dir, ".expected.json")
	if err := os.WriteFile(odd, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	linked := filepath.Join(t.TempDir(), "folder")
	if err := os.Symlink(dir, linked); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	var got []string
	for f := range Walk(t.Context(), "", odd, filepath.Join(dir, "missing"), linked) {
		switch {
		case f.Err != nil:
			got = append(got, string(fault.KindOf(f.Err)))
		case f.Skipped != "":
			got = append(got, f.Skipped)
		default:
			got = append(got, filepath.Base(f.Name))
		}
	}
	if d := cmp.Diff([]string{".expected.json", "not_found", SkipHidden}, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestWalkEndsWithItsContext(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := os.WriteFile(filepath.Join(dir, n), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	seen := 0
	for range Walk(ctx, "", dir, dir) {
		seen++
		cancel()
	}
	if seen != 1 {
		t.Errorf("%d files after the end", seen)
	}
}
