// Command jixiao reads Chinese performance self-evaluation reports in bulk:
// figures, problems and measures come out, each with the words it was read
// from, and can be searched.
//
// A command parses, calls internal/app, prints. Data goes to standard output,
// talk to standard error.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"jixiao/internal/app"
	"jixiao/internal/fault"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == app.ChildCommand {
		os.Exit(child())
	}
	if os.Getenv("GOGC") == "" {
		// What lives is small beside what the reading of a document leaves behind.
		debug.SetGCPercent(300)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is main without the process: it returns the exit code.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := interruptible()
	defer stop()

	u := newUI(in, out, errOut)
	u.lang = languageOf(args, os.Getenv)
	err := u.dispatch(ctx, args)
	if flushErr := u.out.Flush(); err == nil {
		err = flushErr
	}
	if err != nil && ctx.Err() != nil && !errors.Is(err, errInterrupted) && !errors.Is(err, errStopped) {
		err = errInterrupted
	}
	return u.exit(err)
}

// dispatch finds the command that args name and runs it.
func (u *ui) dispatch(ctx context.Context, args []string) error {
	var c cli
	k, err := kong.New(&c, kong.Name("jixiao"), kong.NoDefaultHelp(), kong.WithBeforeResolve(c.resolve))
	if err != nil {
		return err
	}
	parsed, err := k.Parse(queryWords(plainCommand(args)))
	if errors.Is(err, errHelp) {
		return u.help(parseContext(parsed, err))
	}
	if err != nil {
		return usageError(parseContext(parsed, err), err)
	}
	u.opts = c.Options
	if err := u.opts.TakeSecrets(); err != nil {
		return err
	}
	if !slices.Contains(app.LogFormats, c.LogFormat) {
		return usageError(parsed, fault.New(fault.Usage, "log-format: %q is none of %s", c.LogFormat, strings.Join(app.LogFormats, ", ")))
	}
	server := slices.Contains(servers, parsed.Command())
	u.opts.Log = c.logger(u.err, u.opts, server)
	u.logged = server && c.LogFormat == app.LogJSON
	if c.Lang != "" {
		if !knownLang(c.Lang) {
			return usageError(parsed, fault.New(fault.Usage, "lang: %q is none of en, zh", c.Lang))
		}
		u.lang = parseLang(c.Lang)
	}
	if err := u.opts.Validate(); err != nil {
		return err
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(u)
	if fault.KindOf(err) == fault.Usage {
		return usageError(parsed, err)
	}
	return err
}

func parseContext(c *kong.Context, err error) *kong.Context {
	if p, ok := errors.AsType[*kong.ParseError](err); ok && c == nil {
		return p.Context
	}
	return c
}
