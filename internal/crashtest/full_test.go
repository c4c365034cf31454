package crashtest_test

import (
	"bytes"
	"os/exec"
	"testing"

	"jixiao/internal/sample"
)

// TestFullDisk imports into a file system that is too small, makes it larger,
// and imports again: the first run says why it could not go on and accounts for
// every report, the second one finishes the work.
func TestFullDisk(t *testing.T) {
	p := build(t)
	p.data = t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", p.data).Run(); err != nil {
		t.Skip("mounting a small tmpfs needs root: ", err)
	}
	t.Cleanup(func() { _ = exec.Command("umount", p.data).Run() })
	const reports = 300
	dir := t.TempDir()
	if err := sample.Write(dir, reports, 1); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := p.command("import", dir, "--json")
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		t.Fatalf("%d reports fit into 3 MB: %s", reports, out)
	}
	var a account
	decode(t, out, &a)
	if a.Seen != reports || a.Seen != a.New+a.Known+a.Failed+a.Skipped+a.Pending || a.Failed+a.Pending == 0 {
		t.Errorf("the account of the first run: %+v", a)
	}
	if !bytes.Contains(stderr.Bytes(), []byte("no space left")) {
		t.Errorf("the first run says: %s", stderr.Bytes())
	}
	if out, err := exec.Command("mount", "-o", "remount,size=200m", p.data).CombinedOutput(); err != nil {
		t.Fatalf("remount: %v\n%s", err, out)
	}
	if a := p.load(t, dir); a.New+a.Known != reports {
		t.Errorf("with room it counts %+v, want %d new or known", a, reports)
	}
	p.complete(t, reports)
}
