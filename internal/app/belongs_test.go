package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue/natstest"
)

// A folder whose documents one queue knows is not opened with another: it would
// look empty.
func TestFolderBelongsToOneQueue(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	in := reports(t, 2)
	inside := DefaultOptions()
	inside.Workers = 2
	outside := inside
	outside.NATS = strings.Replace(url, "nats://", "nats://user:s3cret@", 1)
	for _, tt := range []struct {
		name       string
		first, now Options
		flags      string
	}{
		{"inside_then_outside", inside, outside, "no --nats"},
		{"outside_then_inside", outside, inside, "--nats URL"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "d")
			tt.first.Data, tt.now.Data = data, data
			n := owned(t, tt.first)
			importInto(t, n, in)
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
			_, err := Own(t.Context(), tt.now, "test")
			if fault.KindOf(err) != fault.Usage || fault.HintOf(err) == "" || !strings.Contains(err.Error(), tt.flags) {
				t.Errorf("Own = %v", err)
			}
			if b, err := os.ReadFile(filepath.Join(data, belongsFile)); err != nil || strings.Contains(string(b), "s3cret") {
				t.Errorf("%s, %v", b, err)
			}
			owned(t, tt.first)
		})
	}
}

// A server that does not answer leaves no mark in a new folder.
func TestFolderOfNoQueue(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.NATS = filepath.Join(t.TempDir(), "d"), "nats://127.0.0.1:1"
	n := owned(t, o)
	if _, err := n.open(t.Context()); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("open = %v", err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	o.NATS = ""
	owned(t, o)
}
