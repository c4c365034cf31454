// Command submit hands documents to jixiao over NATS and waits until their
// records are there. It uses nats.go alone and imports nothing of jixiao: copy it.
//
//	go run ./examples/submit -nats nats://127.0.0.1:4222 report.pdf other.txt
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A receipt answers a submission.
type receipt struct {
	ID    string `json:"id"`
	State string `json:"state"` // arrived, extracted, indexed or failed
	Error *struct {
		Kind    string `json:"kind"`
		Message string `json:"message"`
		Hint    string `json:"hint"`
	} `json:"error"`
}

const (
	answerTime = 30 * time.Second
	// quiet is how long no event may come before we ask again: an event may be
	// lost, and the same document again is answered with where it stands.
	quiet = 10 * time.Second
	tries = 30
)

// A client submits documents.
type client struct {
	conn   *nats.Conn
	inbox  jetstream.ObjectStore
	prefix string
}

func main() {
	url := flag.String("nats", nats.DefaultURL, "address of the server")
	creds := flag.String("creds", "", "credentials file")
	prefix := flag.String("prefix", "jixiao", "beginning of subjects, as --nats-prefix of jixiao")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *url, *creds, *prefix, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "submit:", err)
		os.Exit(1)
	}
}

// run submits the files and prints a line for each.
func run(ctx context.Context, url, creds, prefix string, files []string, out io.Writer) error {
	opts := []nats.Option{nats.MaxReconnects(-1)}
	if creds != "" {
		opts = append(opts, nats.UserCredentials(creds))
	}
	conn, err := nats.Connect(url, opts...)
	if err != nil {
		return err
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	c := &client{conn: conn, prefix: prefix}
	if c.inbox, err = js.ObjectStore(ctx, prefix+"-inbox"); err != nil {
		return fmt.Errorf("open the inbox: %w", err)
	}
	var errs []error
	for _, path := range files {
		r, err := c.file(ctx, path)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", path, err))
			continue
		}
		fmt.Fprintf(out, "%s  %s  %s\n", r.ID, r.State, path)
	}
	return errors.Join(errs...)
}

// file submits one file and returns when nothing more happens to it.
func (c *client) file(ctx context.Context, path string) (receipt, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return receipt{}, err
	}
	// The id is the hash of the bytes, so that we can listen before we submit.
	sum := sha256.Sum256(b)
	id := hex.EncodeToString(sum[:])
	events, err := c.conn.SubscribeSync(c.prefix + ".events.*." + id)
	if err != nil {
		return receipt{}, err
	}
	defer func() { _ = events.Unsubscribe() }() // the program ends; the server forgets it anyway
	for range tries {
		r, err := c.submit(ctx, filepath.Base(path), b)
		if err != nil || r.State == "indexed" || r.State == "failed" {
			return r, err
		}
		wait, cancel := context.WithTimeout(ctx, quiet)
		m, err := events.NextMsgWithContext(wait)
		cancel()
		if err == nil {
			r.State = outcome(m.Subject, c.prefix)
			return r, nil
		}
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
	}
	return receipt{}, fmt.Errorf("not finished after %d tries", tries)
}

// outcome returns the word of an event's subject: indexed or failed.
func outcome(subject, prefix string) string {
	word, _, _ := strings.Cut(strings.TrimPrefix(subject, prefix+".events."), ".")
	return word
}

// submit sends one document: in the message if it fits, else as an object of
// the inbox, which is the way for documents of any size.
func (c *client) submit(ctx context.Context, name string, b []byte) (r receipt, err error) {
	m := nats.NewMsg(c.prefix + ".submit")
	m.Header.Set("Jixiao-Name", name)
	if int64(len(b)) < c.conn.MaxPayload()/2 {
		m.Data = b
	} else {
		object := nats.NewInbox() // any name nobody else takes
		if _, err := c.inbox.Put(ctx, jetstream.ObjectMeta{Name: object}, bytes.NewReader(b)); err != nil {
			return r, fmt.Errorf("put into the inbox: %w", err)
		}
		m.Header.Set("Jixiao-Object", object)
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	reply, err := c.conn.RequestMsgWithContext(ctx, m)
	if errors.Is(err, nats.ErrNoResponders) {
		return r, errors.New("nobody answers: jixiao serve or jixiao worker --stage extract must run")
	}
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(reply.Data, &r); err != nil {
		return r, err
	}
	if r.Error != nil {
		return r, fmt.Errorf("%s: %s; %s", r.Error.Kind, r.Error.Message, r.Error.Hint)
	}
	return r, nil
}
