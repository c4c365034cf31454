package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"jixiao/internal/app"
	"jixiao/internal/fault"
	"jixiao/schemas/search"
)

// importCmd takes reports into the data folder, or to the workers of a cluster.
type importCmd struct {
	Path  []string `arg:"" help:"Files and folders; - reads their names from standard input, one a line, or as find -print0 writes them."`
	Batch string   `placeholder:"NAME" help:"Name of this import, for list --batch and remove --batch."`
	JSON  bool     `name:"json" help:"Print the reconciliation as one JSON object."`
}

// Help is shown by --help.
func (importCmd) Help() string { return importHelp }

const importHelp = `Folders are read with all that is in them. Skipped are hidden files, ~$… of office
programs, links, the data folder itself, and in folders what is neither a report
nor an archive by its extension; a file that is named is always tried. The same
bytes are one document, whatever their names: importing a folder again changes
nothing.

Ctrl-C stops after the documents in work, a second Ctrl-C at once; run the same
command again to go on. While jixiao serve works on the data folder it does the reading too:
this only submits, and what was submitted is finished there. At the end every file
seen is accounted for:
  seen = new + known + failed + skipped + pending
Files that a stopped import never got to are not seen.

Examples:
  jixiao import 2021/ 2022/ summary.pdf
  find . -name '*自评*' | jixiao import -
  jixiao import --batch county-2023 --json reports/`

// Run imports c.Path.
func (c *importCmd) Run(ctx context.Context, u *ui) error {
	paths, err := c.paths(u.in)
	if err != nil {
		return err
	}
	to, err := app.OpenImport(ctx, u.opts)
	if err != nil {
		return err
	}
	files, skipped := collect(ctx, u.opts.Data, paths)
	bar := newProgress(u, len(files))
	bar.others = u.opts.Store == app.StoreNATS
	report, err := to.Import(ctx, slices.Values(files), app.ImportOptions{Batch: c.Batch, Progress: bar.update})
	bar.finish()
	if closeErr := to.Close(); err == nil {
		err = closeErr
	}
	if !begun(report, err) {
		return err
	}
	if printErr := c.print(u, report, skipped); err == nil {
		err = printErr
	}
	if _, guest := to.(*app.Client); guest && report.Pending > 0 && fault.KindOf(err) == fault.Canceled {
		u.say("%d pending documents are in the data folder; its process works on them", report.Pending)
	}
	if n := len(files) - report.Seen; n > 0 {
		u.say(u.lang.T("stopped before %d more files"), n)
	}
	switch {
	case fault.KindOf(err) == fault.Canceled || ctx.Err() != nil:
		return fault.WithHint(errInterrupted, "run the same command again to go on")
	case fault.KindOf(err) == fault.Full && report.Seen > 0:
		u.tell(err) // what is in the folder is whole, the rest can follow
		return errPartly
	case err == nil && report.Failed > 0:
		return errPartly
	}
	return err
}

// longestList is how many bytes of names are taken from standard input.
const longestList = 64 << 20

// paths returns the arguments with - replaced by the lines of in.
func (c *importCmd) paths(in io.Reader) (out []string, err error) {
	for _, p := range c.Path {
		switch p {
		case "":
			return nil, fault.WithHint(fault.New(fault.Usage, "an empty path names no file"), "name files or folders")
		case "-":
			names, err := readNames(in)
			if err != nil {
				return nil, err
			}
			out = append(out, names...)
			in = strings.NewReader("") // a second - finds nothing more
		default:
			out = append(out, p)
		}
	}
	return out, nil
}

