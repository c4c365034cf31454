package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"jixiao/internal/app"
)

// An import for which nobody works says what to start, once, also before
// anything was finished; one that goes on, or works itself, says nothing.
func TestImportSaysThatNobodyWorks(t *testing.T) {
	const hint = "jixiao worker --stage extract"
	for _, tt := range []struct {
		name   string
		others bool
		counts []int // finished, minute by minute
		want   int
	}{
		{"none_at_all", true, []int{0, 0, 0}, 1},
		{"goes_on", true, []int{1, 2, 3}, 0},
		{"stops_twice", true, []int{1, 1, 2, 2, 2}, 2},
		{"works_itself", false, []int{0, 0, 0}, 0},
		{"all_done", true, []int{9, 9, 9}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var talk bytes.Buffer
			u := newUI(nil, &bytes.Buffer{}, &talk)
			p := newProgress(u, 9)
			p.others = tt.others
			for _, n := range tt.counts {
				p.moved = p.moved.Add(-time.Minute)
				p.update(app.Report{New: n})
			}
			if got := strings.Count(talk.String(), hint); got != tt.want {
				t.Errorf("%d times, want %d:\n%s", got, tt.want, talk.String())
			}
		})
	}
}
