// Package extracttest is the exam that every extractor passes: what the
// contract of extractors.Extractor promises, tried on documents of the format,
// on documents of other formats, and on damaged ones.
package extracttest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors"
	"jixiao/internal/fault"
)

// Run examines e. Samples are documents that it must accept and read; foreign
// ones are of other formats and must not be accepted. Names serve as names of
// subtests. Samples should be small: each is read some dozens of times.
func Run(t *testing.T, e extractors.Extractor, samples, foreign map[string][]byte) {
	t.Helper()
	if len(samples) == 0 || len(foreign) == 0 {
		t.Fatal("the exam needs samples and foreign documents")
	}
	t.Run("identity", func(t *testing.T) { identity(t, e) })
	t.Run("accepts", func(t *testing.T) { accepts(t, e, samples, foreign) })
	t.Run("empty", func(t *testing.T) { empty(t, e) })
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		b := samples[name]
		t.Run(name, func(t *testing.T) {
			t.Run("reads", func(t *testing.T) { reads(t, e, name, b) })
			t.Run("limit", func(t *testing.T) { limit(t, e, name, b) })
			t.Run("canceled", func(t *testing.T) { canceled(t, e, name, b) })
			t.Run("broken_reader", func(t *testing.T) { brokenReader(t, e, name, b) })
			t.Run("damaged", func(t *testing.T) { damaged(t, e, name, b) })
		})
	}
	t.Run("concurrent", func(t *testing.T) { concurrent(t, e, samples) })
}

// Input returns b as a document of the given name.
func Input(name string, b []byte) extractors.Input {
	return extractors.Input{Name: name, Size: int64(len(b)), Bytes: bytes.NewReader(b)}
}

