package app

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"jixiao/internal/fault"
	"jixiao/pipeline/index/elastic"
)

// ElasticOptions is the part of Options about an Elasticsearch cluster that
// keeps the index. Its secrets are no flags: a command line is there for
// everybody on the machine to read.
type ElasticOptions struct {
	Elastic             string `name:"elastic" placeholder:"URL,…" help:"Keep the index in this Elasticsearch cluster (https://host:9200) instead of the data folder; several nodes, separated by commas, are taken in turn."`
	ElasticCA           string `name:"elastic-ca" placeholder:"FILE" help:"Certificates (PEM) of the authorities that may have signed that cluster's certificate."`
	ElasticUser         string `name:"elastic-user" placeholder:"NAME" help:"User there, with the password from JIXIAO_ELASTIC_PASSWORD or a file; an API key (JIXIAO_ELASTIC_API_KEY or a file) is the other way."`
	ElasticPasswordFile string `name:"elastic-password-file" placeholder:"FILE" help:"File that holds the password of that user."`
	ElasticAPIKeyFile   string `name:"elastic-api-key-file" placeholder:"FILE" help:"File that holds the API key for that cluster."`
	ElasticAlias        string `name:"elastic-alias" placeholder:"NAME" help:"Name of the index there, and beginning of all names; else jixiao."`
	ElasticShards       int    `name:"elastic-shards" default:"0" placeholder:"N" help:"Shards of an index that is made there; 0 makes one."`
	ElasticReplicas     int    `name:"elastic-replicas" default:"0" placeholder:"N" help:"Copies of each shard; 0 has one as soon as there is a second node."`

	ElasticPassword Secret `kong:"-"`
	ElasticAPIKey   Secret `kong:"-"`
}

// A Secret is a password or a key: it can be used and not printed.
type Secret string

const hidden = "xxxxx"

// String returns what may be printed.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// GoString is String, for %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue is String, for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is String, for JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// secretNames are the settings that only the environment knows.
var secretNames = []string{"elastic-password", "elastic-api-key"}

// TakeSecrets takes the secrets out of the environment: child processes, which
// parse documents of strangers, do not inherit them.
func (o *Options) TakeSecrets() error {
	o.ElasticPassword = Secret(os.Getenv(EnvName("elastic-password")))
	o.ElasticAPIKey = Secret(os.Getenv(EnvName("elastic-api-key")))
	var errs []error
	for _, name := range append([]string{"nats", "elastic"}, secretNames...) { // addresses may hold passwords
		errs = append(errs, os.Unsetenv(EnvName(name)))
	}
	return errors.Join(errs...)
}

// aliasForm is what elastic allows as a name.
var aliasForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,99}$`)

func (e ElasticOptions) validate() (bad []error) {
	check := func(ok bool, format string, args ...any) {
		if !ok {
			bad = append(bad, fmt.Errorf(format, args...))
		}
	}
	for _, f := range []struct{ flag, value string }{
		{"elastic-ca", e.ElasticCA}, {"elastic-user", e.ElasticUser}, {"elastic-password-file", e.ElasticPasswordFile},
		{"elastic-api-key-file", e.ElasticAPIKeyFile}, {"elastic-alias", e.ElasticAlias},
	} {
		check(f.value == "" || e.Elastic != "", "%s: it is for a cluster given with --elastic", f.flag)
	}
	check(e.ElasticAlias == "" || aliasForm.MatchString(e.ElasticAlias), "elastic-alias: %q is no name of small letters, digits, - and _", e.ElasticAlias)
	check(e.ElasticShards >= 0 && e.ElasticShards <= 1024, "elastic-shards: %d is not in 0..1024", e.ElasticShards)
	check(e.ElasticReplicas >= 0 && e.ElasticReplicas <= 100, "elastic-replicas: %d is not in 0..100", e.ElasticReplicas)
	key := e.ElasticAPIKeyFile != "" || e.ElasticAPIKey != ""
	check(!key || e.ElasticUser == "", "elastic-user: an API key is given too (--elastic-api-key-file or %s): two ways to log in, one of them is wanted", EnvName("elastic-api-key"))
	check(e.ElasticPasswordFile == "" || e.ElasticUser != "", "elastic-password-file: whose password is it? --elastic-user says so")
	if e.Elastic != "" {
		for i, a := range e.addresses() {
			u, err := url.Parse(a) // never printed: it may hold a password
			check(err == nil && u.Host != "" && slices.Contains([]string{"http", "https"}, u.Scheme), "elastic: address %d does not look like https://host:9200", i+1)
			check(err != nil || u.User == nil || !key && e.ElasticUser == "", "elastic: address %d holds a user, and another one or an API key is given too: two ways to log in, one of them is wanted", i+1)
		}
	}
	return bad
}

func (e ElasticOptions) addresses() (out []string) {
	for a := range strings.SplitSeq(e.Elastic, ",") {
		out = append(out, strings.TrimSpace(a))
	}
	return out
}

// elastic returns the options of the backend, with the secrets out of their files.
func (o Options) elastic() (elastic.Options, error) {
	key, err := secret(o.ElasticAPIKey, o.ElasticAPIKeyFile, "elastic-api-key-file")
	if err != nil {
		return elastic.Options{}, err
	}
	password, err := secret(o.ElasticPassword, o.ElasticPasswordFile, "elastic-password-file")
	if err != nil {
		return elastic.Options{}, err
	}
	e := elastic.Options{
		Addresses: o.addresses(), CAFile: o.ElasticCA, Alias: o.ElasticAlias,
		Shards: o.ElasticShards, Replicas: o.ElasticReplicas, Username: o.ElasticUser,
		Answered: o.Metrics.BulkItem,
	}
	if o.ElasticUser != "" && password == "" {
		return e, fault.New(fault.Usage, "elastic-user: the password is missing: %s or --elastic-password-file", EnvName("elastic-password"))
	}
	e.Password, e.APIKey = password, encodedKey(key)
	if o.ElasticUser == "" { // it is for nobody
		e.Password = ""
	}
	return e, nil
}

// openElastic opens the index in the cluster, which answers.
func (o Options) openElastic(ctx context.Context) (*elastic.Index, error) {
	e, err := o.elastic()
	if err != nil {
		return nil, err
	}
	x, err := elastic.Open(ctx, e)
	return x, o.hideSecrets(err)
}

// longestSecret bounds a file with a secret.
const longestSecret = 64 << 10

// secret returns what file holds, or else what the environment said.
func secret(given Secret, file, flag string) (string, error) {
	if file == "" {
		return string(given), nil
	}
	f, err := os.Open(file)
	if err != nil {
		return "", fault.New(fault.Usage, "%s: %w", flag, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, longestSecret))
	if err != nil {
		return "", fault.New(fault.Usage, "%s: %w", flag, err)
	}
	s := strings.TrimSpace(string(b))
	if s == "" || strings.ContainsAny(s, "\r\n") {
		return "", fault.WithHint(fault.New(fault.Usage, "%s: %q does not hold one line", flag, file), "write the secret into the file, and nothing else")
	}
	return s, nil
}

// encodedKey takes an API key as Elasticsearch gives it out, or as id:key.
func encodedKey(key string) string {
	if strings.Contains(key, ":") {
		return base64.StdEncoding.EncodeToString([]byte(key))
	}
	return key
}

// cluster reports whether everything is on servers: then no data folder is
// needed for anything.
func (o Options) cluster() bool { return o.remote() && o.Elastic != "" }
