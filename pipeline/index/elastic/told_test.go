package elastic

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The status of every item is told, of those that did not get in as well, and
// that of a request that got no answer is not.
func TestStatusOfItemsIsTold(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		want         []int
	}{
		{"written", `{"errors":false,"items":[{"index":{"status":201}},{"index":{"status":200}},{"delete":{"status":404}}]}`, []int{201, 200, 404}},
		{"overloaded", `{"errors":true,"items":[{"index":{"status":201}},{"index":{"status":429,"error":{"type":"es_rejected_execution_exception"}}},{"index":{"status":409}}]}`, []int{201, 429, 409}},
		{"cut", `{"errors":true,"items":[{"index":{"status":2`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				w.Header().Set("X-Elastic-Product", "Elasticsearch")
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, tt.answer)
			}))
			defer s.Close()
			var got []int
			x, err := New(Options{Addresses: []string{s.URL}, Answered: func(status int) { got = append(got, status) }})
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			_, _ = x.bulk(t.Context(), "reports", [][]byte{[]byte("{}\n"), []byte("{}\n"), []byte("{}\n")}, []byte("{}\n{}\n{}\n"))
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}
