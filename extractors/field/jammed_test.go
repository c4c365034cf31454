package field

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJammedRow(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"budget-outturn-rate", "593.27448.6475.62", []string{"593.27", "448.64", "75.62"}},
		{"thousands", "9,874.5011,206.3810,871.5597.01", []string{"9874.50", "11206.38", "10871.55", "97.01"}},
		{"whole-rate", "593.27593.27593.27100", []string{"593.27", "593.27", "593.27", "100"}},
		{"rate-of-others", "593.27448.6477.62", nil},
		{"two-figures", "448.6475.62", nil},
		{"one-decimal", "593.2448.675.6", nil},
		{"nothing-planned", "0.000.000.00", nil},
		{"points-alone", "...", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range jammedRow(tt.text, 0) {
				got = append(got, string(f.Number))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// FuzzJammedRow wants the figures of a row to make up the text they are parted from.
func FuzzJammedRow(f *testing.F) {
	f.Add("9,874.5011,206.3810,871.5597.01")
	f.Add("593.27448.6475.62")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		row := jammedRow(text, 0)
		for _, x := range row {
			if x.Start != at || x.End <= at {
				t.Fatalf("a figure at %d of %q begins not where the last ends, %d", x.Start, text, at)
			}
			at = x.End
		}
		if row != nil && at != len(text) {
			t.Fatalf("the figures of %q end at %d", text, at)
		}
	})
}
