package main

import (
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors/check"
	"jixiao/internal/eval"
)

const sights = "../testdata/sights"

// A validation is what cross-validation says; it takes seconds and is made once.
type validation struct {
	seen    []eval.Seen
	pull    float64
	guesses []float64
}

var validated = sync.OnceValues(func() (validation, error) {
	seen, err := loadAll(sights)
	if err != nil {
		return validation{}, err
	}
	pull, guesses := choosePull(seen, io.Discard)
	return validation{seen, pull, guesses}, nil
})

// The weights of the program are those that its data give.
func TestWeightsAreFitted(t *testing.T) {
	v, err := validated()
	if err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(t.TempDir(), "confidence.yaml")
	if err := weigh(v.seen, v.pull, made); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../../extractors/check/confidence.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("run go run ./internal/eval/fit (-kept +made):\n%s", d)
	}
}

// What is said of reports that were not fitted on is as often right as it
// says: values said at 0.9 about nine times in ten.
func TestConfidenceHolds(t *testing.T) {
	v, err := validated()
	if err != nil {
		t.Fatal(err)
	}
	seen, guesses := v.seen, v.guesses
	r := eval.ReliabilityOf(seen, guesses)
	if r.Values < 1000 || r.Error > 0.05 {
		t.Errorf("expected calibration error %.4f over %d values, want at most 0.05 over 1000 and more", r.Error, r.Values)
	}
	for _, b := range r.Bins {
		if b.Values >= 50 && math.Abs(b.Stated-b.True) > 0.05 {
			t.Errorf("%d values said at %.3f are right at %.3f", b.Values, b.Stated, b.True)
		}
	}
	base, _ := losses(seen, constant(seen))
	if loss, _ := losses(seen, guesses); loss > 0.9*base {
		t.Errorf("pull %g: log loss %.4f, %.4f without looking at the values", v.pull, loss, base)
	}
}

// constant says of every value what share of all are right.
func constant(seen []eval.Seen) []float64 {
	right := 0.0
	for i := range seen {
		right += truth(seen[i].Right)
	}
	all := make([]float64, len(seen))
	for i := range all {
		all[i] = right / float64(len(seen))
	}
	return all
}

// Of values made by known weights, the weights are found again.
func TestFitFindsWeights(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var seen []eval.Seen
	for range 6000 {
		s := eval.Seen{Sight: check.Sight{Key: "unit", Rule: "a", Score: 0.9, Fields: 20}}
		logit := 1.0
		if r.IntN(2) == 0 {
			s.Doubted = true
			logit -= 2
		}
		s.Right = r.Float64() < 1/(1+math.Exp(-logit))
		seen = append(seen, s)
	}
	m := newProblem(seen, 5).fit(0.01)
	doubted, sure := seen[0].Sight, seen[0].Sight
	doubted.Doubted, sure.Doubted = true, false
	if got := m.Weights["sign"]["a finding speaks against it"]; math.Abs(got+2) > 0.2 {
		t.Errorf("weight %.2f, want about -2", got)
	}
	if a, b := m.Confidence(&sure), m.Confidence(&doubted); math.Abs(a-0.73) > 0.03 || math.Abs(b-0.27) > 0.03 {
		t.Errorf("confidence %.2f and %.2f, want 0.73 and 0.27", a, b)
	}
}

// Damaged reports are read less well, and the program knows it.
func TestConfidenceHoldsUnderDamage(t *testing.T) {
	cases, err := eval.Cases("../../../testdata/eval/open", "../../../testdata/eval/open2")
	if err != nil {
		t.Fatal(err)
	}
	m, err := model("../../../extractors/check/confidence.yaml")
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for _, d := range damages {
		seen, err := readDamaged(t.Context(), cases, d.do)
		if err != nil {
			t.Fatal(err)
		}
		guesses := make([]float64, len(seen))
		for i := range seen {
			guesses[i] = m.Confidence(&seen[i].Sight)
			wrong += 1 - int(truth(seen[i].Right))
		}
		if e := eval.ReliabilityOf(seen, guesses).Error; e > 0.05 {
			t.Errorf("%s: expected calibration error %.4f over %d values, want at most 0.05", d.name, e, len(seen))
		}
	}
	if wrong < 20 {
		t.Errorf("%d values wrong in all: the damage does none", wrong)
	}
}
