package store_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/pipeline/store"
	"jixiao/pipeline/store/storetest"
	"jixiao/schemas"
)

// connect starts a server for the test and returns JetStream on it.
func connect(t testing.TB) jetstream.JetStream {
	t.Helper()
	s := natstest.Serve(t, &server.Options{DontListen: true, JetStream: true})
	conn, err := nats.Connect("", nats.InProcessServer(s))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

func openObjects(t testing.TB, js jetstream.JetStream) *store.Objects {
	t.Helper()
	for _, c := range store.ObjectStreams("exam") {
		if _, err := js.CreateOrUpdateStream(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	o, err := store.OpenObjects(t.Context(), js, "exam")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	return o
}

func TestObjectsExam(t *testing.T) {
	storetest.Run(t, func(t *testing.T) pipeline.Store { return openObjects(t, connect(t)) })
}

// Three servers pass the exam as one does: what was written is read, whichever
// of them is asked.
func TestObjectsExamOnThreeServers(t *testing.T) {
	url := natstest.Start(t, 3).URL()
	n := 0
	storetest.Run(t, func(t *testing.T) pipeline.Store {
		n++
		name := fmt.Sprintf("exam%d", n)
		q, err := queue.Connect(t.Context(), queue.Options{URL: url, Name: name, Replicas: 3, Streams: store.ObjectStreams(name)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = q.Close() })
		if _, err := q.Apply(t.Context()); err != nil {
			t.Fatal(err)
		}
		o, err := store.OpenObjects(t.Context(), q.JetStream(), name)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = o.Close() })
		return o
	})
}

// noise is what does not get smaller when it is packed.
func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.New(rand.NewPCG(1, uint64(n)))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// A result that is too large for a message comes back, is replaced by a small
// one, and the other way round.
func TestLargeResults(t *testing.T) {
	o := openObjects(t, connect(t))
	doc, rec := storetest.Result(4)
	small := doc.Text
	large := string(bytes.ToValidUTF8(noise(4<<20), []byte("?")))
	for _, text := range []string{small, large, small, large} {
		doc.Text = text
		if err := o.PutResult(t.Context(), doc, rec); err != nil {
			t.Fatal(err)
		}
		got, err := o.Layout(t.Context(), rec.ID)
		if err != nil || got.Text != text {
			t.Fatalf("%d bytes of %d, %v", len(got.Text), len(text), err)
		}
		if r, err := o.Record(t.Context(), rec.ID); err != nil || r.Title != rec.Title {
			t.Fatalf("%+v, %v", r, err)
		}
	}
}

// Originals beyond what is kept in memory are read by way of a file.
func TestLargestOriginal(t *testing.T) {
	o := openObjects(t, connect(t))
	want := noise(9 << 20)
	id, _, err := o.PutOriginal(t.Context(), bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	r, n, err := o.Original(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, ok := r.(io.ReaderAt); !ok {
		t.Error("it cannot be read at any place")
	}
	if got, err := io.ReadAll(r); err != nil || int(n) != len(want) || !bytes.Equal(got, want) {
		t.Errorf("%d bytes of %d, %v", len(got), n, err)
	}
}

// An object that lost a part is not taken for the document, and the next
// submission of the same bytes makes it whole.
func TestTornObject(t *testing.T) {
	js := connect(t)
	o := openObjects(t, js)
	want := noise(1 << 20)
	id, _, err := o.PutOriginal(t.Context(), bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), "OBJ_exam-objects")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteMsg(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Original(t.Context(), id); err == nil {
		t.Error("a torn original was given out")
	}
	if _, _, err := o.PutOriginal(t.Context(), bytes.NewReader(want)); err != nil {
		t.Fatal(err)
	}
	r, _, err := o.Original(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, _ := io.ReadAll(r); !bytes.Equal(got, want) {
		t.Errorf("%d bytes", len(got))
	}
}

// What is deleted leaves nothing behind in any stream.
func TestDeleteLeavesNothing(t *testing.T) {
	js := connect(t)
	o := openObjects(t, js)
	doc, rec := storetest.Result(1)
	for _, size := range []int{10, 1 << 20} {
		b := noise(size)
		rec.ID = schemas.IDOf(b)
		doc.Text = string(bytes.ToValidUTF8(noise(2<<20), nil))
		if _, _, err := o.PutOriginal(t.Context(), bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
		if err := o.PutResult(t.Context(), doc, rec); err != nil {
			t.Fatal(err)
		}
		if err := o.Delete(t.Context(), rec.ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range store.ObjectStreams("exam") {
		s, err := js.Stream(t.Context(), c.Name)
		if err != nil {
			t.Fatal(err)
		}
		if n := s.CachedInfo().State.Msgs; n != 0 {
			t.Errorf("%s still holds %d messages", c.Name, n)
		}
	}
}

// A large document needs a folder for temporary files; that there is none is
// told, and is not taken for the document's fault.
func TestNoTemporaryFolder(t *testing.T) {
	o := openObjects(t, connect(t))
	t.Setenv("TMPDIR", t.TempDir()+"/none")
	t.Setenv("TMP", t.TempDir()+"/none")
	_, _, err := o.PutOriginal(t.Context(), bytes.NewReader(noise(1<<20)))
	if fault.KindOf(err) != fault.Unavailable || fault.HintOf(err) == "" {
		t.Errorf("PutOriginal = %v (%s)", err, fault.KindOf(err))
	}
}

func TestObjectsWithoutServer(t *testing.T) {
	js := connect(t)
	o := openObjects(t, js)
	js.Conn().Close()
	_, err := o.Record(t.Context(), schemas.IDOf(nil))
	if fault.KindOf(err) != fault.Unavailable || fault.HintOf(err) == "" {
		t.Errorf("Record = %v (%s)", err, fault.KindOf(err))
	}
	if _, err := store.OpenObjects(t.Context(), js, "other"); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("OpenObjects = %v", err)
	}
}
