package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestConfirmed(t *testing.T) {
	for answer, want := range map[string]error{
		"y\n": nil, "Yes\r\n": nil, "n\n": errKept, "\n": errKept, "": errKept, "yesterday\n": errKept,
	} {
		t.Run(strings.TrimSpace(answer), func(t *testing.T) {
			u := newUI(strings.NewReader(answer), io.Discard, io.Discard)
			if err := u.confirmed("remove?"); !errors.Is(err, want) {
				t.Errorf("%q: %v, want %v", answer, err, want)
			}
		})
	}
	var talk strings.Builder
	u := newUI(nil, io.Discard, &talk)
	if code := u.exit(errKept); code != exitFailure || talk.String() != "nothing was removed\n" {
		t.Errorf("exit %d, said %q", code, talk.String())
	}
}
