package elastic_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/elastic"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/schemas/search"
)

// secure returns options that are right for s.
func secure(t *testing.T, s *elastictest.Server) elastic.Options {
	t.Helper()
	return elastic.Options{Addresses: []string{s.URL}, CAFile: s.CA(), APIKey: s.APIKey(t)}
}

func TestSecure(t *testing.T) {
	server := elastictest.Start(t, "SECURE=1")
	right := secure(t, server)
	t.Run("key", func(t *testing.T) {
		s := &index.Service{Backend: open(t, right)}
		if err := s.Index(t.Context(), documents(0, 3)...); err != nil {
			t.Fatal(err)
		}
		wantAll(t, s, 3)
	})
	t.Run("password", func(t *testing.T) {
		o := right
		o.APIKey, o.Username, o.Password = "", elastictest.User, elastictest.Password
		wantAll(t, &index.Service{Backend: open(t, o)}, 3)
		o.Username, o.Password = "", ""
		o.Addresses = []string{strings.Replace(server.URL, "://", "://admin:only-for-tests@", 1)}
		wantAll(t, &index.Service{Backend: open(t, o)}, 3)
	})
	other := filepath.Join(t.TempDir(), "other.pem")
	if err := os.WriteFile(other, []byte(otherAuthority), 0o600); err != nil {
		t.Fatal(err)
	}
	const secret = "c2VjcmV0OmtleXRoYXRtdXN0bm90c2hvdw=="
	for name, tt := range map[string]struct {
		change func(*elastic.Options)
		kind   fault.Kind
		says   string
	}{
		"wrong_key":      {func(o *elastic.Options) { o.APIKey = secret }, fault.Forbidden, "credentials"},
		"wrong_password": {func(o *elastic.Options) { o.APIKey, o.Username, o.Password = "", "admin", secret }, fault.Forbidden, "credentials"},
		"no_key":         {func(o *elastic.Options) { o.APIKey = "" }, fault.Forbidden, "credentials"},
		"wrong_ca":       {func(o *elastic.Options) { o.CAFile = other }, fault.Forbidden, "not trusted"},
		"no_ca":          {func(o *elastic.Options) { o.CAFile = "" }, fault.Forbidden, "not trusted"},
		"missing_ca":     {func(o *elastic.Options) { o.CAFile = "nowhere.pem" }, fault.Usage, "nowhere.pem"},
		"no_pem":         {func(o *elastic.Options) { o.CAFile = "secure_test.go" }, fault.Usage, "PEM"},
		"http":           {func(o *elastic.Options) { o.Addresses = []string{strings.Replace(server.URL, "https", "http", 1)} }, fault.Unavailable, "no answer"},
		"unreachable":    {func(o *elastic.Options) { o.Addresses = []string{closedAddress(t)} }, fault.Unavailable, "refused"},
		"secret_in_url": {func(o *elastic.Options) {
			o.APIKey, o.Addresses = "", []string{"https://admin:" + secret + "@127.0.0.1:1"}
		}, fault.Unavailable, "no answer"},
		"secret_in_odd_url": {func(o *elastic.Options) { o.Addresses = []string{"admin:" + secret + "@h:1"} }, fault.Usage, "address 1"},
		"two_secrets":       {func(o *elastic.Options) { o.Username = "admin" }, fault.Usage, "one of them"},
		"no_address":        {func(o *elastic.Options) { o.Addresses = nil }, fault.Usage, "no address"},
		"odd_name":          {func(o *elastic.Options) { o.Alias = "A*" }, fault.Usage, "index name"},
		"not_allowed":       {func(o *elastic.Options) { o.Alias = "others" }, fault.Forbidden, "not allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			o := right
			tt.change(&o)
			x, err := elastic.Open(t.Context(), o)
			if err == nil {
				_, err = x.Init(t.Context(), false)
				x.Close()
			}
			if fault.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v of kind %q, want %q and %q", err, fault.KindOf(err), tt.kind, tt.says)
			}
			if err != nil && (strings.Contains(err.Error()+fault.HintOf(err), secret) || strings.Contains(err.Error(), right.APIKey)) {
				t.Errorf("the error tells a secret: %v", err)
			}
		})
	}
	t.Run("killed", func(t *testing.T) { testKilled(t, server, right) })
}

// testKilled kills the server in the middle of writing, starts it again, and
// wants every document once.
func testKilled(t *testing.T, server *elastictest.Server, o elastic.Options) {
	o.Alias, o.Patience = "jixiao-killed", time.Second
	x := open(t, o)
	s := &index.Service{Backend: x}
	const each, all = 40, 2000
	killed := make(chan error, 1)
	failed, durable := 0, 0
	for n := 0; n < all; {
		if n == 10*each && failed == 0 {
			go func() {
				_, err := server.Do("kill")
				killed <- err
			}()
		}
		err := s.Index(t.Context(), documents(n, n+each)...)
		switch {
		case err == nil:
			n += each
			durable = n
		case fault.KindOf(err) == fault.Unavailable && failed == 0:
			failed++
			if err := <-killed; err != nil {
				t.Fatal(err)
			}
			if err := x.Ready(t.Context()); fault.KindOf(err) != fault.Unavailable {
				t.Errorf("Ready without a server: %v of kind %q", err, fault.KindOf(err))
			}
			if _, err := s.Search(t.Context(), search.Query{}); fault.KindOf(err) != fault.Unavailable {
				t.Errorf("Search without a server: %v of kind %q", err, fault.KindOf(err))
			}
			if err := server.Start(); err != nil {
				t.Fatal(err)
			}
			awaitReady(t, x)
			wantAtLeast(t, s, durable)
		default:
			t.Fatal(err)
		}
	}
	if failed == 0 {
		t.Error("no write met the kill: nothing is shown")
	}
	wantAll(t, s, all)
}

// wantAtLeast checks that what was said to be durable is there.
func wantAtLeast(t *testing.T, s *index.Service, durable int) {
	t.Helper()
	n := 0
	for _, err := range s.Revisions(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n < durable {
		t.Errorf("%d documents after the kill, %d were durable", n, durable)
	}
}

// closedAddress is one where nobody listens.
func closedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// otherAuthority signed nothing.
const otherAuthority = `-----BEGIN CERTIFICATE-----
MIIBijCCATGgAwIBAgIUSXPhwZ+H1Y6ShB7Nf99tJDCZSfswCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPb3RoZXItYXV0aG9yaXR5MCAXDTI2MTEyMzA5MTQ1MloYDzIx
MjYxMDMwMDkxNDUyWjAaMRgwFgYDVQQDDA9vdGhlci1hdXRob3JpdHkwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAASjjH3HWK0JXFjU8mFzaiuLOMTCD7e+69rdTKHT
WiQBny69fiG7RkbXJ/3ApKoDJjYSmDYm5yyEzUk396v23SHio1MwUTAdBgNVHQ4E
FgQUwhrKA8/bzWVaQatlBG+8I70mNl4wHwYDVR0jBBgwFoAUwhrKA8/bzWVaQatl
BG+8I70mNl4wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiADkXRE
cQZvhINjn5gRLk5qsvwSYUeRV//SGFFISwctUQIgUFkli8nzNyhOoRUIynquYwo+
spXcKX6i8sTnurfFiAE=
-----END CERTIFICATE-----
`
