package queue

import (
	"log/slog"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Options say where the queue is. The zero value of a field means what its
// comment says.
type Options struct {
	// URL is the addresses of a NATS server or cluster, parted by commas; ""
	// starts a server in this process, with its streams in Dir.
	URL   string
	Creds string // a NATS credentials file for URL; "" means none
	// CA, Cert and Key are PEM files: who may have signed the certificate of
	// the servers, and what this program shows them. "" means the system's
	// authorities, and nothing.
	CA, Cert, Key string
	// Replicas is on how many servers at URL everything is kept; 0 means 1, and
	// no change of what is there.
	Replicas int
	// Cluster and Tags say which servers keep it; empty means any.
	Cluster string
	Tags    []string
	// Streams are further ones to keep beside those of the queue, as those of
	// the store. Replicas and placement hold for them as well.
	Streams []jetstream.StreamConfig

	// Dir is the folder of the server in this process. One process at a time:
	// open the store first, it holds the lock.
	Dir string
	// Listen is the host:port at which the server in this process takes
	// connections; "" means none.
	Listen string
	// Name prefixes streams and subjects; "" means "jixiao".
	Name string
	// Workers and Batch are what Work and WorkBatches will be called with; they
	// bound what the server in this process hands out. 0 means 4 and 200.
	Workers, Batch int
	// AckWait is how long a message in hand may go without a sign of life;
	// 0 means 30 s.
	AckWait time.Duration
	// Election is how long servers elsewhere are waited for that choose who leads;
	// 0 means 40 s.
	Election time.Duration
	Log      *slog.Logger // nil is silent
}

func (o Options) withDefaults() Options {
	if o.Name == "" {
		o.Name = "jixiao"
	}
	if o.Workers <= 0 {
		o.Workers = 4
	}
	if o.Batch <= 0 {
		o.Batch = 200
	}
	if o.AckWait <= 0 {
		o.AckWait = 30 * time.Second
	}
	if o.Election <= 0 {
		o.Election = electionWait
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// placement returns where streams are to be kept, nil for anywhere.
func (o Options) placement() *jetstream.Placement {
	if o.Cluster == "" && len(o.Tags) == 0 {
		return nil
	}
	return &jetstream.Placement{Cluster: o.Cluster, Tags: o.Tags}
}
