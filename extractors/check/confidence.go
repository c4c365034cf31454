package check

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"jixiao/schemas/record"
)

// A Model turns what is known about a value into the chance that it is right.
// It is a logistic regression: a sum of weights becomes a share.
type Model struct {
	Threshold float64                       `yaml:"threshold"` // values under it are to be reviewed
	Base      float64                       `yaml:"base"`
	Weights   map[string]map[string]float64 `yaml:"weights"` // of features, by group and name
}

// confidenceFile holds the weights that `go run ./internal/eval/fit` found.
//
//go:embed confidence.yaml
var confidenceFile []byte

// fitted is the model of this program. A file that does not load is a mistake
// of the build, which no run can mend.
var fitted = sync.OnceValue(func() *Model {
	var m Model
	if err := yaml.Unmarshal(confidenceFile, &m); err != nil {
		panic(fmt.Sprintf("check: confidence.yaml: %v", err))
	}
	return &m
})

// surest is the most that is said: nobody has seen enough values to say more.
const surest = 0.99

// Confidence returns the chance that the value of s is right, in hundredths.
func (m *Model) Confidence(s *Sight) float64 {
	var room [mostFeatures]feature
	return m.weigh(s.features(room[:0]))
}

func (m *Model) weigh(list []feature) float64 {
	sum := m.Base
	for _, f := range list {
		sum += m.Weights[f.group][f.name] * f.amount
	}
	return min(math.Round(100/(1+math.Exp(-sum)))/100, surest)
}

// Review reports whether a person should look at the value of s, of which the
// model says confidence.
func (m *Model) Review(s *Sight, confidence float64) bool {
	return s.Doubted || confidence < m.Threshold
}

// Features calls yield with what speaks for and against s.
func (s *Sight) Features(yield func(group, name string, amount float64)) {
	for _, f := range s.features(nil) {
		yield(f.group, f.name, f.amount)
	}
}

// Review says how sure every value is, in the place of its reader's own score,
// and marks those that a person should look at: those under the threshold, and
// those that a finding speaks against.
func Review(fields []record.Field, findings []record.Finding) {
	m := fitted()
	v := viewOf(fields, findings)
	var before, now [mostFeatures]feature
	var weighed []feature // of the field before: the items of a list mostly have the same
	confidence := 0.0
	for i := range fields {
		f := &fields[i]
		s := v.sight(f)
		if list := s.features(now[:0]); i == 0 || !slices.Equal(list, weighed) {
			confidence = m.weigh(list)
			weighed = append(before[:0], list...)
		}
		f.Confidence = confidence
		f.Review = m.Review(&s, confidence)
	}
}
