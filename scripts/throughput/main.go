// Command throughput holds the way from a file to an answer of Elasticsearch
// against the limit that Elasticsearch itself sets on the same machine: a bare
// loader that sends the very same finished documents and does nothing else.
//
//	go run ./scripts/throughput -jixiao bin/jixiao -reports DIR -elastic http://127.0.0.1:9200 -elastic-pid PID [-rounds 3] [-only local]
//
// The ways take turns, so that a machine that grows busy slows all of them. It
// is for Linux, and for a server that nobody else uses meanwhile; what it makes
// there it removes.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

func main() {
	b := &bench{}
	nats := flag.String("nats-server", "", "be a NATS server with its streams in this folder, nothing else")
	flag.StringVar(&b.program, "jixiao", "bin/jixiao", "the program")
	flag.StringVar(&b.reports, "reports", "", "folder of the reports to import")
	flag.StringVar(&b.elastic.url, "elastic", "", "address of the Elasticsearch")
	flag.IntVar(&b.elastic.pid, "elastic-pid", 0, "its process")
	flag.IntVar(&b.loader.bytes, "bulk", 1<<20, "bytes of a request of the bare loader")
	flag.IntVar(&b.loader.connections, "connections", 2, "how many requests it has under way")
	rounds := flag.Int("rounds", 3, "how often every way is taken")
	only := flag.String("only", "", "take no other way than the one whose name begins so, beside the bare loader")
	tune := flag.Bool("tune", false, "try sizes and connections for the bare loader first, and take the best")
	flag.Parse()
	if *nats != "" {
		fail(serveNATS(*nats))
		return
	}
	if b.reports == "" || b.elastic.url == "" || b.elastic.pid == 0 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	fail(b.run(ctx, *rounds, *only, *tune))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "throughput:", err)
		os.Exit(1)
	}
}

// A bench is what the ways have in common.
type bench struct {
	program, reports string
	elastic          elastic
	loader           loader
	work             string // folder that is gone at the end
	docs             int
}

// A way brings all reports into an empty index under alias.
type way struct {
	name string
	goal float64 // of the rate of the bare loader
	take func(ctx context.Context, alias string) (cost, error)
}

func (b *bench) run(ctx context.Context, rounds int, only string, tune bool) (err error) {
	if b.program, err = filepath.Abs(b.program); err != nil { // workers run elsewhere
		return err
	}
	if b.work, err = os.MkdirTemp("", "throughput-*"); err != nil {
		return err
	}
	defer os.RemoveAll(b.work) // best effort
	names, err := filepath.Glob(filepath.Join(b.reports, "*"))
	if err != nil || len(names) == 0 {
		return fmt.Errorf("no reports in %q: %w", b.reports, err)
	}
	b.docs = len(names)
	if err := b.record(ctx); err != nil {
		return fmt.Errorf("record what is sent: %w", err)
	}
	if tune {
		if err := b.tune(ctx); err != nil {
			return err
		}
	}
	ways := []way{
		{"bare loader", 0, b.bare},
		{"local store", 1. / 2, b.local},
		{"object store, one process", 1. / 3, b.together},
		{"object store, a worker a stage", 1. / 3, b.apart},
	}
	ways = slices.DeleteFunc(ways, func(w way) bool { return w.goal > 0 && !strings.HasPrefix(w.name, only) })
	sums := make([]cost, len(ways))
	for round := range rounds {
		for i, w := range ways {
			c, err := b.measure(ctx, w)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			fmt.Printf("# round %d %-32s %6.0f docs/s\n", round+1, w.name, c.rate(b.docs))
			sums[i].add(c)
		}
	}
	b.print(ways, sums, rounds)
	return nil
}

// measure takes w once and sees that all is there.
func (b *bench) measure(ctx context.Context, w way) (cost, error) {
	const alias = "throughput"
	if err := b.jixiao(ctx, "init", "--elastic", b.elastic.url, "--elastic-alias", alias); err != nil {
		return cost{}, err
	}
	defer b.elastic.remove(alias) // or the next run says so
	before := processor(b.elastic.pid)
	c, err := w.take(ctx, alias)
	if err != nil {
		return c, err
	}
	c.cpu[onElastic] = processor(b.elastic.pid) - before
	n, err := b.elastic.count(ctx, alias)
	if err == nil && n != b.docs {
		err = fmt.Errorf("%d of %d documents are in the index", n, b.docs)
	}
	return c, err
}

// print prints the table of docs/performance.md.
func (b *bench) print(ways []way, sums []cost, rounds int) {
	n := b.docs * rounds
	fmt.Printf("\n| way | docs/s | of bare | goal | by processor time | jixiao ms | NATS ms | Elasticsearch ms |\n|---|---|---|---|---|---|---|---|\n")
	for i, w := range ways {
		c := sums[i]
		goal := "–"
		if w.goal > 0 {
			goal = fmt.Sprintf("%.0f %%", 100*w.goal)
		}
		fmt.Printf("| %s | %.0f | %.0f %% | %s | %.0f %% | %.2f | %.2f | %.2f |\n", w.name, c.rate(n), 100*c.rate(n)/sums[0].rate(n), goal,
			100*sums[0].busy().Seconds()/c.busy().Seconds(),
			milliseconds(c.cpu[onProgram], n), milliseconds(c.cpu[onNATS], n), milliseconds(c.cpu[onElastic], n))
	}
	fmt.Printf("\n%d documents, %d rounds; %.1f KB each as they are sent; processor time for each document.\n", b.docs, rounds, float64(b.loader.total())/float64(b.docs)/1024)
}