// readNames reads names, one a line, or each with a zero byte behind it as
// find -print0 writes them.
func readNames(in io.Reader) (out []string, err error) {
	b, err := io.ReadAll(io.LimitReader(in, longestList+1))
	if err == nil && len(b) > longestList {
		err = fmt.Errorf("more than %d bytes", longestList)
	}
	if err != nil {
		return nil, fault.WithHint(fault.New(fault.Usage, "names on standard input: %w", err), "import them in several parts")
	}
	end := "\n"
	if bytes.IndexByte(b, 0) >= 0 {
		end = "\x00"
	}
	for name := range strings.SplitSeq(string(b), end) {
		if end == "\n" {
			name = strings.TrimRight(name, "\r")
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out, nil
}

// collect walks paths ahead of the work, so that its end is known, and counts
// why files are skipped.
func collect(ctx context.Context, data string, paths []string) (files []app.Found, skipped map[string]int) {
	skipped = map[string]int{}
	for f := range app.Walk(ctx, data, paths...) {
		files = append(files, f)
		if f.Skipped != "" {
			skipped[f.Skipped]++
		}
	}
	return files, skipped
}

// begun reports whether there is something to account for: an import that could
// not start has seen nothing.
func begun(r app.Report, err error) bool {
	return err == nil || r.Seen > 0 || fault.KindOf(err) == fault.Canceled
}

// print tells how the import went.
func (c *importCmd) print(u *ui, r app.Report, skipped map[string]int) error {
	if c.JSON {
		return u.json(listed(r))
	}
	t := u.lang.T
	fmt.Fprintf(u.out, t("seen %d = new %d + known %d + failed %d + skipped %d + pending %d")+"\n",
		r.Seen, r.New, r.Known, r.Failed, r.Skipped, r.Pending)
	if r.Seen > 0 && r.New+r.Failed+r.Pending == 0 && r.Known > 0 {
		fmt.Fprintln(u.out, t("nothing has changed"))
	}
	for _, why := range slices.Sorted(maps.Keys(skipped)) {
		fmt.Fprintf(u.out, t("skipped %d: %s")+"\n", skipped[why], t(why))
	}
	if len(r.Failures) > 0 {
		fmt.Fprintln(u.out, "\n"+t("failed:"))
	}
	u.printFailures(r.Failures)
	if len(r.NeedsOCR) > 0 {
		fmt.Fprintln(u.out, "\n"+t("pages whose text has to be recognised first (OCR):"))
	}
	for _, n := range r.NeedsOCR {
		label := t("pages")
		if len(n.Pages) == 1 {
			label = t("page")
		}
		fmt.Fprintf(u.out, "  %s  %s %s\n", safe(n.Name), label, ranges(n.Pages))
	}
	if len(r.Remarks) > 0 {
		fmt.Fprintln(u.out, "\n"+t("read, but look at these:"))
	}
	for _, m := range r.Remarks {
		fmt.Fprintf(u.out, "  %s\n    %s\n", safe(m.Name), safe(m.Message))
	}
	return u.out.Flush()
}

// listed returns r with its lists, also those that are empty.
func listed(r app.Report) app.Report {
	r.Failures, r.NeedsOCR, r.Remarks = notNil(r.Failures), notNil(r.NeedsOCR), notNil(r.Remarks)
	return r
}

func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// fewAlike is how many failures for a reason outside the documents are printed.
const fewAlike = 3

// printFailures names every file that failed and why. Where the disk is full or
// a server is down all fail alike, and few are enough.
func (u *ui) printFailures(failures []app.FailedAgain) {
	alike := map[string]int{}
	for _, f := range failures {
		if k := fault.Kind(f.Kind); k == fault.Full || k == fault.Unavailable {
			if alike[f.Kind]++; alike[f.Kind] > fewAlike {
				continue
			}
		}
		fmt.Fprintf(u.out, "  %s\n    %s\n", safe(f.Name), u.why(search.Trouble{Kind: f.Kind, Message: f.Message, Hint: f.Hint}))
	}
	for _, kind := range slices.Sorted(maps.Keys(alike)) {
		if n := alike[kind] - fewAlike; n > 0 {
			fmt.Fprintf(u.out, "  "+u.lang.T("and %d more: %s")+"\n", n, u.lang.T(kind))
		}
	}
}

// why says what went wrong and what can be done, in one line.
func (u *ui) why(f search.Trouble) string {
	s := u.lang.T(f.Kind) + ": " + safe(u.lang.message(f.Message))
	if f.Hint != "" {
		s += u.lang.T("; next step: ") + safe(u.lang.message(f.Hint))
	}
	return s
}

// ranges writes page numbers as 1-3, 7.
func ranges(pages []int) string {
	var parts []string
	for i := 0; i < len(pages); {
		j := i
		for j+1 < len(pages) && pages[j+1] == pages[j]+1 {
			j++
		}
		if j > i {
			parts = append(parts, fmt.Sprintf("%d-%d", pages[i], pages[j]))
		} else {
			parts = append(parts, fmt.Sprint(pages[i]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
