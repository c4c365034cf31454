package archtest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root is the top of the repository, as seen from this folder.
const root = "../../"

// skipped are folders that hold nothing of ours.
var skipped = map[string]bool{".git": true, ".cache": true, "bin": true, "dist": true, "jixiao-data": true, "node_modules": true}

// files returns the paths of all files of the repository, with slashes.
func files(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped[d.Name()]:
			return filepath.SkipDir
		case d.Type().IsRegular():
			rel, err := filepath.Rel(root, name)
			out = append(out, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Absolute paths of one machine, and addresses of one network's registries:
// what works only where it was written.
var machineWords = []*regexp.Regexp{
	regexp.MustCompile(`(?m)(^|[^\w./$}-])/(work|root|tmp|home/\w+)(/|\b)`),
	regexp.MustCompile(`(?i)\b(proxy\.golang\.org|registry\.npmjs\.org|repo1?\.maven\.|deb\.debian\.org|pypi\.org)`),
}

// maxText is the largest file looked into; larger ones are dictionaries.
const maxText = 2 << 20

func TestNoWordOfTheMachine(t *testing.T) {
	for _, name := range files(t) {
		if name == "internal/archtest/files_test.go" {
			continue
		}
		info, err := os.Stat(root + name)
		if err != nil || info.Size() > maxText {
			continue // a file that went away meanwhile is no concern of ours
		}
		b, err := os.ReadFile(root + name)
		if err != nil || bytes.IndexByte(b, 0) >= 0 {
			continue
		}
		for _, re := range machineWords {
			if at := re.FindIndex(b); at != nil {
				t.Errorf("%s:%d says %q", name, 1+bytes.Count(b[:at[0]], []byte("\n")), strings.TrimSpace(string(b[at[0]:at[1]])))
			}
		}
	}
}

func TestMachineWordsMatch(t *testing.T) {
	for text, want := range map[string]bool{
		"see /work/x":              true,
		"\n/root/.cache":           true,
		`"/tmp"`:                   true,
		"/home/ann/file":           true,
		"https://example.org/tmp/": false,
		"a/work/b":                 false,
		"${TMPDIR}/tmp/x":          false,
		"/workers":                 false,
	} {
		got := false
		for _, re := range machineWords {
			got = got || re.MatchString(text)
		}
		if got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
