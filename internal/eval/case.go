package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/internal/fault"
)

// A Case is a folder with one report, in one or several renderings, and what a
// careful person read out of it.
type Case struct {
	Name    string
	Dir     string
	Gold    map[string]any  // expected.json
	Skip    map[string]bool // keys on which careful people could differ: not scored
	Sources []string        // source.*, by name
}

// goldFile is the name of the file that makes a folder a case.
const goldFile = "expected.json"

// maxGold is the size up to which expected.json is read.
const maxGold = 8 << 20

// Cases returns the cases that the folders dirs hold, in the order of dirs and
// by name within each. A folder that is itself a case counts as one.
func Cases(dirs ...string) ([]Case, error) {
	var all []Case
	for _, dir := range dirs {
		found, err := casesIn(dir)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fault.WithHint(fault.New(fault.NotFound, "%s: no folder in it holds %s", dir, goldFile),
				"name a folder whose folders hold source.txt and expected.json")
		}
		all = append(all, found...)
	}
	return all, nil
}

func casesIn(dir string) ([]Case, error) {
	if exists(filepath.Join(dir, goldFile)) {
		c, err := loadCase(dir)
		return []Case{c}, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fileFault(err)
	}
	var all []Case
	for _, e := range entries {
		sub := filepath.Join(dir, e.Name())
		if !exists(filepath.Join(sub, goldFile)) {
			continue
		}
		c, err := loadCase(sub)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

func exists(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular()
}

func loadCase(dir string) (Case, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Case{}, err
	}
	c := Case{Name: filepath.Base(dir), Dir: dir, Skip: map[string]bool{}}
	file := filepath.Join(dir, goldFile)
	b, err := readCapped(file, maxGold)
	if err != nil {
		return c, err
	}
	if err := decode(b, &c.Gold); err != nil {
		return c, fault.New(fault.Invalid, "%s: %w", file, err)
	}
	switch alternatives := c.Gold["x_alt"].(type) {
	case map[string]any:
		for k := range alternatives {
			c.Skip[k] = true
		}
	case []any:
		for _, k := range alternatives {
			c.Skip[words(k)] = true
		}
	}
	c.Sources, err = filepath.Glob(filepath.Join(escapeGlob(dir), "source.*"))
	slices.Sort(c.Sources)
	return c, err
}

// escapeGlob returns dir as a pattern that only dir matches.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`[`, `\[`, `*`, `\*`, `?`, `\?`).Replace(dir)
}

// usual are the renderings that are taken if nothing else is asked for.
var usual = []string{"txt", "pdf", "docx"}

// Source returns the rendering of c whose name ends in "."+prefer, else the
// first of usual, else any. It is "" if there is none, or if only that rendering
// is wanted and it is missing.
func (c *Case) Source(prefer string, only bool) string {
	if only {
		return c.rendering(prefer)
	}
	for _, ext := range append([]string{prefer}, usual...) {
		if s := c.rendering(ext); s != "" {
			return s
		}
	}
	if len(c.Sources) > 0 {
		return c.Sources[0]
	}
	return ""
}

func (c *Case) rendering(ext string) string {
	for _, s := range c.Sources {
		if filepath.Base(s) == "source."+ext {
			return s
		}
	}
	return ""
}

// plainText returns source.txt, "" if c has none or it is not in UTF-8.
func (c *Case) plainText() (string, error) {
	file := filepath.Join(c.Dir, "source.txt")
	if !exists(file) {
		return "", nil
	}
	b, err := readCapped(file, maxOutput)
	if !utf8.Valid(b) {
		return "", err
	}
	return string(b), err
}

// decode reads one JSON value with its numbers as they stand.
func decode(b []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(to)
}

func readCapped(file string, limit int64) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fileFault(err)
	}
	if info.Size() > limit {
		return nil, fault.New(fault.TooLarge, "%s: %d bytes are over the limit of %d", file, info.Size(), limit)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fileFault(err)
	}
	return b, nil
}

// fileFault gives an error of the file system its kind.
func fileFault(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.WithHint(fault.Mark(fault.NotFound, err), "check the spelling of the path")
	case errors.Is(err, fs.ErrPermission):
		return fault.WithHint(fault.Mark(fault.Forbidden, err), "give this user the right to read it, or run as its owner")
	}
	return fault.Mark(fault.Unavailable, err)
}

// With returns the cases that have the rendering source.prefer.
func With(cases []Case, prefer string) []Case {
	return slices.DeleteFunc(slices.Clone(cases), func(c Case) bool { return c.Source(prefer, true) == "" })
}
