package bleve_test

import (
	"testing"

	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/pipeline/index/indextest"
)

func TestExam(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Backend {
		x, err := bleve.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return x
	})
}

// TestMemory is short: beside the folder, all is as in TestExam.
func TestMemory(t *testing.T) {
	x, err := bleve.NewMemory()
	if err != nil {
		t.Fatal(err)
	}
	s := &index.Service{Backend: x}
	for n := range 3 {
		if err := s.Index(t.Context(), document(n)); err != nil {
			t.Fatal(err)
		}
		checkWritten(t, s, n+1)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
