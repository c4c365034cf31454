package app

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"jixiao/pipeline/queue"
	"jixiao/pipeline/store"
)

// Servers is the part of Options about NATS servers elsewhere.
type Servers struct {
	NATS         string `name:"nats" placeholder:"URL" help:"Use this NATS server instead of the one inside (nats://host:4222). It must have JetStream."`
	NATSCreds    string `name:"nats-creds" placeholder:"FILE" help:"Credentials file for that server."`
	NATSCA       string `name:"nats-ca" placeholder:"FILE" help:"Certificates (PEM) of the authorities that may have signed that server's certificate."`
	NATSCert     string `name:"nats-cert" placeholder:"FILE" help:"Certificate (PEM) that this program shows that server."`
	NATSKey      string `name:"nats-key" placeholder:"FILE" help:"Key (PEM) of that certificate."`
	NATSReplicas int    `name:"nats-replicas" default:"0" placeholder:"N" help:"On how many servers everything is kept: 1, 3 or 5; 0 leaves it as it is."`
	NATSCluster  string `name:"nats-cluster" placeholder:"NAME" help:"Keep everything in this cluster of servers."`
	NATSTags     string `name:"nats-tags" placeholder:"TAG,…" help:"Keep everything on servers with these tags."`
	NATSPrefix   string `name:"nats-prefix" placeholder:"NAME" help:"Beginning of the names of streams and subjects there; else jixiao."`
	Store        string `name:"store" default:"local" placeholder:"local|nats" help:"Where originals and records are kept: in the data folder, or on the NATS servers for many machines."`
}

// The values of Servers.Store.
const (
	StoreLocal = "local"
	StoreNATS  = "nats"
)

// prefixForm is what is good in names of streams, buckets and subjects.
var prefixForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,31}$`)

func (s Servers) validate() (bad []error) {
	check := func(ok bool, format string, args ...any) {
		if !ok {
			bad = append(bad, fmt.Errorf(format, args...))
		}
	}
	for flag, value := range map[string]string{
		"nats-creds": s.NATSCreds, "nats-ca": s.NATSCA, "nats-cert": s.NATSCert, "nats-key": s.NATSKey,
		"nats-cluster": s.NATSCluster, "nats-tags": s.NATSTags,
	} {
		check(value == "" || s.NATS != "", "%s: it is for a server given with --nats", flag)
	}
	check((s.NATSCert == "") == (s.NATSKey == ""), "nats-cert: a certificate and its key (--nats-key) are wanted, or none of the two")
	check(slices.Contains([]int{0, 1, 3, 5}, s.NATSReplicas), "nats-replicas: %d is none of 1, 3, 5", s.NATSReplicas)
	check(s.NATSPrefix == "" || prefixForm.MatchString(s.NATSPrefix), "nats-prefix: %q is no short name of small letters, digits, - and _", s.NATSPrefix)
	check(s.Store == "" || s.Store == StoreLocal || s.Store == StoreNATS, "store: %q is none of local, nats", s.Store)
	check(s.Store != StoreNATS || s.NATS != "", "store: nats needs the address of a server (--nats)")
	if s.NATS != "" {
		bad = append(bad, checkNATS(s.NATS))
	}
	return slices.DeleteFunc(bad, func(err error) bool { return err == nil })
}

// errAddress says which address is wrong without ever printing one: it may hold
// a password.
var errAddress = errors.New("does not look like nats://host:4222")

func checkNATS(list string) error {
	for i, s := range strings.Split(list, ",") {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || u.Host == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) {
			return fmt.Errorf("nats: address %d %w", i+1, errAddress)
		}
	}
	return nil
}

// remote reports whether the store is on the servers.
func (o Options) remote() bool { return o.Store == StoreNATS }

// prefix is what names on the servers begin with.
func (o Options) prefix() string {
	if o.NATSPrefix == "" {
		return "jixiao"
	}
	return o.NATSPrefix
}

func (o Options) queue() queue.Options {
	q := queue.Options{
		URL: o.NATS, Creds: o.NATSCreds, CA: o.NATSCA, Cert: o.NATSCert, Key: o.NATSKey,
		Replicas: o.NATSReplicas, Cluster: o.NATSCluster, Name: o.prefix(),
		Listen: o.Listen, Dir: filepath.Join(o.Data, queueDir), Workers: o.inHand(), Batch: o.indexBatch(), Log: o.Log,
	}
	for tag := range strings.SplitSeq(o.NATSTags, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			q.Tags = append(q.Tags, tag)
		}
	}
	if o.remote() {
		q.Streams = store.ObjectStreams(o.prefix())
	}
	return q
}
