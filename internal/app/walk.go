package app

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Found is one file that a walk came upon.
type Found struct {
	Name    string // as given, or the folder as given joined with the way below it
	Size    int64  // 0 if not known
	Skipped string // why it is not tried; "" if it is
	Err     error  // why it cannot be looked at
}

// The reasons for which a file is skipped.
const (
	SkipHidden    = "hidden"
	SkipOffice    = "temporary file of an office program"
	SkipLink      = "link"
	SkipExtension = "neither a report nor an archive by its extension"
	SkipSpecial   = "no regular file"
	SkipData      = "data folder of this program"
)

// documentExtensions are those of reports and archives. Some cannot be read by
// every build; they are tried all the same, so that the reason is told.
var documentExtensions = []string{
	".txt", ".text", ".pdf",
	".doc", ".docx", ".wps", ".rtf", ".odt", ".ofd", ".xls", ".xlsx", ".et",
	".zip", ".rar", ".7z", ".tar", ".tgz", ".gz",
}

// Walk yields the files that paths name, folders read through in name order. A
// named file is always tried. Something that cannot be looked at is yielded
// with its Err and the walk goes on; it ends early only when ctx is done. The
// data folder data is not looked into, wherever it lies.
func Walk(ctx context.Context, data string, paths ...string) iter.Seq[Found] {
	return func(yield func(Found) bool) {
		w := walker{yield: yield}
		if info, err := os.Stat(data); err == nil {
			w.data = info
		}
		for _, p := range paths {
			if ctx.Err() != nil || !w.named(ctx, p) {
				return
			}
		}
	}
}

type walker struct {
	yield func(Found) bool
	data  fs.FileInfo // nil if there is no data folder yet
}

func (w *walker) named(ctx context.Context, path string) bool {
	yield := w.yield
	info, err := os.Stat(path)
	if err != nil {
		return yield(Found{Name: path, Err: fileFault(path, err)})
	}
	if !info.IsDir() {
		return yield(regular(path, info))
	}
	if w.data != nil && os.SameFile(info, w.data) {
		return yield(Found{Name: path, Skipped: SkipData})
	}
	// A named folder may itself be a link: the separator makes the walk follow it.
	root := path
	if !os.IsPathSeparator(root[len(root)-1]) {
		root += string(filepath.Separator)
	}
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return filepath.SkipAll
		}
		found, visit := w.look(name, name == root, d, err)
		if visit && !yield(found) {
			return errStop
		}
		if err != nil && d != nil && d.IsDir() || found.Skipped != "" && d.IsDir() {
			return filepath.SkipDir
		}
		return nil
	})
	return err == nil
}

var errStop = errors.New("the walk is over")

// look decides about one entry of a folder; visit is false for a folder to
// walk into.
func (w *walker) look(name string, root bool, d fs.DirEntry, err error) (found Found, visit bool) {
	found.Name = name
	if err != nil {
		found.Err = fileFault(name, err)
		return found, true
	}
	base := d.Name()
	switch {
	case root:
		return found, false
	case strings.HasPrefix(base, "."):
		found.Skipped = SkipHidden
		return found, true
	case d.Type()&fs.ModeSymlink != 0:
		found.Skipped = SkipLink
		return found, true
	case d.IsDir() && w.isData(d):
		found.Skipped = SkipData
		return found, true
	case d.IsDir():
		return found, false
	case strings.HasPrefix(base, "~$"):
		found.Skipped = SkipOffice
		return found, true
	case !slices.Contains(documentExtensions, strings.ToLower(filepath.Ext(base))):
		found.Skipped = SkipExtension
		return found, true
	}
	info, err := d.Info()
	if err != nil {
		found.Err = fileFault(name, err)
		return found, true
	}
	return regular(name, info), true
}

func (w *walker) isData(d fs.DirEntry) bool {
	if w.data == nil {
		return false
	}
	info, err := d.Info()
	return err == nil && os.SameFile(info, w.data)
}

// regular keeps pipes, sockets and devices out: reading one may never end.
func regular(name string, info fs.FileInfo) Found {
	if !info.Mode().IsRegular() {
		return Found{Name: name, Skipped: SkipSpecial}
	}
	return Found{Name: name, Size: info.Size()}
}
