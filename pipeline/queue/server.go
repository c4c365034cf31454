package queue

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"jixiao/internal/fault"
)

// startTimeout bounds the start of the server: it reads its streams first.
const startTimeout = time.Minute

// embedded is a nats-server in this process.
type embedded struct {
	server *server.Server
	log    *serverLog
}

// start runs a server with its streams in o.Dir, every write synced. It takes
// no connections from outside unless o.Listen says where.
func start(o Options) (*embedded, error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, markDisk(fmt.Errorf("create the folder of the queue: %w", err))
	}
	so := &server.Options{
		ServerName: o.Name, DontListen: o.Listen == "",
		JetStream: true, StoreDir: o.Dir, SyncAlways: true,
		JetStreamMaxMemory: 64 << 20,
		JetStreamMaxStore:  1 << 50, // the disk is the limit; the server would reserve every stream's MaxBytes
		NoSigs:             true, NoLog: true,
	}
	if o.Listen != "" {
		if err := listenAt(so, o.Listen); err != nil {
			return nil, err
		}
	}
	s, err := server.NewServer(so)
	if err != nil {
		return nil, fmt.Errorf("queue server: %w", err)
	}
	e := &embedded{server: s, log: &serverLog{log: o.Log}}
	s.SetLoggerV2(e.log, false, false, false)
	go s.Start() // ends with stop
	return e, e.await(o.Dir)
}

func listenAt(so *server.Options, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err == nil {
		so.Host = host
		so.Port, err = strconv.Atoi(port)
	}
	if err == nil && so.Port == 0 {
		so.Port = server.RANDOM_PORT
	}
	if err != nil {
		return fault.New(fault.Usage, "listen address %q of the queue: %w", addr, err)
	}
	return nil
}

// await returns when the server is ready, or cannot be. It looks for itself
// why nothing could be written in dir: the server's words are for people.
func (e *embedded) await(dir string) error {
	for begin := time.Now(); time.Since(begin) < startTimeout; {
		if e.server.ReadyForConnections(100 * time.Millisecond) {
			return nil
		}
		if err := e.log.fatal(); err != nil {
			e.stop()
			return fmt.Errorf("start the queue server: %w", cmp.Or(probe(dir), err))
		}
	}
	e.stop()
	return fault.New(fault.Unavailable, "the queue server was not ready within %s", startTimeout)
}

func (e *embedded) stop() {
	e.server.Shutdown()
	e.server.WaitForShutdown()
}

// full reports whether the server stopped storing because the disk is full.
func (e *embedded) full() bool {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	return e.log.full
}

// serverLog takes what the server says: warnings and errors go on, and the two
// facts that are told nowhere else are kept.
type serverLog struct {
	log *slog.Logger

	mu   sync.Mutex
	full bool
	died error
}

func (l *serverLog) fatal() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.died
}

func (l *serverLog) Noticef(format string, v ...any) {}
func (l *serverLog) Debugf(format string, v ...any)  {}
func (l *serverLog) Tracef(format string, v ...any)  {}

func (l *serverLog) Warnf(format string, v ...any) {
	l.log.Warn("queue server", "says", fmt.Sprintf(format, v...))
}

func (l *serverLog) Errorf(format string, v ...any) {
	msg := fmt.Sprintf(format, v...)
	l.log.Error("queue server", "says", msg)
	if saysFull(msg) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.full = true
	}
}

func (l *serverLog) Fatalf(format string, v ...any) {
	l.log.Error("queue server", "says", fmt.Sprintf(format, v...))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.died = fmt.Errorf(format, v...)
}

func saysFull(msg string) bool {
	return strings.Contains(msg, "no space left") || strings.Contains(msg, "JetStream out of")
}

// probe says why nothing can be written in the server's folder dir, or nil if
// it can.
func probe(dir string) error {
	return cmp.Or(tryWrite(dir), tryWrite(filepath.Join(dir, "jetstream")))
}

func tryWrite(dir string) error {
	f, err := os.CreateTemp(dir, "probe-*")
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the server makes it
	}
	if err != nil {
		return markDisk(err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 64<<10))
	return markDisk(errors.Join(err, f.Sync(), f.Close()))
}

// markDisk gives an error of the file system its kind.
func markDisk(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fault.WithHint(fault.Mark(fault.Forbidden, err), "choose a folder you may write with --data")
	case errors.Is(err, syscall.ENOSPC):
		return fault.WithHint(fault.Mark(fault.Full, err), hintFull)
	}
	return err
}

const hintFull = "make room on the disk of the data folder and run the same command again"
