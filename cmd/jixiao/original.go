package main

import (
	"context"
	"errors"
	"io"
	"os"

	"jixiao/internal/app"
	"jixiao/internal/fault"
)

// origCmd gives back the bytes of a document as they were submitted.
type origCmd struct {
	ID     string `arg:"" name:"id" help:"Id of the document, or enough of its beginning."`
	Output string `short:"o" placeholder:"FILE" help:"Write to this new file instead of standard output; - is standard output."`
}

// Help is shown by --help.
func (origCmd) Help() string { return origHelp }

const origHelp = `Examples:
  jixiao original 3fa9 -o report.pdf
  jixiao original 3fa9 | sha256sum`

// Run copies the bytes.
func (c *origCmd) Run(ctx context.Context, u *ui) error {
	if toStdout(c.Output) && u.outTerm {
		return fault.WithHint(fault.New(fault.Usage, "the bytes of a document can harm a terminal"), "name a file with -o, or send them to another program")
	}
	return u.ask(ctx, "original", func(s app.Service) error { return c.copy(ctx, u, s) })
}

func (c *origCmd) copy(ctx context.Context, u *ui, s app.Service) error {
	r, err := s.Original(ctx, c.ID)
	if err != nil {
		return err
	}
	defer r.Close()
	if toStdout(c.Output) {
		_, err = io.Copy(u.out, r)
		return err
	}
	return writeNew(c.Output, func(w io.Writer) error { _, err := io.Copy(w, r); return err })
}

// toStdout reports whether the flag -o names no file.
func toStdout(path string) bool { return path == "" || path == "-" }

// writeNew makes the file path by write, whole or not at all, and never over
// another file.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // the user's own file, by the umask
	if errors.Is(err, os.ErrExist) {
		return fault.WithHint(fault.Mark(fault.Conflict, err), "name a file that is not there yet")
	}
	if err != nil {
		return err
	}
	err = write(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
