package main

import (
	"context"
	"fmt"
	"os"

	"jixiao/internal/app"
)

// child is the process that a parent starts to parse documents in. It is no
// command for people: it takes no settings and starts as fast as it can.
func child() int {
	if err := app.ServeChild(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "jixiao child:", err)
		return exitFailure
	}
	return exitOK
}
