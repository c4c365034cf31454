package queue

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
)

// A server that says nothing for two pings is taken for gone.
const (
	ping      = 15 * time.Second
	pingsLost = 2
	reconnect = time.Second
)

// connect connects to the server, or starts one.
func (q *Queue) connect() (err error) {
	opts, err := q.natsOptions()
	if err != nil {
		return err
	}
	if q.opts.URL == "" {
		if q.server, err = start(q.opts); err != nil {
			return err
		}
		opts = append(opts, nats.InProcessServer(q.server.server))
	}
	if q.conn, err = nats.Connect(q.opts.URL, opts...); err != nil {
		return connectFault(q.URL(), err)
	}
	timeout := requestTimeout
	if !q.embedded() {
		timeout = elsewhereTimeout
	}
	q.js, err = jetstream.New(q.conn, jetstream.WithDefaultTimeout(timeout), jetstream.WithPublishAsyncMaxPending(1024))
	return err
}

func (q *Queue) natsOptions() ([]nats.Option, error) {
	o := q.opts
	opts := []nats.Option{
		nats.Name(o.Name), nats.MaxReconnects(-1), nats.ReconnectWait(reconnect),
		nats.PingInterval(ping), nats.MaxPingsOutstanding(pingsLost),
		nats.ErrorHandler(func(c *nats.Conn, _ *nats.Subscription, err error) {
			if c.IsConnected() && !errors.Is(err, nats.ErrConsumerNotActive) { // it was said that it is lost; a watch goes on by itself
				o.Log.Warn("queue connection", "err", err)
			}
		}),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				o.Log.Warn("queue connection lost", "err", err)
			}
		}),
		nats.ReconnectHandler(func(c *nats.Conn) { o.Log.Info("queue connection is back", "server", c.ConnectedUrlRedacted()) }),
	}
	if o.URL == "" {
		return opts, nil
	}
	for _, f := range []string{o.Creds, o.CA, o.Cert, o.Key} {
		if err := readable(f); err != nil {
			return nil, err
		}
	}
	if (o.Cert == "") != (o.Key == "") {
		return nil, fault.New(fault.Usage, "queue: a certificate and its key are wanted, or none of the two")
	}
	if o.Creds != "" {
		opts = append(opts, nats.UserCredentials(o.Creds))
	}
	if o.CA != "" {
		opts = append(opts, nats.RootCAs(o.CA))
	}
	if o.Cert != "" {
		opts = append(opts, nats.ClientCert(o.Cert, o.Key))
	}
	return opts, nil
}

// readable says which file of the options cannot be read; the library would
// only do so after the first attempt to connect.
func readable(file string) error {
	if file == "" {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return fault.Mark(fault.Usage, fmt.Errorf("queue: %w", err))
	}
	return f.Close()
}

// connectFault says why there is no connection to the servers at list.
func connectFault(list string, err error) error {
	wrapped := fmt.Errorf("connect to NATS at %q: %w", list, err)
	var unknown x509.UnknownAuthorityError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.Is(err, nats.ErrAuthorization) || errors.Is(err, nats.ErrAuthExpired) || errors.Is(err, nats.ErrAuthRevoked):
		return fault.WithHint(fault.Mark(fault.Forbidden, wrapped), "check the credentials file (--nats-creds) or the user in the address")
	case errors.As(err, &unknown) || errors.As(err, &verify):
		return fault.WithHint(fault.Mark(fault.Forbidden, wrapped), "name the file of the authority that signed the server's certificate (--nats-ca), and the server as the certificate names it")
	case strings.Contains(err.Error(), "tls: "), strings.Contains(err.Error(), "tls error"): // the refusal itself can get lost on the way
		return fault.WithHint(fault.Mark(fault.Forbidden, wrapped), "the server may want a certificate of this program (--nats-cert, --nats-key)")
	}
	return fault.WithHint(fault.Mark(fault.Unavailable, wrapped),
		"check the address given with --nats, or leave it out to use the server inside this program")
}

// redact returns the addresses of list without their passwords.
func redact(list string) string {
	parts := strings.Split(list, ",")
	for i, s := range parts {
		s = strings.TrimSpace(s)
		u, err := url.Parse(s)
		switch {
		case err != nil:
			s = "(an address that cannot be read)" // it may hold a password all the same
		case u.User == nil:
		default:
			if _, pair := u.User.Password(); !pair { // a token
				u.User = url.User("xxxxx")
			}
			s = u.Redacted()
		}
		parts[i] = s
	}
	return strings.Join(parts, ",")
}
