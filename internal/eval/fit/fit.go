package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"jixiao/extractors/check"
	"jixiao/internal/eval"
)

// What is fitted with. A feature of fewer than least values is left out; the
// pull is the one of pulls under which values of other reports are likeliest.
const least = 5

var pulls = []float64{0.3, 1, 3, 10, 30}

// threshold is the confidence under which values are to be reviewed. It is
// chosen by a person, from the table of thresholds that this program prints.
const threshold = 0.9

// fitFiles fits the weights to the values in the folder sights.
func fitFiles(sights, into string, out io.Writer) error {
	seen, err := loadAll(sights)
	if err != nil {
		return err
	}
	pull, guesses := choosePull(seen, out)
	describe(seen, guesses, out)
	transfer(seen, pull, out)
	return weigh(seen, pull, into)
}

// weigh fits the weights to all of seen and writes them.
func weigh(seen []eval.Seen, pull float64, into string) error {
	m := newProblem(seen, least).fit(pull)
	m.Threshold = threshold
	return write(into, &m, len(seen), pull)
}

// loadAll reads what was seen. A case is named by its file and itself, for two
// sets may use the same name.
func loadAll(dir string) ([]eval.Seen, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		return nil, cmp.Or(err, fmt.Errorf("%s holds no *.jsonl", dir))
	}
	var all []eval.Seen
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
			var s eval.Seen
			if err := d.Decode(&s); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			s.Case = filepath.Base(file) + "/" + s.Case
			all = append(all, s)
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// choosePull returns the pull that does best on reports that were not fitted
// on, and what was said then of each value.
func choosePull(seen []eval.Seen, out io.Writer) (best float64, guesses []float64) {
	least := math.Inf(1)
	fmt.Fprintf(out, "%6s %9s %9s %9s\n", "pull", "log loss", "Brier", "ECE")
	for _, pull := range pulls {
		g := crossValidate(seen, pull)
		loss, brier := losses(seen, g)
		fmt.Fprintf(out, "%6.3g %9.4f %9.4f %9.4f\n", pull, loss, brier, eval.ReliabilityOf(seen, g).Error)
		if loss < least {
			least, best, guesses = loss, pull, g
		}
	}
	return best, guesses
}

// crossValidate says of every value what a model says that was fitted to the
// values of all other reports.
func crossValidate(seen []eval.Seen, pull float64) []float64 {
	cases := map[string]bool{}
	for i := range seen {
		cases[seen[i].Case] = true
	}
	guesses := make([]float64, len(seen))
	for _, c := range slices.Sorted(maps.Keys(cases)) {
		others := slices.DeleteFunc(slices.Clone(seen), func(s eval.Seen) bool { return s.Case == c })
		m := newProblem(others, least).fit(pull)
		for i := range seen {
			if seen[i].Case == c {
				guesses[i] = m.Confidence(&seen[i].Sight)
			}
		}
	}
	return guesses
}

func losses(seen []eval.Seen, guesses []float64) (log, brier float64) {
	for i := range seen {
		miss := guesses[i] - truth(seen[i].Right)
		log -= math.Log(max(1-math.Abs(miss), 0.005)) // what is said is rounded
		brier += miss * miss
	}
	n := float64(len(seen))
	return log / n, brier / n
}

// describe prints how what was said compares with what was right, and what a
// threshold would catch.
func describe(seen []eval.Seen, guesses []float64, out io.Writer) {
	r := eval.ReliabilityOf(seen, guesses)
	fmt.Fprintf(out, "\nvalues of reports not fitted on: %d, expected calibration error %.4f\n", r.Values, r.Error)
	fmt.Fprintf(out, "%-11s %6s %6s %7s %7s\n", "confidence", "values", "right", "stated", "true")
	for _, b := range r.Bins {
		if b.Values > 0 {
			fmt.Fprintf(out, "%.2f–%.2f   %6d %6d %7.3f %7.3f\n", b.Low, b.High, b.Values, b.Right, b.Stated, b.True)
		}
	}
	fmt.Fprintf(out, "\n%9s %8s %8s %14s\n", "threshold", "marked", "mistakes", "wrong unmarked")
	for _, t := range []float64{0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96} {
		marked, caught, mistakes := 0, 0, 0
		for i := range seen {
			review := (&check.Model{Threshold: t}).Review(&seen[i].Sight, guesses[i])
			if review {
				marked++
			}
			if !seen[i].Right {
				mistakes++
				if review {
					caught++
				}
			}
		}
		fmt.Fprintf(out, "%9.2f %7.1f%% %3d/%-3d %13.2f%%\n", t, 100*float64(marked)/float64(len(seen)), caught, mistakes,
			100*float64(mistakes-caught)/float64(len(seen)-marked))
	}
}

// transfer prints how a model does that is fitted to the values of all other
// files: other reports, written by others.
func transfer(seen []eval.Seen, pull float64, out io.Writer) {
	fmt.Fprintf(out, "\n%-24s %6s %6s %6s\n", "fitted on other files", "values", "wrong", "ECE")
	files := map[string]bool{}
	for i := range seen {
		files[fileOf(&seen[i])] = true
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		var others, own []eval.Seen
		var guesses []float64
		for _, s := range seen {
			if fileOf(&s) != file {
				others = append(others, s)
			}
		}
		m := newProblem(others, least).fit(pull)
		wrong := 0
		for _, s := range seen {
			if fileOf(&s) == file {
				own, guesses = append(own, s), append(guesses, m.Confidence(&s.Sight))
				wrong += 1 - int(truth(s.Right))
			}
		}
		fmt.Fprintf(out, "%-24s %6d %6d %6.4f\n", file, len(own), wrong, eval.ReliabilityOf(own, guesses).Error)
	}
}

func fileOf(s *eval.Seen) string {
	file, _, _ := strings.Cut(s.Case, "/")
	return file
}

// write writes the weights, in two decimals: more would say nothing.
func write(file string, m *check.Model, values int, pull float64) error {
	m.Base = round(m.Base)
	for _, group := range m.Weights {
		for name, w := range group {
			if group[name] = round(w); group[name] == 0 {
				delete(group, name)
			}
		}
	}
	b, err := yaml.Marshal(m)
	if err != nil {
		return err
	}
	head := fmt.Sprintf(`# How sure a value is, by what is known about it: the weights that apply are
# added to base, and the sum s becomes the chance 1/(1+e^-s). Values under
# threshold are to be reviewed. Made by go run ./internal/eval/fit from %d
# values that were judged at first sight (pull %g); not edited by hand.
`, values, pull)
	return os.WriteFile(file, append([]byte(head), b...), 0o644)
}

func round(x float64) float64 { return math.Round(100*x) / 100 }
