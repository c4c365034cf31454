package deploycheck

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A Program is jixiao as built: what it takes is found by asking it, so that a
// flag that was renamed cannot be missed here.
type Program struct {
	path     string
	settings map[string]bool // names, and whether a value follows
	taken    map[string]error
}

// NewProgram asks the program at path for its settings.
func NewProgram(path string) (*Program, error) {
	p := &Program{path: path, settings: map[string]bool{}, taken: map[string]error{}}
	help, err := p.run([]string{"--help"}, nil)
	if err != nil {
		return nil, err
	}
	_, list, _ := strings.Cut(help, "\nSettings")
	for _, m := range regexp.MustCompile(`(?m)^ {2,}(?:-\w, )?--([a-z-]+)(=)?`).FindAllStringSubmatch(list, -1) {
		p.settings[m[1]] = m[2] != ""
	}
	if len(p.settings) < 10 || !p.settings["nats"] {
		return nil, fmt.Errorf("settings in the help of %s: %v", path, slices.Sorted(maps.Keys(p.settings)))
	}
	return p, nil
}

// maxWait bounds one run of the program.
const maxWait = 30 * time.Second

func (p *Program) run(args, env []string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), maxWait)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.path, args...)
	cmd.Env = append([]string{"LANG=C"}, env...)
	cmd.Dir = os.TempDir()
	var talk strings.Builder
	cmd.Stderr = &talk
	out, err := cmd.Output()
	if err != nil {
		return string(out), fmt.Errorf("jixiao %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(talk.String()))
	}
	return string(out), nil
}

// Takes reports why the program would refuse a command line in an environment,
// with a configuration file of that content ("" is none). No command is run:
// its grammar is asked with --help, values and environment with the command
// `version`, which takes every setting.
func (p *Program) Takes(args []string, env map[string]string, config string) error {
	key := fmt.Sprint(args, env, config)
	if err, ok := p.taken[key]; ok {
		return err
	}
	err := p.takes(args, env, config)
	p.taken[key] = err
	return err
}

func (p *Program) takes(args []string, env map[string]string, config string) error {
	if _, err := p.run(append(slices.Clone(args), "--help"), nil); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "deploycheck")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "jixiao.yaml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return err
	}
	named := false
	var environ []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		value := env[name]
		if name == "JIXIAO_CONFIG" {
			value, named = file, true
		}
		environ = append(environ, name+"="+value)
	}
	line := []string{"version"}
	for _, f := range p.settingsIn(args) {
		if f[0] == "--config" {
			f[1], named = file, true
		}
		line = append(line, f...)
	}
	if named && config == "" {
		return fmt.Errorf("jixiao %s: a configuration file is named and there is none", strings.Join(args, " "))
	}
	_, err = p.run(line, environ)
	return err
}

// settingsIn returns the settings on a command line, each with its value.
func (p *Program) settingsIn(args []string) (out [][]string) {
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(strings.TrimPrefix(args[i], "--"), "=")
		valued, known := p.settings[name]
		switch {
		case !strings.HasPrefix(args[i], "--") || !known:
		case joined:
			out = append(out, []string{"--" + name, value})
		case valued && i+1 < len(args):
			i++
			out = append(out, []string{"--" + name, args[i]})
		default:
			out = append(out, []string{"--" + name})
		}
	}
	return out
}

// Setting returns what a setting is for a command line: flag, environment, file.
func (p *Program) Setting(name string, args []string, env, file map[string]string) string {
	for _, f := range p.settingsIn(args) {
		if f[0] == "--"+name && len(f) > 1 {
			return f[1]
		}
	}
	if v, ok := env["JIXIAO_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_"))]; ok {
		return v
	}
	return file[name]
}

// Drain returns how long the program takes to stop, 20 s by default.
func (p *Program) Drain(args []string, env, file map[string]string) (time.Duration, error) {
	s := p.Setting("drain", args, env, file)
	if s == "" {
		return 20 * time.Second, nil
	}
	return time.ParseDuration(s)
}

// A change is what `jixiao init --json` prints.
type change struct{ Kind, Name string }

// Names returns the streams and consumers that the program makes on servers
// when its names begin with prefix. The server is one inside the program.
func (p *Program) Names(prefix string) ([]string, error) {
	dir, err := os.MkdirTemp("", "deploycheck")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(p.path, "serve", "--data", filepath.Join(dir, "data"), "--listen", address)
	cmd.Env = []string{"HOME=" + dir}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	defer func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() }() // nothing is in hand
	if err := awaitAddress(address); err != nil {
		return nil, err
	}
	out, err := p.run([]string{"init", "--dry-run", "--json", "--nats", "nats://" + address, "--store", "nats", "--nats-prefix", prefix}, nil)
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(out) {
		var c change
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		names = append(names, c.Kind+" "+c.Name)
	}
	return names, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func awaitAddress(address string) error {
	var err error
	for range 150 {
		var c net.Conn
		if c, err = net.DialTimeout("tcp", address, time.Second); err == nil {
			return c.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}
