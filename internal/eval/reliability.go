package eval

import "math"

// Reliability holds stated confidence against the share of values that are
// right: of values said at 0.9, nine in ten should be.
type Reliability struct {
	Values int     `json:"values"` // with a stated confidence
	Error  float64 `json:"error"`  // expected calibration error: mean distance of stated and true, weighted by values
	Bins   []Bin   `json:"bins"`
}

// A Bin is the values with a confidence from Low up to High, High itself only
// in the last.
type Bin struct {
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Values int     `json:"values"`
	Right  int     `json:"right"`
	Stated float64 `json:"stated"` // mean confidence
	True   float64 `json:"true"`   // share of right ones
}

// edges part the bins: finer where most values are.
var edges = []float64{0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1}

// ReliabilityOf holds guesses, what some model says of the values in seen,
// against what is right.
func ReliabilityOf(seen []Seen, guesses []float64) Reliability {
	r := newReliability()
	for i := range seen {
		r.add(guesses[i], seen[i].Right)
	}
	r.finish()
	return r
}

// reliabilityOf puts values into bins by their confidence.
func reliabilityOf(values []judged) Reliability {
	r := newReliability()
	for i := range values {
		r.add(values[i].value.Confidence, values[i].right)
	}
	r.finish()
	return r
}

func newReliability() (r Reliability) {
	for i := range len(edges) - 1 {
		r.Bins = append(r.Bins, Bin{Low: edges[i], High: edges[i+1]})
	}
	return r
}

// add counts a value, unless it states no confidence.
func (r *Reliability) add(confidence float64, right bool) {
	if confidence < 0 || confidence > 1 {
		return
	}
	r.Values++
	b := &r.Bins[binOf(confidence)]
	b.Values++
	b.Stated += confidence
	if right {
		b.Right++
	}
}

func (r *Reliability) finish() {
	for i := range r.Bins {
		b := &r.Bins[i]
		if b.Values == 0 {
			continue
		}
		n := float64(b.Values)
		b.Stated, b.True = b.Stated/n, float64(b.Right)/n
		r.Error += math.Abs(b.Stated-b.True) * n / float64(r.Values)
	}
}

func binOf(confidence float64) int {
	i := 0
	for i+2 < len(edges) && confidence >= edges[i+1] {
		i++
	}
	return i
}

// Triage says what marking values for review is worth: how much there is to
// look at, and how many of the mistakes are among it.
type Triage struct {
	Marked Share `json:"marked"` // of all emitted
	Caught Share `json:"caught"` // mistakes that are marked, of all mistakes
	Passed Share `json:"passed"` // mistakes among the values that are not marked
}

func triageOf(values []judged) Triage {
	marked, mistakes, caught := 0, 0, 0
	for i := range values {
		wrong := !values[i].right
		if values[i].value.Review {
			marked++
		}
		if wrong {
			mistakes++
		}
		if wrong && values[i].value.Review {
			caught++
		}
	}
	return Triage{shareOf(marked, len(values)), shareOf(caught, mistakes), shareOf(mistakes-caught, len(values)-marked)}
}
