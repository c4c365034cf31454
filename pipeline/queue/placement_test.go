package queue

import (
	"reflect"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
)

// A placement is shown by what it says.
func TestPlacementIsShown(t *testing.T) {
	for want, p := range map[string]*jetstream.Placement{
		"anywhere":                        nil,
		`cluster "east"`:                  {Cluster: "east"},
		`tags ["ssd"]`:                    {Tags: []string{"ssd"}},
		`cluster "east" tags ["ssd" "x"]`: {Cluster: "east", Tags: []string{"ssd", "x"}},
	} {
		if got := show(reflect.ValueOf(p)); got != want {
			t.Errorf("%+v is shown as %s, want %s", p, got, want)
		}
	}
}
