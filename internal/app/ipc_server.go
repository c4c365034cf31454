package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// An ipcServer answers the Clients of other processes over the socket. Each
// method of Service is one path; question and answer are JSON, a sequence is
// one object a line. A failure is a line with "fault".
type ipcServer struct {
	http   *http.Server
	done   chan error
	remove func() error
	note   string
}

// A removal is the question of Remove and RemoveBatch.
type removal struct {
	IDs   []string `json:"ids,omitempty"`
	Batch string   `json:"batch,omitempty"`
}

// An answer is one line: a value or a failure.
type answer[T any] struct {
	Value T               `json:"value"`
	Fault *search.Trouble `json:"fault,omitempty"`
}

const longestQuestion = 16 << 20

// serveIPC starts to answer for n.
func serveIPC(n *Node) (*ipcServer, error) {
	l, remove, err := listen(n.opts.Data)
	if err != nil {
		return nil, err
	}
	s := &ipcServer{
		http:   &http.Server{Handler: ipcHandler(n), ReadHeaderTimeout: 10 * time.Second},
		done:   make(chan error, 1),
		remove: remove,
		note:   filepath.Join(n.opts.Data, ownerFile),
	}
	go func() { s.done <- s.http.Serve(l) }()
	if err := writeOwner(n.opts.Data, ownerNote{Owner: n.owner(), Socket: l.Addr().String()}); err != nil {
		return nil, errors.Join(err, s.http.Close(), remove())
	}
	return s, nil
}

// slowest is how long a stopping owner waits for askers to read their answers.
const slowest = 5 * time.Second

// stop takes no more questions and lets running answers finish until ctx is
// done or the slowest asker has had its time: the folder must be let go of.
func (s *ipcServer) stop(ctx context.Context) error {
	err := os.Remove(s.note)
	ctx, cancel := context.WithTimeout(ctx, slowest)
	defer cancel()
	if s.http.Shutdown(ctx) != nil {
		err = errors.Join(err, s.http.Close())
	}
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return errors.Join(err, s.remove())
}

func ipcHandler(n *Node) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /search", one(n.Search))
	mux.Handle("POST /show", one(n.Show))
	mux.Handle("POST /status", one(func(ctx context.Context, _ struct{}) (search.Status, error) { return n.Status(ctx) }))
	mux.Handle("POST /remove", one(func(ctx context.Context, r removal) ([]schemas.DocID, error) {
		if r.Batch != "" {
			return n.RemoveBatch(ctx, r.Batch)
		}
		return n.Remove(ctx, r.IDs...)
	}))
	mux.Handle("POST /list", many(n.List))
	mux.Handle("POST /details", many(n.Details))
	mux.Handle("POST /failed", many(func(ctx context.Context, _ struct{}) iter.Seq2[event.Failed, error] { return n.Failed(ctx) }))
	mux.Handle("POST /retry", one(func(ctx context.Context, ids []schemas.DocID) ([]FailedAgain, error) { return n.Retry(ctx, ids...) }))
	mux.Handle("POST /drop", one(func(ctx context.Context, ids []schemas.DocID) (struct{}, error) {
		return struct{}{}, n.Drop(ctx, ids...)
	}))
	mux.Handle("POST /doctor", one(n.Doctor))
	mux.Handle("POST /reprocess", flushing(many(n.reprocessing)))
	mux.HandleFunc("POST /original", n.serveOriginal)
	mux.HandleFunc("POST /backup", n.serveBackup)
	newIntake(n).routes(mux)
	return mux
}

// one serves a method with one answer.
func one[Q, A any](method func(context.Context, Q) (A, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q Q
		if !question(w, r, &q) {
			return
		}
		a, err := method(r.Context(), q)
		_ = reply(json.NewEncoder(w), a, err) // an asker that is gone needs no answer
	})
}

// many serves a method whose answer is a sequence.
func many[Q, A any](method func(context.Context, Q) iter.Seq2[A, error]) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q Q
		if !question(w, r, &q) {
			return
		}
		e := json.NewEncoder(w)
		for a, err := range method(r.Context(), q) {
			if reply(e, a, err) != nil {
				return // the asker is gone
			}
		}
	})
}

func (n *Node) serveOriginal(w http.ResponseWriter, r *http.Request) {
	var id string
	if !question(w, r, &id) {
		return
	}
	b, err := n.Original(r.Context(), id)
	if reply(json.NewEncoder(w), struct{}{}, err) != nil || err != nil {
		return
	}
	defer b.Close()
	_, _ = io.Copy(w, b) // the asker sees a short body by the missing last chunk
}

func question(w http.ResponseWriter, r *http.Request, q any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestQuestion)).Decode(q); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}

func reply[A any](e *json.Encoder, a A, err error) error {
	if err != nil {
		return e.Encode(answer[A]{Fault: troubleOf(err)})
	}
	return e.Encode(answer[A]{Value: a})
}

// troubleOf is err as it travels and is shown.
func troubleOf(err error) *search.Trouble {
	return &search.Trouble{Kind: string(fault.KindOf(err)), Message: err.Error(), Hint: fault.HintOf(err)}
}
