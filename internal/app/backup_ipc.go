package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"

	"jixiao/internal/fault"
)

// serveBackup answers Client.Backup: a line that says that it begins, then the
// archive. One that ends early has no manifest, and its reader says so.
func (n *Node) serveBackup(w http.ResponseWriter, r *http.Request) {
	var none struct{}
	if !question(w, r, &none) {
		return
	}
	begun := false
	begin := func() error {
		if begun {
			return nil
		}
		begun = true
		return reply(json.NewEncoder(w), none, nil)
	}
	err := n.Backup(r.Context(), &announced{w, begin})
	switch {
	case err == nil:
	case begun: // too late to say why: the connection is cut, which no asker takes for the end
		n.log.WarnContext(r.Context(), "a backup was given up", "err", err)
		panic(http.ErrAbortHandler)
	default:
		_ = reply(json.NewEncoder(w), none, err) // an asker that is gone needs no answer
	}
}

// announced calls begin before the first write.
type announced struct {
	w     io.Writer
	begin func() error
}

func (a *announced) Write(b []byte) (int, error) {
	if err := a.begin(); err != nil {
		return 0, err
	}
	return a.w.Write(b)
}

// Backup implements Service.
func (c *Client) Backup(ctx context.Context, w io.Writer) error {
	body, err := c.post(ctx, "backup", struct{}{})
	if err != nil {
		return err
	}
	defer body.Close()
	r := bufio.NewReader(body)
	head, err := r.ReadBytes('\n')
	if err == nil {
		_, err = open[struct{}](json.NewDecoder(bytes.NewReader(head)))
	}
	if err != nil {
		return err
	}
	to := &output{w: w}
	if _, err = io.Copy(to, r); err == nil || to.err != nil {
		return to.err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fault.WithHint(fault.New(fault.Unavailable, "the process that owns the data folder gave the backup up: %w", err),
		"run the same command again; the log of that process says why")
}

// output remembers that it was the writing that went wrong.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (n int, err error) {
	if n, err = o.w.Write(b); err != nil {
		o.err = ioFault(err)
	}
	return n, err
}
