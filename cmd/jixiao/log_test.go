package main

import (
	"bytes"
	"log"
	"strings"
	"testing"

	"jixiao/internal/app"
)

// What libraries log by themselves is heard with --verbose only.
func TestLibrariesAreQuiet(t *testing.T) {
	was := log.Writer()
	defer log.SetOutput(was)
	defer log.SetFlags(log.Flags())
	for _, verbose := range []bool{false, true} {
		var out bytes.Buffer
		log.SetOutput(&out) // as standard error is
		c := cli{Verbose: verbose}
		c.logger(&out, app.DefaultOptions(), true)
		log.Print("unable to load snapshot")
		if got := strings.Contains(out.String(), "snapshot"); got != verbose {
			t.Errorf("verbose %v: %q", verbose, out.String())
		}
	}
}
