package eval

// A Report is what the comparison of outputs with gold says.
type Report struct {
	Cases       int            `json:"cases"`
	Keys        []KeyScore     `json:"keys"` // in the catalogue's order; those with gold or output
	Micro       Score          `json:"micro"`
	MacroF1     float64        `json:"macro_f1"` // mean F1 of the keys with gold
	Spurious    Share          `json:"spurious"` // values of which the gold knows nothing, of all emitted
	Wrong       Share          `json:"wrong"`    // values in the place of another one, of all emitted
	Evidence    Validity       `json:"evidence"`
	Reliability Reliability    `json:"reliability"`
	Review      Triage         `json:"review"`
	Misses      []Miss         `json:"misses"`
	Unproven    []Miss         `json:"unproven"` // values whose evidence does not hold
	Unscored    map[string]int `json:"unscored"` // values under keys that the gold does not state
	Missing     []string       `json:"missing"`  // cases without an output
	Results     []Result       `json:"-"`
}

// A Score is how well values were read.
type Score struct {
	N         int     `json:"n"` // values in the gold
	Emitted   int     `json:"emitted"`
	TP        int     `json:"tp"` // emitted values that the gold has
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// A KeyScore is the score of one key.
type KeyScore struct {
	Key string `json:"key"`
	Score
}

// A Share is a count and what part of all it is.
type Share struct {
	Count int     `json:"count"`
	Of    int     `json:"of"`
	Share float64 `json:"share"` // 0 of nothing is 0
}

func shareOf(n, all int) Share {
	s := Share{Count: n, Of: all}
	if all > 0 {
		s.Share = float64(n) / float64(all)
	}
	return s
}

// Validity says for how many values the evidence holds. Found is what the
// corpus's own scorer counts; the others need the text that was read, and are
// of nothing where outputs come from a file.
type Validity struct {
	Found  Share `json:"found"`  // a quote stands in source.txt
	Exact  Share `json:"exact"`  // text[start:end] equals every quote
	Reread Share `json:"reread"` // the quotes, read again, give the value
}

// The kinds of misses.
const (
	Missed   = "missed"   // the gold's value was not read
	Wrong    = "wrong"    // another value was read for the key
	Spurious = "spurious" // a value was read that the gold does not have
	Unproven = "unproven" // the evidence does not give the value, right or wrong
)

// A Miss is one difference between output and gold.
type Miss struct {
	Case       string   `json:"case"`
	Key        string   `json:"key"`
	Kind       string   `json:"kind"`
	Expected   any      `json:"expected,omitempty"`
	Got        any      `json:"got,omitempty"`
	Rule       string   `json:"rule,omitempty"` // what read Got
	Confidence *float64 `json:"confidence,omitempty"`
	Review     bool     `json:"review,omitempty"`
	Quotes     []string `json:"quotes,omitempty"` // the words that Got was read from
	Why        string   `json:"why,omitempty"`    // an unproven value is that
	Gap        string   `json:"gap,omitempty"`    // what the reader says about a key that it did not read

	value *Value
}

// A Result is one case with its output and how they differ.
type Result struct {
	Case   *Case
	Output *Output // nil if there is none
	Misses []Miss
}

// newScore returns the score of counts. Of nothing all is right.
func newScore(n, emitted, tp int) Score {
	s := Score{N: n, Emitted: emitted, TP: tp, Precision: ratio(tp, emitted, n == 0), Recall: ratio(tp, n, emitted == 0)}
	if sum := s.Precision + s.Recall; sum > 0 {
		s.F1 = 2 * s.Precision * s.Recall / sum
	}
	return s
}

func ratio(n, of int, ofNothing bool) float64 {
	switch {
	case of > 0:
		return float64(n) / float64(of)
	case ofNothing:
		return 1
	}
	return 0
}
