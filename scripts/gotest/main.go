// Command gotest runs `go test` on the whole module and holds skips to
// scripts/skips.txt: a test that skips without standing there fails the run,
// because green must not mean that nothing ran.
//
//	go run ./scripts/gotest [-race auto|yes|no] [go test flags] [packages]
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

const skipList = "scripts/skips.txt"

func main() {
	race := flag.String("race", "auto", "use the race detector: yes, no, or auto (if there is a C compiler)")
	tags := flag.String("tags", "", "build tags")
	run := flag.String("run", "", "only tests that match")
	short := flag.Bool("short", false, "the short form of long tests")
	flag.Parse()
	args := []string{"test", "-json", "-timeout", "15m"}
	raced := useRace(*race)
	if *tags != "" {
		args = append(args, "-tags", *tags)
	}
	if *run != "" {
		args = append(args, "-run", *run)
	}
	if *short {
		args = append(args, "-short")
	}
	wanted := flag.Args()
	if len(wanted) == 0 {
		wanted = []string{"./..."}
	}
	whole := *run == "" && slices.Contains(wanted, "./...")
	calls, err := split(args, wanted, raced)
	ok := false
	if err == nil {
		ok, err = test(calls, whole)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// useRace says whether the race detector is wanted and can be had: it needs cgo.
func useRace(choice string) bool {
	switch choice {
	case "yes":
		return true
	case "no":
		return false
	}
	out, err := exec.Command("go", "env", "CGO_ENABLED", "CC").Output()
	env := strings.Fields(string(out))
	if err == nil && len(env) >= 2 && env[0] == "1" {
		if _, err = exec.LookPath(env[1]); err == nil {
			return true
		}
	}
	fmt.Println("no C compiler: the tests run without the race detector")
	return false
}

// asPeopleRun are the packages whose tests start the program hundreds of times.
// They take it as people do: the race detector makes every start several times
// slower, and looks at what runs inside in the tests of the other packages.
var asPeopleRun = []string{"jixiao/cmd/jixiao", "jixiao/internal/crashtest"}

// goCall is one run of go: its arguments and what it adds to the environment.
type goCall struct{ args, env []string }

// split returns the calls of go that test the packages wanted.
func split(args, wanted []string, raced bool) ([]goCall, error) {
	if !raced {
		return []goCall{{args: append(args, wanted...)}}, nil
	}
	out, err := exec.Command("go", append([]string{"list"}, wanted...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", strings.Join(wanted, " "), err)
	}
	var inside, whole []string
	for _, pkg := range strings.Fields(string(out)) {
		if slices.Contains(asPeopleRun, pkg) {
			whole = append(whole, pkg)
		} else {
			inside = append(inside, pkg)
		}
	}
	var calls []goCall
	if len(inside) > 0 {
		calls = append(calls, goCall{args: slices.Concat(args, []string{"-race"}, inside)})
	}
	if len(whole) > 0 { // built as make build does, whose compiled packages serve here
		calls = append(calls, goCall{args: slices.Concat(args, []string{"-trimpath"}, whole), env: []string{"CGO_ENABLED=0"}})
	}
	return calls, nil
}

// test runs go with the arguments of each of calls and reports whether all is
// well. whole says that these are all tests.
func test(calls []goCall, whole bool) (bool, error) {
	rules, err := readSkips(skipList)
	if err != nil {
		return false, err
	}
	if whole {
		defer elastic(os.Stdout)()
	}
	r := newReport(os.Stdout)
	failed := false
	for _, c := range calls {
		if err = c.run(r, &failed); err != nil {
			break
		}
	}
	bad := r.close(rules)
	bad = r.examined(whole, os.Getenv("CI") != "") || bad
	return err == nil && !failed && !bad, err
}

// run runs go and lets r read what it prints.
func (c goCall) run(r *report, failed *bool) error {
	cmd := exec.Command("go", c.args...)
	cmd.Env = append(os.Environ(), c.env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	fmt.Println("go", strings.Join(c.args, " "))
	if err := cmd.Start(); err != nil {
		return err
	}
	err = r.read(out)
	if err != nil {
		_, _ = io.Copy(io.Discard, out) // let go test end by itself
	}
	*failed = cmd.Wait() != nil || *failed
	return err
}
