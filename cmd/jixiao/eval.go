package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"jixiao/internal/app"
	"jixiao/internal/fault"
)

// evalCmd scores how well labelled reports are read.
type evalCmd struct {
	Gold   []string `arg:"" name:"gold-dir" help:"Folders of labelled reports: in each a folder a report, with source.* and expected.json."`
	From   string   `name:"from" placeholder:"FILE" help:"Score the outputs in this file, one JSON object a line, instead of reading the reports."`
	Prefer string   `name:"prefer" placeholder:"EXT" help:"Which rendering of a report to take: pdf, gbk.txt; else source.txt."`
	Only   bool     `name:"only" help:"Leave out the reports that lack the rendering of --prefer."`
	Misses int      `name:"max-misses" default:"200" placeholder:"N" help:"Print at most this many misses (200); --json and --html have all."`
	MinF1  float64  `name:"min-f1" placeholder:"X" help:"Exit code 1 if the F1 over all values is lower."`
	HTML   string   `name:"html" placeholder:"FILE" help:"Also write a page to read the misses beside the text."`
	JSON   bool     `name:"json" help:"Print the figures and all misses as one JSON object."`
}

// Help is shown by --help.
func (evalCmd) Help() string { return evalHelp }

const evalHelp = `How well reports are read: precision, recall and F1 a key, whether the evidence holds,
whether values said at 0.9 are right nine times in ten, and every miss with the words
and the rule that led to it. Exit code 0 whatever the figures are, unless --min-f1 asks.

Examples:
  jixiao eval testdata/corpus
  jixiao eval --html misses.html labelled/
  jixiao eval --from other-program.jsonl labelled/`

var errTooLow = errors.New("the F1 is lower than --min-f1")

// Run scores the reports below c.Gold.
func (c *evalCmd) Run(ctx context.Context, u *ui) error {
	if c.Only && c.Prefer == "" {
		return fault.New(fault.Usage, "--only needs --prefer")
	}
	failed := 0
	q, err := app.Evaluate(ctx, u.opts, app.Labelled{
		Gold: c.Gold, From: c.From, Prefer: c.Prefer, Only: c.Only,
		Fail: func(name string, err error) { failed++; u.sayFailure(name, trouble(err)) },
	})
	if err != nil {
		return err
	}
	if err := errors.Join(c.print(u, q), c.writePage(q)); err != nil {
		return err
	}
	switch {
	case q.Micro.F1 < c.MinF1:
		return fault.WithHint(fmt.Errorf("%w: %.4f", errTooLow, q.Micro.F1), "read the misses")
	case failed > 0:
		return errPartly
	}
	return nil
}

// writePage writes the page of --html, in the place of an older one.
func (c *evalCmd) writePage(q *app.Quality) error {
	if c.HTML == "" {
		return nil
	}
	f, err := os.Create(c.HTML)
	if err != nil {
		return fault.WithHint(err, "name another file")
	}
	return errors.Join(q.WritePage(f), f.Close())
}

func (c *evalCmd) print(u *ui, q *app.Quality) error {
	if c.JSON {
		return u.json(q)
	}
	p := qualityPrinter{u: u, q: q}
	return errors.Join(p.scores(), p.shares(), p.reliability(), p.misses(c.Misses), u.out.Flush())
}

// qualityPrinter prints what Evaluate found for people.
type qualityPrinter struct {
	u *ui
	q *app.Quality
}

func (p *qualityPrinter) scores() error {
	t := table{head: []string{"key", "n", "emitted", "tp", "P", "R", "F1"}, right: map[int]bool{1: true, 2: true, 3: true, 4: true, 5: true, 6: true}}
	add := func(name string, n, emitted, tp int, precision, recall, f1 float64) {
		t.add(name, fmt.Sprint(n), fmt.Sprint(emitted), fmt.Sprint(tp),
			fmt.Sprintf("%.4f", precision), fmt.Sprintf("%.4f", recall), fmt.Sprintf("%.4f", f1))
	}
	withGold := 0
	for _, k := range p.q.Keys {
		add(k.Key, k.N, k.Emitted, k.TP, k.Precision, k.Recall, k.F1)
		if k.N > 0 {
			withGold++
		}
	}
	m := p.q.Micro
	add("micro", m.N, m.Emitted, m.TP, m.Precision, m.Recall, m.F1)
	if err := t.write(p.u.out); err != nil {
		return err
	}
	p.line(p.u.lang.T("macro F1 %.4f over %d keys, %d reports"), p.q.MacroF1, withGold, p.q.Cases)
	return nil
}

