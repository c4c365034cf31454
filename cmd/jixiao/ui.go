package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"jixiao/internal/app"
)

// ui is what a command has of the outside: where data and talk go, the
// language to talk in, and the settings.
type ui struct {
	in      io.Reader
	out     *bufio.Writer // data
	err     io.Writer     // talk
	outTerm bool          // out is a terminal
	errTerm bool
	columns int // width of the terminal; 0 if out is none
	lang    lang
	opts    app.Options
	logged  bool // talk goes into the log: programs read it
}

func newUI(in io.Reader, out, err io.Writer) *ui {
	u := &ui{in: in, out: bufio.NewWriterSize(out, 64<<10), err: err}
	u.columns, u.outTerm = terminal(out)
	_, u.errTerm = terminal(err)
	return u
}

// terminal reports whether w is a terminal and how wide it is.
func terminal(w io.Writer) (columns int, ok bool) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns < 20 {
		columns = 80
	}
	return columns, true
}

// color reports whether marks may be shown by colour.
func (u *ui) color() bool {
	return u.outTerm && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// say tells something about the work, in the language of the user. Arguments
// that come from documents or paths are made harmless.
func (u *ui) say(format string, args ...any) {
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = safe(a)
		case error:
			args[i] = safe(a.Error())
		}
	}
	fmt.Fprintln(u.err, u.lang.phrase(format, args...))
}

// json prints x as one line.
func (u *ui) json(x any) error {
	b, err := marshal(x)
	if err != nil {
		return err
	}
	_, err = u.out.Write(append(b, '\n'))
	return err
}

// marshal is json.Marshal with quotes readable (no escapes for < > &) and with
// every control character escaped, those beyond ASCII too, so that printing the
// line on a terminal is harmless.
func marshal(x any) ([]byte, error) {
	b, err := json.Marshal(x)
	if err != nil {
		return nil, err
	}
	return escapeJSON(b), nil
}

// ask calls use with the owner of the data folder: this process, or a client of
// the one that is.
func (u *ui) ask(ctx context.Context, command string, use func(app.Service) error) error {
	return app.Ask(ctx, u.opts, command, use)
}
