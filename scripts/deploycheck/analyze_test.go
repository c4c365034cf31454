package deploycheck

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// systemd's own program, where there is one, reads the units as well, and rates
// how much of the machine they leave open: 10 is everything.
func TestUnitsBySystemd(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not on this machine")
	}
	tree, dir := load(t), t.TempDir()
	for file, instances := range unitFiles {
		name := filepath.Base(file)
		unit := strings.ReplaceAll(tree[file], binary, program.path) // which is not installed here
		if err := os.WriteFile(filepath.Join(dir, name), []byte(unit), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, i := range instances {
			one := filepath.Join(dir, strings.Replace(name, "@", "@"+i, 1))
			if i != "" {
				if err := os.WriteFile(one, []byte(unit), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			for _, args := range [][]string{{"verify", "--man=no", one}, {"security", "--offline=yes", "--threshold=20", "--no-pager", one}} {
				out, err := exec.Command("systemd-analyze", args...).CombinedOutput()
				if said := strings.TrimSpace(string(out)); err != nil || args[0] == "verify" && said != "" {
					t.Errorf("systemd-analyze %s %s: %v\n%s", args[0], filepath.Base(one), err, said)
				}
			}
		}
	}
}
