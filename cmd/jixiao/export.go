package main

import (
	"context"
	"io"
	"iter"

	"jixiao/internal/app"
	"jixiao/schemas/search"
)

// exportCmd writes documents for spreadsheets and other programs.
type exportCmd struct {
	filterFlags
	Format string `enum:"csv,jsonl" default:"csv" placeholder:"csv|jsonl" help:"CSV (UTF-8 with BOM, as spreadsheets like it) or JSON Lines."`
	Long   bool   `help:"One row a value, with the words it was read from; else one row a report."`
	Labels bool   `help:"Chinese labels in the head of a CSV instead of keys."`
	Output string `short:"o" placeholder:"FILE" help:"Write to this new file instead of standard output; - is standard output."`
	JSON   bool   `name:"json" help:"The same as --format jsonl."`
}

// Help is shown by --help.
func (exportCmd) Help() string { return exportHelp }

const exportHelp = `Amounts are in yuan, exact. Texts that a spreadsheet would take for a formula (they
begin with = + - @) get a ' in front; figures stay figures.

Examples:
  jixiao export -o reports.csv
  jixiao export --long --year 2021 --format jsonl | jq 'select(.review)'
  jixiao export --labels --where 'score<90' -o low.csv`

// A rowWriter writes the head, then one row after the other.
type rowWriter interface {
	write(row []cell) error
	flush() error
}

// A cell is one value of a row: its name, its text for CSV, and its value for
// JSON, nil for none.
type cell struct {
	key    string
	text   string
	value  any
	figure bool // a number, which may begin with a minus
}

// Run writes the rows.
func (c *exportCmd) Run(ctx context.Context, u *ui) error {
	l, err := c.listing()
	if err != nil {
		return err
	}
	return u.ask(ctx, "export", func(s app.Service) error {
		write := func(w io.Writer) error { return c.write(w, s.Details(ctx, l)) }
		if !toStdout(c.Output) {
			return writeNew(c.Output, write)
		}
		return write(u.out)
	})
}

func (c *exportCmd) write(w io.Writer, details iter.Seq2[search.Detail, error]) error {
	head, rows := wideHead(), wideRows
	if c.Long {
		head, rows = longHead(), longRows
	}
	var out rowWriter = &jsonRows{w: w}
	if c.Format == "csv" && !c.JSON {
		out = newCSV(w, head, c.Labels)
	}
	for d, err := range details {
		if err != nil {
			return err
		}
		for row := range rows(d) {
			if err := out.write(row); err != nil {
				return err
			}
		}
	}
	return out.flush()
}
