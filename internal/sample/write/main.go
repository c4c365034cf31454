// Command write fills a folder with invented reports:
//
//	go run ./internal/sample/write -n 2000 -out DIR [-seed 1] [-bytes SIZE | -pdf PAGES]
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"jixiao/internal/sample"
)

func main() {
	n := flag.Int("n", 100, "how many reports")
	out := flag.String("out", "", "folder to write to")
	seed := flag.Uint64("seed", 1, "seed of the first report; each next one has the next seed")
	bytes := flag.Int("bytes", sample.Size, "about how large a text is")
	pages := flag.Int("pdf", 0, "write PDFs of this many pages instead of texts")
	flag.Parse()
	if *out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ending, report := ".txt", func(seed uint64) []byte { return []byte(sample.Report(seed, *bytes)) }
	if *pages > 0 {
		ending, report = ".pdf", func(seed uint64) []byte { return sample.PDF(seed, *pages) }
	}
	if err := write(*out, *n, *seed, ending, report); err != nil {
		fmt.Fprintln(os.Stderr, "write:", err)
		os.Exit(1)
	}
}

func write(dir string, n int, seed uint64, ending string, report func(seed uint64) []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("report-%05d%s", i, ending))
		if err := os.WriteFile(name, report(seed+uint64(i)), 0o644); err != nil {
			return err
		}
	}
	return nil
}
