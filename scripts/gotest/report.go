package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// An event is a line of `go test -json`.
type event struct {
	Action      string
	Package     string
	Test        string
	Output      string
	ImportPath  string // of build-output
	FailedBuild string
}

// A skip is a test that did not run, and why it says so.
type skip struct{ pkg, test, why string }

// A report gathers events, prints what a person wants to read, and counts.
type report struct {
	w              io.Writer
	output         map[[2]string]*strings.Builder
	passed, failed int
	skips          []skip
	exam           bool // elasticExam ran
}

func newReport(w io.Writer) *report {
	return &report{w: w, output: map[[2]string]*strings.Builder{}}
}

// read takes events until r ends.
func (p *report) read(r io.Reader) error {
	d := json.NewDecoder(r)
	for {
		var e event
		switch err := d.Decode(&e); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read the events of go test: %w", err)
		}
		p.take(e)
	}
}

func (p *report) take(e event) {
	key := [2]string{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		fmt.Fprint(p.w, e.Output)
	case "output":
		if p.output[key] == nil {
			p.output[key] = &strings.Builder{}
		}
		p.output[key].WriteString(e.Output)
	case "pass", "fail", "skip":
		p.end(e, p.text(key))
		delete(p.output, key)
	}
}

func (p *report) text(key [2]string) string {
	if b := p.output[key]; b != nil {
		return b.String()
	}
	return ""
}

// end books the end of a test, or of a package if e names no test.
func (p *report) end(e event, output string) {
	p.exam = p.exam || e.Action != "skip" && e.Package+"."+e.Test == elasticExam
	switch {
	case e.Test == "" && e.Action == "fail":
		if e.FailedBuild != "" {
			p.failed++
		}
		fmt.Fprint(p.w, output)
	case e.Test == "":
		fmt.Fprint(p.w, closing(output))
	case e.Action == "pass":
		p.passed++
	case e.Action == "skip":
		p.skips = append(p.skips, skip{e.Package, e.Test, reason(output)})
	case e.Action == "fail":
		p.failed++
		fmt.Fprint(p.w, output)
	}
}

// closing returns the last line of a package's output, as "ok  jixiao 0.1s".
func closing(output string) string {
	all := strings.SplitAfter(strings.TrimRight(output, "\n"), "\n")
	last := all[len(all)-1]
	if last == "" || strings.Contains(last, "[no test files]") {
		return ""
	}
	return last + "\n"
}

// reason returns what a skipped test said, without the frame of go test.
func reason(output string) string {
	var said []string
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			said = append(said, line)
		}
	}
	return strings.Join(said, " ")
}

// close prints the skips and the sums and reports whether a test skipped that
// may not.
func (p *report) close(rules []skipRule) (bad bool) {
	for _, s := range p.skips {
		verdict := "SKIP"
		if !mayAny(rules, s) {
			verdict, bad = "FAIL: may not skip", true
		}
		fmt.Fprintf(p.w, "%s: %s.%s: %s\n", verdict, s.pkg, s.test, brief(s.why))
	}
	if bad {
		fmt.Fprintf(p.w, "a test that may skip needs its line in %s and in README.md\n", skipList)
	}
	if p.passed+p.failed == 0 {
		fmt.Fprintln(p.w, "no test ran")
		bad = true
	}
	fmt.Fprintf(p.w, "%d passed, %d failed, %d skipped\n", p.passed, p.failed, len(p.skips))
	return bad
}

// brief cuts a reason to what fits on a line or two.
func brief(why string) string {
	const most = 160
	if r := []rune(why); len(r) > most {
		return string(r[:most]) + "…"
	}
	return why
}
