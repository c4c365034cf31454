// Package elastic is the index backend that lives in an Elasticsearch cluster
// and is shared by many processes. In reading order:
//
//	Options, Open    one connection
//	Init             template, first index and aliases
//	Put, Delete      one report is one Elasticsearch document, its items nested in it
//	Match            an index.Request as a search, and the answer back
//	Build … Switch   a new index beside the old one, without a moment's pause
//
// Terms come ready from package index, as in every backend; Elasticsearch cuts
// nothing. docs/elasticsearch.md names all fields, for Kibana and Grafana.
package elastic

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
)

// DefaultAlias is the name under which the index is searched.
const DefaultAlias = "jixiao"

// DefaultPatience is how long a call tries again while Elasticsearch is
// overloaded or away.
const DefaultPatience = 15 * time.Second

// Options say where the cluster is, who asks and under which name.
type Options struct {
	Addresses []string // http(s)://host:port of one node or several; taken in turn
	CAFile    string   // PEM file of the authority that signed the cluster's certificate; "" takes the system's
	APIKey    string   // as Elasticsearch gives it out, base64; instead of Username and Password
	Username  string
	Password  string
	Alias     string        // DefaultAlias if ""
	Shards    int           // of indices that are made; 1 if 0
	Replicas  int           // of indices that are made; 0 has one as soon as there is a second node
	Patience  time.Duration // DefaultPatience if 0

	// Answered is called with the HTTP status of every document and removal that
	// the cluster answered for, each time it is sent; nil means nobody is told.
	Answered func(status int)
}

// String names the index and its hosts: options may be printed, secrets not.
func (o Options) String() string {
	hosts := make([]string, len(o.Addresses))
	for i, a := range o.Addresses {
		if u, err := url.Parse(a); err == nil {
			hosts[i] = u.Host
		}
	}
	return fmt.Sprintf("index %q on %s", o.Alias, strings.Join(hosts, ", "))
}

// GoString is String, for %#v.
func (o Options) GoString() string { return o.String() }

// LogValue is String, for log/slog in any form.
func (o Options) LogValue() slog.Value { return slog.StringValue(o.String()) }

// An Index is the index of one alias. It implements index.Backend and is safe
// for concurrent use; there may be many in many processes.
type Index struct {
	opts Options
	es   *client
	idle func()
	only string // the one index to write and search, for a Build; "" asks the aliases
	gate *gate

	mu      sync.Mutex // guards what follows
	checked time.Time  // when the alias was last seen to fit
	greeted bool       // who answers is known, and that the names are free or ours
	closed  bool
}

var _ index.Backend = (*Index)(nil)

// Open is New and Greet.
func Open(ctx context.Context, o Options) (*Index, error) {
	x, err := New(o)
	if err != nil {
		return nil, err
	}
	if err := x.Greet(ctx); err != nil {
		x.idle()
		return nil, err
	}
	return x, nil
}

// New returns an index that has asked nobody yet: the first call that needs the
// cluster greets it. Its errors are of kind Usage, for options that cannot be
// right. It makes nothing: Init does.
func New(o Options) (*Index, error) {
	o, err := o.checked()
	if err != nil {
		return nil, err
	}
	t, err := transport(o.CAFile)
	if err != nil {
		return nil, err
	}
	es, err := newClient(o, t)
	if err != nil {
		return nil, fault.New(fault.Usage, "elasticsearch: the addresses cannot be used")
	}
	return &Index{opts: o, es: es, idle: t.CloseIdleConnections, gate: newGate()}, nil
}

// Greet sees who answers, once: its errors are of kind Unavailable if nobody
// does, Forbidden for a wrong key, password or certificate, Unsupported for an
// old server, and Conflict if the names are taken by what is not ours.
func (x *Index) Greet(ctx context.Context) error {
	x.mu.Lock()
	known := x.greeted || x.only != ""
	x.mu.Unlock()
	if known {
		return nil
	}
	if err := x.greet(ctx); err != nil {
		x.gate.tell(err)
		return err
	}
	x.mu.Lock()
	x.greeted = true
	x.mu.Unlock()
	return nil
}

// aliasForm is what Elasticsearch allows and nobody has to quote.
var aliasForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,99}$`)

// checked fills defaults in and moves credentials out of the addresses, where
// every error would tell them.
func (o Options) checked() (Options, error) {
	if o.Alias == "" {
		o.Alias = DefaultAlias
	}
	if o.Patience == 0 {
		o.Patience = DefaultPatience
	}
	if o.Shards == 0 {
		o.Shards = 1
	}
	if !aliasForm.MatchString(o.Alias) {
		return o, fault.New(fault.Usage, "elasticsearch: %q cannot be an index name: small letters, digits, - and _ can", o.Alias)
	}
	if len(o.Addresses) == 0 {
		return o, fault.New(fault.Usage, "elasticsearch: no address")
	}
	if o.APIKey != "" && o.Username != "" {
		return o, fault.New(fault.Usage, "elasticsearch: an API key and a user name: give one of them")
	}
	addresses := make([]string, len(o.Addresses))
	for i, a := range o.Addresses {
		u, err := url.Parse(strings.TrimSpace(a))
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return o, fault.WithHint(fault.New(fault.Usage, "elasticsearch: address %d is none", i+1), "write http://host:9200 or https://host:9200")
		}
		if u.User != nil && o.APIKey == "" && o.Username == "" {
			o.Username = u.User.Username()
			o.Password, _ = u.User.Password()
		}
		u.User = nil
		addresses[i] = u.String()
	}
	o.Addresses = addresses
	return o, nil
}

// transport trusts the authorities of file, or the system's if there is none.
func transport(file string) (*http.Transport, error) {
	t := &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: 10 * time.Second,
		// A bulk request or a deep search takes seconds; who says nothing for longer is gone.
		ResponseHeaderTimeout: 2 * time.Minute,
		MaxIdleConnsPerHost:   16,
		IdleConnTimeout:       90 * time.Second,
		Proxy:                 http.ProxyFromEnvironment,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
	}
	if file == "" {
		return t, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.New(fault.Usage, "elasticsearch: CA file: %w", err)
	}
	t.TLSClientConfig.RootCAs = x509.NewCertPool()
	if !t.TLSClientConfig.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fault.New(fault.Usage, "elasticsearch: CA file %q holds no certificate in PEM form", file)
	}
	return t, nil
}

// Close implements index.Backend. What is under way is not waited for.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closed = true
	if x.only == "" { // a Build shares the connections of its parent
		x.idle()
	}
	return nil
}

func (x *Index) open(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return fault.New(fault.Unavailable, "index is closed")
	}
	return ctx.Err()
}
