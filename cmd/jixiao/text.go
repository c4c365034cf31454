package main

import (
	"context"
	"fmt"

	"jixiao/internal/app"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// textCmd prints the text of documents as it was read.
type textCmd struct {
	Path []string `arg:"" help:"Files or folders."`
	JSON bool     `name:"json" help:"One object a line: source, text, and pages with lines, paragraphs and tables."`
}

// Help is shown by --help.
func (textCmd) Help() string { return textHelp }

const textHelp = `The text that every offset of "jixiao extract" points into. With --json also where
each line, paragraph and cell stands: byte offsets into the text, half open, and
boxes in PDF points from the top left.

Examples:
  jixiao text report.pdf
  jixiao text --json report.pdf | jq '.pages[0].tables'`

// A textLine is one document of --json.
type textLine struct {
	Source record.Source `json:"source"`
	Text   string        `json:"text"`
	Pages  []layout.Page `json:"pages"`
}

// Run prints the texts of c.Path.
func (c *textCmd) Run(ctx context.Context, u *ui) error {
	r := app.NewReader(u.opts)
	texts := newTexts(c, u)
	failed, err := u.forEach(ctx, c.Path, func(ctx context.Context, name string) outcome {
		doc, src, err := r.Text(ctx, name)
		return outcome{name: name, text: textLine{Source: src, Text: textOf(doc), Pages: pagesOf(doc)}, err: err}
	}, texts.print)
	return closing(r.Close, failed, err)
}

func textOf(d *layout.Doc) string {
	if d == nil {
		return ""
	}
	return d.Text
}

func pagesOf(d *layout.Doc) []layout.Page {
	if d == nil {
		return nil
	}
	return d.Pages
}

// texts prints one text after the other.
type texts struct {
	u       *ui
	json    bool
	several bool
	printed int
}

func newTexts(c *textCmd, u *ui) *texts {
	return &texts{u: u, json: c.JSON, several: len(c.Path) > 1}
}

// fail tells of a document without text; the others go on.
func (t *texts) fail(o outcome) error {
	if t.json {
		return t.u.failedLine(o.name, o.err)
	}
	t.u.sayFailure(o.name, trouble(o.err))
	return nil // it is told, and counted by the caller
}

func (t *texts) print(o outcome) error {
	switch {
	case o.err != nil:
		return t.fail(o)
	case t.json:
		return t.u.json(o.text)
	}
	if t.several {
		if t.printed++; t.printed > 1 {
			fmt.Fprintln(t.u.out)
		}
		fmt.Fprintf(t.u.out, "==> %s <==\n", safe(o.name))
	}
	text := o.text.Text
	if t.u.outTerm {
		text = safeText(text)
	}
	if text != "" && text[len(text)-1] != '\n' {
		text += "\n"
	}
	_, err := t.u.out.WriteString(text)
	return err
}
