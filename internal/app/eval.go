package app

import (
	"context"
	"os"

	"jixiao/internal/eval"
	"jixiao/internal/fault"
)

// Quality is how well reports were read.
type Quality = eval.Report

// A Miss is one value that was not read as it should be.
type Miss = eval.Miss

// Labelled says which labelled reports to score, and what.
type Labelled struct {
	Gold   []string                     // folders of cases
	From   string                       // file of outputs; "" reads the reports
	Prefer string                       // which rendering of a case, as pdf; "" is source.txt
	Only   bool                         // leave out the cases without that rendering
	Fail   func(name string, err error) // is told of reports that cannot be read
}

// Evaluate reads the labelled reports, or takes outputs that somebody made of
// them, and says how well that went.
func Evaluate(ctx context.Context, o Options, l Labelled) (*Quality, error) {
	cases, err := eval.Cases(l.Gold...)
	if err != nil {
		return nil, err
	}
	if l.Only {
		if cases = eval.With(cases, l.Prefer); len(cases) == 0 {
			return nil, fault.New(fault.NotFound, "no case has a source.%s", l.Prefer)
		}
	}
	outputs := map[string]*eval.Output{}
	if l.From != "" {
		outputs, err = outputsOf(l)
	} else {
		err = readCases(ctx, o, l, cases, outputs)
	}
	if err != nil {
		return nil, err
	}
	return eval.Compare(cases, outputs)
}

func outputsOf(l Labelled) (map[string]*eval.Output, error) {
	f, err := os.Open(l.From)
	if err != nil {
		return nil, ioFault(err)
	}
	defer f.Close()
	return eval.Outputs(f, l.Prefer)
}

// readCases reads one rendering of each case.
func readCases(ctx context.Context, o Options, l Labelled, cases []eval.Case, into map[string]*eval.Output) error {
	r := NewReader(o)
	defer r.Close()
	for i := range cases {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := cases[i].Source(l.Prefer, l.Only)
		if name == "" {
			continue
		}
		doc, rec, err := r.file(ctx, name)
		if err == nil {
			into[cases[i].Name], err = eval.Of(doc, rec)
		}
		if err != nil {
			l.Fail(name, err)
		}
	}
	return nil
}
