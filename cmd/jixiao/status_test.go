package main

import (
	"testing"

	"jixiao/schemas/search"
)

func TestLagging(t *testing.T) {
	for name, tt := range map[string]struct {
		behind    int
		waiting   uint64
		inHand    uint64
		extracted int
		want      string
	}{
		"nothing":         {},
		"on_their_way":    {behind: 5, waiting: 3, inHand: 2, extracted: 5},
		"in_hand":         {behind: 5, inHand: 5, extracted: 5},
		"nobody_is_told":  {behind: 5, extracted: 5, want: "jixiao doctor"},
		"index_lost_them": {behind: 5, want: "jixiao reindex"},
		"both":            {behind: 5, extracted: 1, want: "jixiao reindex"},
	} {
		t.Run(name, func(t *testing.T) {
			s := search.Status{
				Documents: map[string]int{"extracted": tt.extracted}, Index: search.IndexStatus{Behind: tt.behind},
				Queue: search.QueueStatus{Waiting: map[string]uint64{"index": tt.waiting}, InHand: map[string]uint64{"index": tt.inHand}},
			}
			if got := lagging(s); got != tt.want {
				t.Errorf("lagging = %q, want %q", got, tt.want)
			}
		})
	}
}
