// Package natstest starts NATS servers for tests: Serve one in the test's own
// process, Start a cluster of processes, which can be killed. Those are the test
// binary itself: its TestMain calls Main first.
package natstest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// env holds the settings of a process that is to be a server.
const env = "JIXIAO_TEST_NATS_SERVER"

const ready = 60 * time.Second

// settings are what a server process is told.
type settings struct {
	Name, Dir         string
	Port, ClusterPort int
	Routes            []string
}

// Main runs a server in this process if it was started to be one, and returns
// otherwise. The server ends with its standard input.
func Main() {
	text := os.Getenv(env)
	if text == "" {
		return
	}
	if err := serve(text); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(text string) error {
	var set settings
	if err := json.Unmarshal([]byte(text), &set); err != nil {
		return err
	}
	o := &server.Options{
		ServerName: set.Name, Host: "127.0.0.1", Port: set.Port,
		JetStream: true, StoreDir: set.Dir, JetStreamMaxStore: 1 << 40, // promised, not taken: else what is free here decides which streams there can be
		NoSigs: true, NoLog: true, Tags: []string{"disk:" + set.Name},
	}
	if set.ClusterPort != 0 {
		o.Cluster = server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: set.ClusterPort}
		for _, r := range set.Routes {
			u, err := url.Parse(r)
			if err != nil {
				return err
			}
			o.Routes = append(o.Routes, u)
		}
	}
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.Start()
	_, _ = io.Copy(io.Discard, os.Stdin) // ends with the test
	s.Shutdown()
	return nil
}

// Serve runs a server in this process until the test ends, on loopback unless o
// does not listen at all. It fills in where it listens and keeps its streams.
func Serve(t testing.TB, o *server.Options) *server.Server {
	t.Helper()
	o.Host, o.Port, o.StoreDir, o.NoLog, o.NoSigs = "127.0.0.1", server.RANDOM_PORT, t.TempDir(), true, true
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(ready) {
		t.Fatal("the server does not come up")
	}
	return s
}

// A Cluster is servers on loopback that know each other.
type Cluster struct {
	servers []settings
	cmds    []*exec.Cmd
}

// Start starts n servers and waits until they can keep streams n times. They
// end with the test.
func Start(t testing.TB, n int) *Cluster {
	t.Helper()
	dirs := make([]string, n)
	for i := range dirs {
		dirs[i] = t.TempDir()
	}
	return StartIn(t, dirs...)
}

// StartIn is Start for one server in each of dirs.
func StartIn(t testing.TB, dirs ...string) *Cluster {
	t.Helper()
	n := len(dirs)
	ports := freePorts(t, 2*n)
	var routes []string
	c := &Cluster{cmds: make([]*exec.Cmd, n)}
	for i, dir := range dirs {
		set := settings{Name: fmt.Sprintf("n%d", i+1), Dir: dir, Port: ports[i]}
		if n > 1 {
			set.ClusterPort = ports[n+i]
			routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[n+i]))
		}
		c.servers = append(c.servers, set)
	}
	for i := range n {
		c.servers[i].Routes = routes
		c.Restart(t, i)
	}
	t.Cleanup(func() {
		for i := range c.cmds {
			c.Kill(t, i)
		}
	})
	c.Await(t)
	return c
}

// freePorts returns n ports that nobody listens at.
func freePorts(t testing.TB, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // all of them at the end, so that no port comes twice
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// URL returns the addresses of all servers.
func (c *Cluster) URL() string {
	var urls []string
	for _, s := range c.servers {
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", s.Port))
	}
	return strings.Join(urls, ",")
}

// Index returns which server is called name.
func (c *Cluster) Index(name string) int {
	for i, s := range c.servers {
		if s.Name == name {
			return i
		}
	}
	return -1
}

// Kill ends a server at once, as a power cut would.
func (c *Cluster) Kill(t testing.TB, i int) {
	t.Helper()
	if c.cmds[i] == nil {
		return
	}
	_ = c.cmds[i].Process.Kill() // it may have ended
	_ = c.cmds[i].Wait()         // killed is what it says
	c.cmds[i] = nil
}

// Restart starts a server that does not run.
func (c *Cluster) Restart(t testing.TB, i int) {
	t.Helper()
	text, err := json.Marshal(c.servers[i])
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), env+"="+string(text))
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil { // closed when this process ends
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.cmds[i] = cmd
}

// Await returns when a stream can be kept on all servers.
func (c *Cluster) Await(t testing.TB) {
	t.Helper()
	conn, err := nats.Connect(c.URL(), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), ready)
	defer cancel()
	for {
		err := tryStream(ctx, js, len(c.servers))
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the servers are not ready: %v", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// tryStream makes a stream on n servers. What is asked before there is a leader may
// never be answered. The stream stays: a server that deletes its last one removes
// the folder of all of them in its own time, under the feet of one made next.
func tryStream(ctx context.Context, js jetstream.JetStream, n int) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	name := "ready-" + rand.Text()
	_, err := js.CreateStream(ctx, jetstream.StreamConfig{Name: name, Subjects: []string{name}, Replicas: n})
	return err
}