var (
	nameForm    = regexp.MustCompile(`^[a-z][a-z0-9]*$`)
	versionForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.+-]*/[1-9][0-9]*$`)
)

func identity(t *testing.T, e extractors.Extractor) {
	if n := e.Name(); !nameForm.MatchString(n) {
		t.Errorf("Name() = %q, want lower-case letters and digits", n)
	}
	if v := e.Version(); !versionForm.MatchString(v) {
		t.Errorf("Version() = %q, want the form engine/number", v)
	}
}

func accepts(t *testing.T, e extractors.Extractor, samples, foreign map[string][]byte) {
	for name, b := range samples {
		if !e.Accepts(head(b)) {
			t.Errorf("sample %s is not accepted", name)
		}
	}
	for name, b := range foreign {
		if e.Accepts(head(b)) {
			t.Errorf("foreign %s is accepted", name)
		}
		h := head(b)
		if n := testing.AllocsPerRun(5, func() { e.Accepts(h) }); n > 0 {
			t.Errorf("Accepts allocates %v times on foreign %s", n, name)
		}
	}
	for name, b := range samples {
		h := head(b)
		if n := testing.AllocsPerRun(5, func() { e.Accepts(h) }); n > 0 {
			t.Errorf("Accepts allocates %v times on sample %s", n, name)
		}
	}
	if e.Accepts(nil) {
		t.Error("an empty head is accepted")
	}
}

func head(b []byte) []byte { return b[:min(len(b), extractors.HeadSize)] }

func empty(t *testing.T, e extractors.Extractor) {
	doc, err := e.Extract(t.Context(), Input("empty", nil))
	if err == nil || doc != nil {
		t.Fatalf("Extract of no bytes = %v, %v; want an error alone", doc, err)
	}
	checkFault(t, err)
}

func reads(t *testing.T, e extractors.Extractor, name string, b []byte) {
	first, err := e.Extract(t.Context(), Input(name, b))
	if err != nil {
		t.Fatal(err)
	}
	if first.Format != e.Name() {
		t.Errorf("Format = %q, want the extractor's name %q", first.Format, e.Name())
	}
	if err := Verify(first); err != nil {
		t.Error(err)
	}
	again, err := e.Extract(t.Context(), Input("other name", b))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(first, again); d != "" {
		t.Errorf("the same bytes gave another layout (-first +second):\n%s", d)
	}
}

func limit(t *testing.T, e extractors.Extractor, name string, b []byte) {
	in := Input(name, b)
	in.MaxBytes = in.Size
	if _, err := e.Extract(t.Context(), in); err != nil {
		t.Errorf("a document of exactly MaxBytes: %v", err)
	}
	in.MaxBytes = in.Size - 1
	_, err := e.Extract(t.Context(), in)
	if k := fault.KindOf(err); k != fault.TooLarge {
		t.Errorf("a document of MaxBytes+1: kind %q (%v), want %q", k, err, fault.TooLarge)
	}
	if h := fault.HintOf(err); !strings.Contains(h, "--max-bytes") {
		t.Errorf("hint %q does not name the flag --max-bytes", h)
	}
}

func canceled(t *testing.T, e extractors.Extractor, name string, b []byte) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	doc, err := e.Extract(ctx, Input(name, b))
	if !errors.Is(err, context.Canceled) || doc != nil {
		t.Errorf("Extract with a canceled context = %v, %v; want context.Canceled", doc != nil, err)
	}
}

var errDisk = errors.New("input/output error")

type brokenAt struct{}

func (brokenAt) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

// brokenReader tries a disk that fails and a file that is shorter than it was
// when its size was taken.
func brokenReader(t *testing.T, e extractors.Extractor, name string, b []byte) {
	in := Input(name, b)
	in.Bytes = brokenAt{}
	doc, err := e.Extract(t.Context(), in)
	if err == nil || doc != nil {
		t.Fatalf("a failing disk gave %v, %v; want an error alone", doc, err)
	}
	if k := fault.KindOf(err); k == fault.Invalid || k == fault.Unsupported {
		t.Errorf("a failing disk is called %q (%v): that condemns the document", k, err)
	}
	in = Input(name, b)
	in.Size += 1000
	verifyOrFault(t, e, in)
}

func concurrent(t *testing.T, e extractors.Extractor, samples map[string][]byte) {
	var wg sync.WaitGroup
	for name, b := range samples {
		want, err := e.Extract(t.Context(), Input(name, b))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for range 2 {
			wg.Go(func() {
				got, err := e.Extract(t.Context(), Input(name, b))
				if err != nil {
					t.Errorf("%s: %v", name, err)
				} else if d := cmp.Diff(want, got); d != "" {
					t.Errorf("%s differs when read beside others:\n%s", name, d)
				}
			})
		}
	}
	wg.Wait()
}

// damaged cuts the sample off at some places and changes bytes at others.
func damaged(t *testing.T, e extractors.Extractor, name string, b []byte) {
	cuts, changes := 6, 12
	if testing.Short() {
		cuts, changes = 2, 4
	}
	rng := rand.New(rand.NewPCG(1, uint64(len(b))))
	for range cuts {
		verifyOrFault(t, e, Input(name, b[:rng.IntN(len(b))]))
	}
	for range changes {
		c := bytes.Clone(b)
		for range 1 + rng.IntN(8) {
			c[rng.IntN(len(c))] = byte(rng.Uint32())
		}
		verifyOrFault(t, e, Input(name, c))
	}
}

// verifyOrFault reads in and wants either a sound layout or a proper fault. A
// panic fails the test by itself.
func verifyOrFault(t *testing.T, e extractors.Extractor, in extractors.Input) {
	t.Helper()
	doc, err := e.Extract(t.Context(), in)
	if err != nil {
		checkFault(t, err)
		return
	}
	if err := Verify(doc); err != nil {
		t.Error(err)
	}
}

func checkFault(t *testing.T, err error) {
	t.Helper()
	switch k := fault.KindOf(err); k {
	case fault.Invalid, fault.Unsupported, fault.TooLarge, fault.Timeout, fault.Unavailable:
	default:
		t.Errorf("error of kind %q: %v; want one that says what is wrong with the document", k, err)
	}
	if msg := err.Error(); msg == "" || strings.ContainsAny(msg, "\n\x1b") {
		t.Errorf("message %q is empty or would spoil a terminal", msg)
	}
	if errors.Is(err, io.EOF) && fault.KindOf(err) == fault.Internal {
		t.Errorf("a bare %v says nothing to the user", err)
	}
}
