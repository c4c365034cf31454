package sandbox

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
)

func TestFrame(t *testing.T) {
	var b bytes.Buffer
	if err := writeFrame(&b, markJob, []byte("head"), strings.NewReader("body and more"), 4); err != nil {
		t.Fatal(err)
	}
	whole := b.String()
	head, body, err := readFrame(&b, markJob, 4)
	if string(head) != "head" || string(body) != "body" || err != nil {
		t.Errorf("%q, %q, %v", head, body, err)
	}
	for n := range whole {
		want := io.ErrUnexpectedEOF
		if n == 0 {
			want = io.EOF
		}
		if _, _, err := readFrame(strings.NewReader(whole[:n]), markJob, 4); !errors.Is(err, want) {
			t.Errorf("a frame cut to %d bytes: %v, want %v", n, err, want)
		}
	}
	if _, _, err := readFrame(strings.NewReader(whole), markAnswer, 4); !errors.Is(err, errGarbage) {
		t.Errorf("another mark: %v", err)
	}
	if _, _, err := readFrame(strings.NewReader(whole), markJob, 3); !errors.Is(err, errGarbage) {
		t.Errorf("a body over the limit: %v", err)
	}
}

// A child that claims a huge answer makes the parent take no memory for it.
func TestClaimedLength(t *testing.T) {
	claim := markAnswer + "\x00\x00\x00\x00" + "\x00\x00\x00\x00\x10\x00\x00\x00" + "x"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := readFrame(strings.NewReader(claim), markAnswer, 1<<40)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, io.ErrUnexpectedEOF) || after.TotalAlloc-before.TotalAlloc > 8<<20 {
		t.Errorf("%v after taking %d bytes", err, after.TotalAlloc-before.TotalAlloc)
	}
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte(markAnswer + "\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x02abc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		head, body, err := readFrame(bytes.NewReader(b), markAnswer, 1<<20)
		if err == nil && prefixLen+len(head)+len(body) > len(b) {
			t.Errorf("%d bytes out of %d", len(head)+len(body), len(b))
		}
	})
}

func TestExcerpt(t *testing.T) {
	for _, chunk := range []int{1, 7, 1000, 5000, 20000, 100000} {
		var e excerpt
		var all []byte
		for len(all) < 60_000 {
			b := bytes.Repeat([]byte{byte('a' + len(all)%26)}, chunk)
			all = append(all, b...)
			if n, err := e.Write(b); n != len(b) || err != nil {
				t.Fatal(n, err)
			}
		}
		want := string(all[:headSize]) + "\n…\n" + string(all[len(all)-tailSize:])
		if got := e.String(); got != want {
			t.Errorf("chunks of %d: %d bytes are kept, want %d, or others", chunk, len(got), len(want))
		}
	}
	var e excerpt
	e.Write([]byte("short")) //nolint:errcheck // it cannot fail
	if e.String() != "short" {
		t.Errorf("%q", e.String())
	}
}
