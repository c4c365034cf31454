package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/extractors/pdf/pdfium"
	"jixiao/internal/fault"
	"jixiao/pipeline/sandbox"
	"jixiao/schemas/layout"
)

// ChildCommand is the argument with which this program, started by itself,
// parses documents and does nothing else.
const ChildCommand = "child"

// trusted is the format that is read in this process: its reader handles bytes
// alone and bounds what it takes. All others are read in a child.
const trusted = "text"

// largestJob is the most bytes that are sent to a child unless --max-bytes says
// otherwise.
const largestJob = 256 << 20

// poolOptions say how the children that parse for o work.
func poolOptions(o Options) sandbox.Options {
	var env []string
	if o.Cache != "" {
		env = append(env, pdfium.CacheEnv+"="+o.Cache)
	}
	return sandbox.Options{
		Args: []string{ChildCommand}, Env: env, Size: o.parallel(), Timeout: o.Timeout, Memory: int64(o.MaxMemory),
		Died: o.Metrics.ChildDied,
	}
}

// A task is what a child is told about a document beside its bytes.
type task struct {
	Format   string `json:"format"`
	Engine   string `json:"engine,omitempty"`
	MaxBytes int64  `json:"max_bytes,omitempty"`
}

// sandboxed is an extractor whose Extract runs in a child process.
type sandboxed struct {
	extractors.Extractor
	pool *sandbox.Pool
}

// Extract implements extractors.Extractor.
func (s *sandboxed) Extract(ctx context.Context, in extractors.Input) (*layout.Doc, error) {
	if limit := cmp.Or(in.MaxBytes, largestJob); in.Size > limit {
		return nil, fault.WithHint(fault.New(fault.TooLarge, "%d bytes are over the limit of %d", in.Size, limit), "raise --max-bytes")
	}
	header, err := json.Marshal(task{Format: s.Name(), Engine: in.Engine, MaxBytes: in.MaxBytes})
	if err != nil {
		return nil, err
	}
	b, err := s.pool.Do(ctx, header, io.NewSectionReader(in.Bytes, 0, in.Size), in.Size)
	if err != nil {
		return nil, err
	}
	var doc layout.Doc
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, fmt.Errorf("answer of the parser process: %w", err)
	}
	return &doc, nil
}

// ServeChild parses documents for a parent process until it goes away.
func ServeChild(ctx context.Context) error { return sandbox.Main(ctx, parse) }

// parse is what the child does with one document.
func parse(ctx context.Context, header, body []byte) ([]byte, error) {
	var t task
	if err := json.Unmarshal(header, &t); err != nil {
		return nil, err
	}
	for _, e := range all.Extractors() {
		if e.Name() != t.Format {
			continue
		}
		doc, err := e.Extract(ctx, extractors.Input{
			Size: int64(len(body)), Bytes: bytes.NewReader(body), Engine: t.Engine, MaxBytes: t.MaxBytes,
		})
		if err != nil {
			return nil, err
		}
		return json.Marshal(doc)
	}
	return nil, fault.New(fault.Internal, "the parser process knows no format %q", t.Format)
}
