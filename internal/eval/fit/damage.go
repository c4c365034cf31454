package main

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"jixiao/extractors"
	"jixiao/extractors/check"
	"jixiao/internal/eval"
	"jixiao/schemas/record"
)

// damages are what happens to texts on their way, in forms that leave what the
// report states as it is.
var damages = []struct {
	name string
	do   func(*rand.Rand, string) string
}{
	{"none", func(_ *rand.Rand, s string) string { return s }},
	{"figures jammed", jam},
	{"lines joined", joinLines},
	{"lines broken", breakLines},
	{"page marks between lines", markPages},
	{"spaces inside words", spaceOut},
	{"punctuation lost", loseMarks},
}

// damage prints how labelled reports are read when they are damaged.
func damage(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("damage", flag.ContinueOnError)
	weights := flags.String("weights", "extractors/check/confidence.yaml", "file of the weights")
	list := flags.Bool("wrong", false, "list the values that were wrong")
	if err := flags.Parse(args); err != nil {
		return err
	}
	cases, err := eval.Cases(flags.Args()...)
	if err != nil {
		return err
	}
	m, err := model(*weights)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-26s %6s %6s %9s %7s %8s %8s\n", "damage", "values", "wrong", "precision", "ECE", "marked", "caught")
	for _, d := range damages {
		seen, err := readDamaged(ctx, cases, d.do)
		if err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		tell(d.name, seen, m, out)
		if *list {
			tellWrong(seen, m, out)
		}
	}
	return nil
}

// readDamaged reads cases after do was done to their texts. The same texts are
// always damaged in the same places.
func readDamaged(ctx context.Context, cases []eval.Case, do func(*rand.Rand, string) string) ([]eval.Seen, error) {
	records := map[string]*record.Record{}
	for i := range cases {
		b, err := os.ReadFile(cases[i].Source("txt", false))
		if err != nil {
			return nil, err
		}
		h := fnv.New64a()
		h.Write(b)
		text := do(rand.New(rand.NewPCG(h.Sum64(), 1)), string(b))
		in := extractors.Input{Size: int64(len(text)), Bytes: strings.NewReader(text)}
		if records[cases[i].Name], err = eval.Unjudged(ctx, in); err != nil {
			return nil, fmt.Errorf("%s: %w", cases[i].Name, err)
		}
	}
	return eval.See(cases, records)
}

func tell(name string, seen []eval.Seen, m *check.Model, out io.Writer) {
	guesses := make([]float64, len(seen))
	wrong, marked, caught := 0, 0, 0
	for i := range seen {
		s := &seen[i]
		guesses[i] = m.Confidence(&s.Sight)
		review := m.Review(&s.Sight, guesses[i])
		if review {
			marked++
		}
		if !s.Right {
			wrong++
		}
		if review && !s.Right {
			caught++
		}
	}
	n := float64(max(len(seen), 1))
	fmt.Fprintf(out, "%-26s %6d %6d %9.4f %7.4f %7.1f%% %4d/%-3d\n", name, len(seen), wrong, 1-float64(wrong)/n,
		eval.ReliabilityOf(seen, guesses).Error, 100*float64(marked)/n, caught, wrong)
}

func tellWrong(seen []eval.Seen, m *check.Model, out io.Writer) {
	for i := range seen {
		if s := &seen[i]; !s.Right {
			fmt.Fprintf(out, "  %.2f %-24s %-28s %s %q\n", m.Confidence(&s.Sight), s.Key, s.Rule, s.Case, s.Value)
		}
	}
}

func model(file string) (*check.Model, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var m check.Model
	return &m, yaml.Unmarshal(b, &m)
}

var betweenFigures = regexp.MustCompile(`(\d)[ \t|]+(\d)`)

// jam loses what stands between figures in every second line.
func jam(r *rand.Rand, text string) string {
	return lines(text, func(line string) string {
		if r.IntN(2) == 0 {
			return line
		}
		return betweenFigures.ReplaceAllString(line, "$1$2")
	})
}

// joinLines loses every seventh line end.
func joinLines(r *rand.Rand, text string) string {
	return runes(text, func(c rune) string {
		if c == '\n' && r.IntN(7) == 0 {
			return ""
		}
		return string(c)
	})
}

// breakLines breaks every third line somewhere.
func breakLines(r *rand.Rand, text string) string {
	return lines(text, func(line string) string {
		c := []rune(line)
		if len(c) < 20 || r.IntN(3) > 0 {
			return line
		}
		at := 5 + r.IntN(len(c)-10)
		return string(c[:at]) + "\n" + string(c[at:])
	})
}

// markPages puts the number of a page after every twelve lines.
func markPages(_ *rand.Rand, text string) string {
	n := 0
	return lines(text, func(line string) string {
		if n++; n%12 == 0 {
			return line + fmt.Sprintf("\n— %d —", n/12)
		}
		return line
	})
}

// spaceOut puts a space behind every fortieth Chinese character.
func spaceOut(r *rand.Rand, text string) string {
	return runes(text, func(c rune) string {
		if unicode.Is(unicode.Han, c) && r.IntN(40) == 0 {
			return string(c) + " "
		}
		return string(c)
	})
}

// loseMarks loses every tenth mark of punctuation.
func loseMarks(r *rand.Rand, text string) string {
	return runes(text, func(c rune) string {
		if strings.ContainsRune("，。：；、", c) && r.IntN(10) == 0 {
			return ""
		}
		return string(c)
	})
}

func lines(text string, do func(string) string) string {
	all := strings.Split(text, "\n")
	for i := range all {
		all[i] = do(all[i])
	}
	return strings.Join(all, "\n")
}

func runes(text string, do func(rune) string) string {
	var b strings.Builder
	for _, c := range text {
		b.WriteString(do(c))
	}
	return b.String()
}
