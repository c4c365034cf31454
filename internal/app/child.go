package app

import (
	"context"
	"io"

	"jixiao/internal/fault"
)

// ServeChild parses documents for a parent process until in ends.
func ServeChild(ctx context.Context, in io.Reader, out io.Writer) error {
	return fault.New(fault.Internal, "not yet")
}
