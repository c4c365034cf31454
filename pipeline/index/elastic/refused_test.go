package elastic

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jixiao/internal/fault"
)

// What refuses us is named by its address, and what to do next depends on what
// was shown to it and on who answers.
func TestRefusedAtTheDoor(t *testing.T) {
	const missing = `{"error":{"type":"security_exception","reason":"missing authentication credentials"},"status":401}`
	for _, tt := range []struct {
		name, header, answer, key string
		status                    int
		kind                      fault.Kind
		says, hint                string
	}{
		{"no_credentials", "", missing, "", 401, fault.Forbidden, "wants credentials", "JIXIAO_ELASTIC_API_KEY"},
		{"wrong_key", "", missing, "d3Jvbmc6a2V5", 401, fault.Forbidden, "does not take the credentials", "check the API key"},
		{"another_program", "", "404 page not found", "", 404, fault.Usage, "not Elasticsearch", "address"},
		{"another_method", "", "<html>", "", 405, fault.Usage, "not Elasticsearch", "address"},
		{"no_such_index", "Elasticsearch", `{"error":{"type":"index_not_found_exception","reason":"no such index"},"status":404}`, "", 404, fault.NotFound, "no such index", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if tt.header != "" {
					w.Header().Set(productHeader, tt.header)
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.answer)
			}))
			defer s.Close()
			x, err := New(Options{Addresses: []string{s.URL}, APIKey: tt.key})
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			err = x.Greet(t.Context())
			if fault.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.says) || !strings.Contains(fault.HintOf(err), tt.hint) {
				t.Errorf("%v (%s) of kind %q, want %q, %q and the hint %q", err, fault.HintOf(err), fault.KindOf(err), tt.kind, tt.says, tt.hint)
			}
			if tt.kind != fault.NotFound && !strings.Contains(err.Error(), s.URL) {
				t.Errorf("%v does not name %s", err, s.URL)
			}
		})
	}
}
