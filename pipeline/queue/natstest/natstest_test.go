package natstest_test

import (
	"os"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/pipeline/queue/natstest"
)

func TestMain(m *testing.M) {
	natstest.Main()
	os.Exit(m.Run())
}

// A server that is said to be ready takes a stream at once. (It removes the folder
// of all streams when the last is deleted, in its own time, so that a stream made
// next may find no place: waiting must not leave it in that state.)
func TestAwait(t *testing.T) {
	c := natstest.Start(t, 1)
	conn, err := nats.Connect(c.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		c.Await(t)
		if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "first", Subjects: []string{"first"}}); err != nil {
			t.Fatal(err)
		}
		if err := js.DeleteStream(t.Context(), "first"); err != nil {
			t.Fatal(err)
		}
	}
}
