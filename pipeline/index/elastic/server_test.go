package elastic_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"jixiao/pipeline/index/elastic"
	"jixiao/pipeline/index/elastic/elastictest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if err := elastictest.Remove(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
		os.Exit(code)
	}))
}

// options are for a new alias on the shared server.
func options(t testing.TB) elastic.Options {
	t.Helper()
	url := elastictest.Address(t)
	return elastic.Options{Addresses: []string{url}, Alias: elastictest.Alias(t, url)}
}

// open opens an index and sets it up.
func open(t testing.TB, o elastic.Options) *elastic.Index {
	t.Helper()
	x, err := elastic.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	if _, err := x.Init(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return x
}
