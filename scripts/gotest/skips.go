package main

import (
	"fmt"
	"os"
	"path"
	"strings"
)

// A skipRule allows the tests it matches to skip while its condition holds.
// With unset:VAR the test must also name VAR, for the person who reads it.
type skipRule struct {
	pkg, test string // patterns of path.Match
	when      string // unset:VAR, root, not-root, or always
}

// readSkips reads lines of the form "package test condition # reason".
func readSkips(name string) ([]skipRule, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the list of skips (run from the top of the repository): %w", err)
	}
	var rules []skipRule
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		words, why, _ := strings.Cut(line, "#")
		f := strings.Fields(words)
		if len(f) == 0 {
			continue
		}
		if len(f) != 3 || strings.TrimSpace(why) == "" {
			return nil, fmt.Errorf("%s:%d: want: package test condition # reason", name, n)
		}
		r := skipRule{f[0], f[1], f[2]}
		if _, err := r.holds(); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// holds reports whether the condition of r is true here and now.
func (r skipRule) holds() (bool, error) {
	if name, ok := strings.CutPrefix(r.when, "unset:"); ok {
		return os.Getenv(name) == "", nil
	}
	switch r.when {
	case "always":
		return true, nil
	case "root":
		return os.Geteuid() == 0, nil
	case "not-root":
		return os.Geteuid() != 0, nil
	}
	return false, fmt.Errorf("condition %q: want unset:VAR, root, not-root or always", r.when)
}

// mayAny reports whether some rule allows s. A rule for a test is one for its
// subtests.
func mayAny(rules []skipRule, s skip) bool {
	top, _, _ := strings.Cut(s.test, "/")
	for _, r := range rules {
		okPkg, _ := path.Match(r.pkg, s.pkg) // a bad pattern matches nothing
		okTop, _ := path.Match(r.test, top)
		okTest, _ := path.Match(r.test, s.test)
		name, isVar := strings.CutPrefix(r.when, "unset:")
		if isVar && !strings.Contains(s.why, name) {
			continue
		}
		if met, err := r.holds(); err == nil && met && okPkg && (okTop || okTest) {
			return true
		}
	}
	return false
}
