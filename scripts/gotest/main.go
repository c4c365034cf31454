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
	if useRace(*race) {
		args = append(args, "-race")
	}
	if *tags != "" {
		args = append(args, "-tags", *tags)
	}
	if *run != "" {
		args = append(args, "-run", *run)
	}
	if *short {
		args = append(args, "-short")
	}
	if flag.NArg() == 0 {
		args = append(args, "./...")
	}
	whole := *run == "" && (flag.NArg() == 0 || slices.Contains(flag.Args(), "./..."))
	ok, err := test(append(args, flag.Args()...), whole)
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

// test runs go with args and reports whether all is well. whole says that these
// are all tests.
func test(args []string, whole bool) (bool, error) {
	rules, err := readSkips(skipList)
	if err != nil {
		return false, err
	}
	if whole {
		defer elastic(os.Stdout)()
	}
	cmd := exec.Command("go", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	fmt.Println("go", strings.Join(args, " "))
	if err := cmd.Start(); err != nil {
		return false, err
	}
	r := newReport(os.Stdout)
	readErr := r.read(out)
	if readErr != nil {
		_, _ = io.Copy(io.Discard, out) // let go test end by itself
	}
	failed := cmd.Wait() != nil
	bad := r.close(rules)
	bad = r.examined(whole, os.Getenv("CI") != "") || bad
	return readErr == nil && !failed && !bad, readErr
}
