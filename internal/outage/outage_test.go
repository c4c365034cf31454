package outage

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNotice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n Notice
		if _, was := n.Back(); was {
			t.Error("back before it was away")
		}
		for range 2 { // the second time as the first
			var said []time.Duration
			for begin := time.Now(); time.Since(begin) < 25*time.Minute; time.Sleep(time.Second) {
				if n.Away() {
					said = append(said, time.Since(begin))
				}
			}
			want := []time.Duration{0, 10 * time.Second, 70 * time.Second, 670 * time.Second, 1270 * time.Second}
			if d := cmp.Diff(want, said); d != "" {
				t.Errorf("said (-want +got):\n%s", d)
			}
			if away, was := n.Back(); !was || away != 25*time.Minute {
				t.Errorf("away for %v, %v", away, was)
			}
			if _, was := n.Back(); was {
				t.Error("back twice")
			}
		}
	})
}
