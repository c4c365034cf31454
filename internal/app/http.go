package app

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"time"

	"jixiao/internal/fault"
	"jixiao/internal/metrics"
	"jixiao/schemas/search"
)

// Bounds of the HTTP server: what it answers is small and made at once.
const (
	httpRead   = 5 * time.Second
	httpWrite  = 20 * time.Second
	httpIdle   = 2 * time.Minute
	httpHeader = 16 << 10
	// lookTime is how long one look at whether work can be done may take.
	lookTime = 2 * time.Second
)

// A monitor tells over HTTP how Serve is doing: /livez, /readyz, /version and
// /metrics. It is up before any server can be reached, and until the last
// document in hand is done. A nil monitor tells nobody anything.
type monitor struct {
	opts   Options
	log    *slog.Logger
	server *http.Server
	ended  chan error

	mu      sync.Mutex // guards what follows
	node    *Node      // nil before it has started
	why     error      // why it has not, or will not any more
	orphans int        // that were found by the last look; -1 if there was none
}

// openMonitor returns a monitor that listens at Options.HTTP, and Options to
// serve with; nil if nobody wants one.
func openMonitor(ctx context.Context, o Options) (*monitor, Options, error) {
	if o.HTTP == "" {
		return nil, o, nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", o.HTTP)
	if err != nil {
		return nil, o, bindFault(o.HTTP, err)
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	o.Metrics = metrics.New(VersionOf().Program, o.Elastic != "")
	m := &monitor{opts: o, log: log, ended: make(chan error, 1), why: fault.New(fault.Unavailable, "starting"), orphans: -1}
	o.Metrics.Ask(m)
	m.server = &http.Server{
		Handler: m.handler(), ReadTimeout: httpRead, ReadHeaderTimeout: httpRead, WriteTimeout: httpWrite, IdleTimeout: httpIdle,
		MaxHeaderBytes: httpHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	go func() { m.ended <- m.server.Serve(l) }()
	log.InfoContext(ctx, "http server is up", "url", "http://"+l.Addr().String())
	return m, o, nil
}

// bindFault says what can be done about an address that cannot be listened at.
func bindFault(address string, err error) error {
	kind, hint := fault.Unavailable, "give another address with --http"
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		kind, hint = fault.Conflict, "end the program that listens there, or give another address with --http"
	case errors.Is(err, syscall.EACCES):
		kind, hint = fault.Forbidden, "give a port over 1023 with --http"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		hint = "give an address of this machine with --http, as 127.0.0.1:9464"
	}
	return fault.WithHint(fault.New(kind, "http: cannot listen at %q: %w", address, err), hint)
}

// waiting notes why there is no node yet.
func (m *monitor) waiting(err error) {
	if m != nil {
		m.set(nil, err)
	}
}

// stopping notes that ctx asks for the end; what is in hand is still done.
func (m *monitor) stopping() {
	if m != nil {
		m.set(nil, fault.New(fault.Unavailable, "stopping"))
	}
}

func (m *monitor) set(n *Node, why error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.node, m.why = n, why
}

// close ends the server and returns what made it end before, if anything did.
func (m *monitor) close() error {
	if m == nil {
		return nil
	}
	err := m.server.Close()
	if served := <-m.ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// Ready implements metrics.Source: the node can work, and the queue answers.
func (m *monitor) Ready(ctx context.Context) error {
	m.mu.Lock()
	n, why := m.node, m.why
	m.mu.Unlock()
	if n == nil {
		return why
	}
	if err := n.Ready(ctx); err != nil {
		return err
	}
	_, err := m.Backlog(ctx)
	return err
}

func (m *monitor) handler() http.Handler {
	version := VersionOf()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, health{Live: true}) })
	mux.HandleFunc("GET /readyz", m.readyz)
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, version) })
	mux.Handle("GET /metrics", m.opts.Metrics.Handler())
	return mux
}

// health is the answer of /livez and /readyz.
type health struct {
	Live   bool            `json:"live"`
	Ready  *bool           `json:"ready,omitempty"`
	Reason *search.Trouble `json:"reason,omitempty"`
}

func (m *monitor) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), lookTime)
	defer cancel()
	err := m.Ready(ctx)
	ready := err == nil
	h, status := health{Live: true, Ready: &ready}, http.StatusOK
	if !ready {
		h.Reason, status = troubleOf(err), http.StatusServiceUnavailable
		h.Reason.Message = strings.NewReplacer(m.opts.secrets()...).Replace(h.Reason.Message)
	}
	say(w, status, h)
}

// say answers with x as one line of JSON.
func say(w http.ResponseWriter, status int, x any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(x) // an asker that is gone needs no answer
}
