package bleve_test

import (
	"testing"

	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/pipeline/index/indextest"
)

func TestExam(t *testing.T) {
	t.Run("folder", func(t *testing.T) {
		indextest.Run(t, func(t *testing.T) index.Backend {
			x, err := bleve.Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			return x
		})
	})
	t.Run("memory", func(t *testing.T) {
		indextest.Run(t, func(t *testing.T) index.Backend {
			x, err := bleve.NewMemory()
			if err != nil {
				t.Fatal(err)
			}
			return x
		})
	})
}
