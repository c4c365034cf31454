//go:build !unix

package main

import "github.com/rogpeppe/go-internal/testscript"

// unprivileged is for systems with other rights than those of Unix.
func unprivileged(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Fatalf("there is no user without rights here")
}
