package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// jixiao runs the program to its end.
func (b *bench) jixiao(ctx context.Context, args ...string) error {
	_, err := b.timed(ctx, args...)
	return err
}

// timed is jixiao with what it took.
func (b *bench) timed(ctx context.Context, args ...string) (c cost, err error) {
	var talk strings.Builder
	cmd := exec.CommandContext(ctx, b.program, args...)
	cmd.Stderr = &talk
	start := time.Now()
	err = cmd.Run()
	c.wall = time.Since(start)
	if cmd.ProcessState != nil {
		c.cpu[onProgram] = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime() // with the children it waited for
	}
	if err != nil {
		err = errors.Join(fmt.Errorf("jixiao %s: %w", strings.Join(args, " "), err), errors.New(talk.String()))
	}
	return c, err
}

// local is one process with everything but the index in a folder.
func (b *bench) local(ctx context.Context, alias string) (cost, error) {
	dir, err := os.MkdirTemp(b.work, "data-*")
	if err != nil {
		return cost{}, err
	}
	defer os.RemoveAll(dir) // with the rest at the latest
	return b.timed(ctx, "import", "--data", dir, "--elastic", b.elastic.url, "--elastic-alias", alias, b.reports)
}

// together is a NATS server, one process that works on both stages, and one
// that submits.
func (b *bench) together(ctx context.Context, alias string) (cost, error) {
	return b.remote(ctx, alias, []string{"serve"})
}

// apart is together with a process for each stage.
func (b *bench) apart(ctx context.Context, alias string) (cost, error) {
	return b.remote(ctx, alias, []string{"worker", "--stage", "extract"}, []string{"worker", "--stage", "index"})
}

func (b *bench) remote(ctx context.Context, alias string, workers ...[]string) (c cost, err error) {
	n, err := startNATS(ctx, b.work)
	if err != nil {
		return c, err
	}
	defer n.stop()
	servers := []string{"--nats", n.url, "--store", "nats", "--elastic", b.elastic.url, "--elastic-alias", alias}
	if err := b.jixiao(ctx, append([]string{"init"}, servers...)...); err != nil {
		return c, err
	}
	var pids []int
	for _, args := range workers {
		w, err := b.start(ctx, append(args, servers...)...)
		if err != nil {
			return c, err
		}
		defer w.stop()
		pids = append(pids, w.cmd.Process.Pid)
	}
	all := func(pids ...int) (sum time.Duration) {
		for _, pid := range pids {
			sum += processor(pid)
		}
		return sum
	}
	workersBefore, natsBefore := all(pids...), processor(n.pid())
	c, err = b.timed(ctx, append(append([]string{"import"}, servers...), b.reports)...)
	c.cpu[onProgram] += all(pids...) - workersBefore
	c.cpu[onNATS] = processor(n.pid()) - natsBefore
	return c, err
}

// A worker is a process that works until it is stopped.
type worker struct {
	cmd *exec.Cmd
	log *os.File
}

// start starts a worker and returns when it is ready.
func (b *bench) start(ctx context.Context, args ...string) (*worker, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	log, err := os.CreateTemp(b.work, "worker-*")
	if err != nil {
		return nil, err
	}
	w := &worker{cmd: exec.CommandContext(ctx, b.program, append(args, "--http", address)...), log: log}
	w.cmd.Dir, w.cmd.Stdout, w.cmd.Stderr = b.work, log, log
	if err := w.cmd.Start(); err != nil {
		return nil, err
	}
	for range 300 {
		if res, err := http.Get("http://" + address + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return w, nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	w.stop()
	said, _ := os.ReadFile(log.Name()) // the rest says enough
	return nil, fmt.Errorf("jixiao %s is not ready: %s", strings.Join(args, " "), said)
}

func (w *worker) stop() {
	_ = w.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	_ = w.cmd.Wait()                          // the same
	w.log.Close()
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// A natsServer is a server with JetStream in a process of its own.
type natsServer struct {
	url, dir string
	cmd      *exec.Cmd
	in       io.Closer
}

// startNATS starts a server that is this program.
func startNATS(ctx context.Context, work string) (*natsServer, error) {
	dir, err := os.MkdirTemp(work, "nats-*")
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	n := &natsServer{dir: dir, cmd: exec.CommandContext(ctx, self, "-nats-server", filepath.Join(dir, "streams"))}
	n.cmd.Stderr = os.Stderr
	if n.in, err = n.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := n.cmd.Start(); err != nil {
		return nil, err
	}
	if _, err := fmt.Fscanln(out, &n.url); err != nil {
		n.stop()
		return nil, fmt.Errorf("start NATS: %w", err)
	}
	return n, nil
}

func (n *natsServer) pid() int { return n.cmd.Process.Pid }

func (n *natsServer) stop() {
	n.in.Close()        // its end
	_ = n.cmd.Wait()    // whatever it says
	os.RemoveAll(n.dir) // with the rest at the latest
}