func (p *qualityPrinter) line(format string, args ...any) { fmt.Fprintf(p.u.out, format+"\n", args...) }

func (p *qualityPrinter) shares() error {
	q, t := p.q, p.u.lang.T
	p.line(t("spurious: %d of %d values (%.2f%%); wrong: %d (%.2f%%)"),
		q.Spurious.Count, q.Spurious.Of, 100*q.Spurious.Share, q.Wrong.Count, 100*q.Wrong.Share)
	p.line(t("evidence: found in the text %d of %d, at its place %d of %d, read again %d of %d"),
		q.Evidence.Found.Count, q.Evidence.Found.Of, q.Evidence.Exact.Count, q.Evidence.Exact.Of, q.Evidence.Reread.Count, q.Evidence.Reread.Of)
	r := q.Review
	p.line(t("to be reviewed: %d of %d values, with %d of the %d mistakes"), r.Marked.Count, r.Marked.Of, r.Caught.Count, r.Caught.Of)
	if len(q.Missing) > 0 {
		p.line(t("no output for %d reports: %s"), len(q.Missing), safe(strings.Join(q.Missing, " ")))
	}
	return nil
}

func (p *qualityPrinter) reliability() error {
	r := p.q.Reliability
	if r.Values == 0 {
		return nil
	}
	lang := p.u.lang
	t := table{head: []string{lang.T("confidence"), lang.T("values"), lang.T("right"), lang.T("stated"), lang.T("true")},
		right: map[int]bool{1: true, 2: true, 3: true, 4: true}}
	for _, b := range r.Bins {
		if b.Values > 0 {
			t.add(fmt.Sprintf("%.2f–%.2f", b.Low, b.High), fmt.Sprint(b.Values), fmt.Sprint(b.Right), fmt.Sprintf("%.3f", b.Stated), fmt.Sprintf("%.3f", b.True))
		}
	}
	p.line("")
	if err := t.write(p.u.out); err != nil {
		return err
	}
	p.line(lang.T("expected calibration error %.4f over %d values"), r.Error, r.Values)
	return nil
}

// misses prints the first most misses.
func (p *qualityPrinter) misses(most int) error {
	t := p.u.lang.T
	for i, m := range slices.Concat(p.q.Unproven, p.q.Misses) {
		if i == 0 {
			p.line("")
		}
		if i >= most {
			p.line(t("and %d more"), len(p.q.Unproven)+len(p.q.Misses)-i)
			break
		}
		p.miss(m)
	}
	return nil
}

func (p *qualityPrinter) miss(m app.Miss) {
	t := p.u.lang.T
	p.line("%s  %s  %s", t(m.Kind), safe(m.Case), m.Key)
	if m.Expected != nil {
		p.line("  "+t("expected %s"), compact(m.Expected))
	}
	if m.Got != nil {
		p.line("  "+t("got %s"), compact(m.Got))
		confidence := ""
		if m.Confidence != nil {
			confidence = fmt.Sprintf("%.2f", *m.Confidence)
		}
		p.line("  "+t("rule %s, confidence %s, from %s"), safe(m.Rule), confidence, safe("“"+strings.Join(m.Quotes, "” “")+"”"))
	}
	if m.Why != "" {
		p.line("  "+t("why: %s"), safe(m.Why))
	}
	if m.Gap != "" {
		p.line("  "+t("gap: %s"), safe(t(m.Gap)))
	}
}

// compact writes a JSON value on one line, harmless to a terminal.
func compact(v any) string {
	b, err := marshal(v)
	if err != nil {
		return "?"
	}
	return string(b)
}
