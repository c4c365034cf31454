// Package app is the one place where all parts are joined: it takes Options,
// opens what they ask for in order, and closes it in the opposite order.
//
// Reader reads documents without any data folder. Node owns a data folder:
// queue, store, index, workers. Client speaks to the Node of another process
// that owns the folder. Open returns whichever of the last two is possible.
package app

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"slices"
	"strings"
	"time"

	"jixiao/internal/fault"
	"jixiao/internal/metrics"
)

// Options is all configuration. The tags name the flag, its help and default;
// the same name, in upper case after JIXIAO_ or as a key of the configuration
// file, sets it too. The zero Options is not valid, DefaultOptions is.
type Options struct {
	Data           string `name:"data" default:"./jixiao-data" placeholder:"DIR" help:"Folder that keeps originals, records, queue and index."`
	Servers        `embed:""`
	ElasticOptions `embed:""`
	Listen         string        `name:"listen" placeholder:"ADDR" help:"Let other programs connect to the NATS server inside, at host:port; else nobody can."`
	HTTP           string        `name:"http" placeholder:"ADDR" help:"Let serve and worker tell how they are doing at host:port: /livez, /readyz, /version, /metrics."`
	Workers        int           `name:"workers" default:"0" placeholder:"N" help:"Documents read at the same time; 0 takes one a processor."`
	Timeout        time.Duration `name:"timeout" default:"60s" help:"Longest time for reading one document."`
	MaxBytes       Size          `name:"max-bytes" default:"0" placeholder:"SIZE" help:"Refuse larger documents, as 200MB; 0 takes the limit of each format."`
	MaxMemory      Size          `name:"max-memory" default:"1GiB" placeholder:"SIZE" help:"Most memory of a process that parses PDF."`
	Engine         string        `name:"engine" placeholder:"NAME" help:"Read PDF with this engine only: pdfium or ledongthuc."`
	Cache          string        `name:"cache" placeholder:"DIR" help:"Folder for the compiled PDF engine; else the user's cache folder."`
	Drain          time.Duration `name:"drain" default:"20s" help:"On stopping, wait this long for documents in work."`

	Log     *slog.Logger `kong:"-"` // nil logs nothing
	Metrics *metrics.Set `kong:"-"` // nil counts nothing
}

// DefaultOptions returns the defaults that the tags of Options name.
func DefaultOptions() Options {
	return Options{Data: "./jixiao-data", Servers: Servers{Store: StoreLocal}, Timeout: time.Minute, MaxMemory: 1 << 30, Drain: 20 * time.Second}
}

// Engines are the names --engine takes.
var Engines = []string{"pdfium", "ledongthuc"}

// Limits of single options.
const (
	maxWorkers   = 256
	leastMemory  = 128 << 20
	leastTimeout = 10 * time.Millisecond
)

// Validate reports all that is wrong with o at once, as a fault of kind Usage.
func (o Options) Validate() error {
	var bad []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			bad = append(bad, fmt.Errorf(format, args...))
		}
	}
	check(strings.TrimSpace(o.Data) != "", "data: no folder given")
	check(o.Workers >= 0 && o.Workers <= maxWorkers, "workers: %d is not in 0..%d", o.Workers, maxWorkers)
	check(o.Timeout >= leastTimeout, "timeout: %v is shorter than %v", o.Timeout, leastTimeout)
	check(o.Drain >= 0, "drain: %v is negative", o.Drain)
	check(o.MaxBytes >= 0, "max-bytes: %d is negative", o.MaxBytes)
	check(o.MaxMemory >= leastMemory, "max-memory: %v is less than %v", o.MaxMemory, Size(leastMemory))
	check(o.Engine == "" || slices.Contains(Engines, o.Engine), "engine: %q is none of %s", o.Engine, strings.Join(Engines, ", "))
	if o.Listen != "" {
		_, _, err := net.SplitHostPort(o.Listen)
		check(err == nil, "listen: %q is no host:port", o.Listen)
		check(o.NATS == "", "listen: with an own NATS server (--nats) there is none inside")
	}
	if o.HTTP != "" {
		_, _, err := net.SplitHostPort(o.HTTP)
		check(err == nil, "http: %q is no host:port", o.HTTP)
	}
	bad = append(bad, o.Servers.validate()...)
	bad = append(bad, o.ElasticOptions.validate()...)
	return fault.Mark(fault.Usage, errors.Join(bad...))
}

// parallel is how many documents are read at the same time.
func (o Options) parallel() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}
