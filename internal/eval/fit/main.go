// Command fit decides how sure jixiao is of its values.
//
//	go run ./internal/eval/fit see GOLD_DIR… > internal/eval/testdata/sights/NAME.jsonl
//	go run ./internal/eval/fit
//	go run ./internal/eval/fit damage GOLD_DIR…
//
// The first form reads labelled reports and writes, a line a value, what was
// known about it and whether it was right. It says something only about
// reports that no rule was made from: run it once, before anybody reads the
// misses, and keep the file. The second form fits the weights of
// extractors/check to all such files and prints how they do on reports that
// they were not fitted on. The same files give the same weights. The third
// form damages labelled reports in ways that leave their gold as it is, and
// says how they are read then and whether the program knows it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"jixiao/internal/eval"
	"jixiao/schemas/record"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	switch {
	case len(args) > 0 && args[0] == "see":
		return see(ctx, args[1:], out)
	case len(args) > 0 && args[0] == "damage":
		return damage(ctx, args[1:], out)
	}
	flags := flag.NewFlagSet("fit", flag.ContinueOnError)
	sights := flags.String("sights", "internal/eval/testdata/sights", "folder of values that were judged at first sight")
	into := flags.String("into", "extractors/check/confidence.yaml", "file of the weights")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return fitFiles(*sights, *into, out)
}

// see writes what was known about the values of labelled reports.
func see(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("see", flag.ContinueOnError)
	from := flags.String("from", "", "records of another version, as its `jixiao extract` printed them")
	if err := flags.Parse(args); err != nil {
		return err
	}
	cases, err := eval.Cases(flags.Args()...)
	if err != nil {
		return err
	}
	var records map[string]*record.Record
	if *from != "" {
		records, err = load(*from)
	} else {
		records, err = eval.ReadUnjudged(ctx, cases)
	}
	if err != nil {
		return err
	}
	seen, err := eval.See(cases, records)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(out)
	for _, s := range seen {
		if err := lines.Encode(s); err != nil {
			return err
		}
	}
	return nil
}

// load reads records, one a line, by case.
func load(file string) (map[string]*record.Record, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	records := map[string]*record.Record{}
	lines := bufio.NewReader(f)
	for d := json.NewDecoder(lines); d.More(); {
		var r record.Record
		if err := d.Decode(&r); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		records[eval.CaseOf(r.Source.Name)] = &r
	}
	return records, nil
}
