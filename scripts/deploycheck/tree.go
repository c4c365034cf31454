package deploycheck

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// A Tree is the part of the repository that is looked at: contents by path from
// its top, with slashes.
type Tree map[string]string

// wanted are the files and folders that a Tree holds.
var wanted = []string{"deploy", "docs/operations.md", "docs/elasticsearch.md", "go.mod", "go.sum", "LICENSE", "NOTICE", ".dockerignore"}

// Load reads the repository at root.
func Load(root string) (Tree, error) {
	t := Tree{}
	for _, w := range wanted {
		err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(w)), func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, name)
			t[filepath.ToSlash(rel)] = string(b)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}

// has reports whether there is a file name, or a folder of that name.
func (t Tree) has(name string) bool {
	name = path.Clean(name)
	if _, ok := t[name]; ok || name == "." {
		return true
	}
	for file := range t {
		if strings.HasPrefix(file, name+"/") {
			return true
		}
	}
	return false
}

// below returns the files of a folder by their path within it.
func (t Tree) below(folder string) map[string]string {
	out := map[string]string{}
	for name, content := range t {
		if rel, ok := strings.CutPrefix(name, folder+"/"); ok {
			out[rel] = content
		}
	}
	return out
}

// problems collects what is wrong with one thing.
type problems struct {
	what string
	errs []error
}

func (p *problems) check(ok bool, format string, args ...any) {
	if !ok {
		p.errs = append(p.errs, fmt.Errorf(p.what+": "+format, args...))
	}
}

func (p *problems) add(err error) {
	if err != nil {
		p.errs = append(p.errs, fmt.Errorf("%s: %w", p.what, err))
	}
}

// at returns problems of a part of what, which are added to p by take.
func (p *problems) at(part string) *problems { return &problems{what: p.what + ": " + part} }

func (p *problems) take(part *problems) { p.errs = append(p.errs, part.errs...) }

func (p *problems) err() error { return errors.Join(p.errs...) }

// All runs every check on t; program is jixiao as built from the same tree.
func All(t Tree, program *Program) error {
	return errors.Join(
		Dockerfile(t), Compose(t, program), Chart(t, program), Units(t, program), Example(t, program), Rules(t), Dashboard(t),
	)
}
