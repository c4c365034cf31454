package elastic

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"jixiao/internal/fault"
)

// unanswered says why nothing came back. Addresses hold no credentials, see
// Options.checked.
func (x *Index) unanswered(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var notTLS tls.RecordHeaderError
	where := strings.Join(x.opts.Addresses, ", ")
	switch {
	case errors.As(err, &authority):
		return fault.WithHint(fault.New(fault.Forbidden, "elasticsearch %s: its certificate is signed by an authority that is not trusted here: %w", where, err),
			"name the PEM file of the cluster's authority (--elastic-ca)")
	case errors.As(err, &host), errors.As(err, &invalid):
		return fault.WithHint(fault.New(fault.Forbidden, "elasticsearch %s: its certificate does not hold: %w", where, err),
			"use the name that the certificate was made for, or renew it")
	case errors.As(err, &notTLS):
		return fault.WithHint(fault.New(fault.Usage, "elasticsearch %s: no TLS is spoken there: %w", where, err), "write http:// in place of https://")
	case errors.Is(err, errForeign):
		return fault.WithHint(fault.New(fault.Usage, "elasticsearch %s: something answers that is not Elasticsearch", where), "check the address and its port")
	}
	return fault.WithHint(fault.New(fault.Unavailable, "elasticsearch %s: no answer: %w", where, err),
		"see that it runs and that the address is right; http and https are not the same")
}

// unknown says that the server does not know who asks.
func (x *Index) unknown() error {
	where := strings.Join(x.opts.Addresses, ", ")
	if x.opts.APIKey == "" && x.opts.Username == "" {
		return fault.WithHint(fault.New(fault.Forbidden, "elasticsearch %s wants credentials, and none are given", where),
			"give an API key (JIXIAO_ELASTIC_API_KEY), or a user (--elastic-user) with the password (JIXIAO_ELASTIC_PASSWORD)")
	}
	return fault.WithHint(fault.New(fault.Forbidden, "elasticsearch %s does not take the credentials", where),
		"check the API key (JIXIAO_ELASTIC_API_KEY), or the user (--elastic-user) and the password (JIXIAO_ELASTIC_PASSWORD)")
}

// A cause is the part of an answer that says what went wrong.
type cause struct {
	Type   string `json:"type"`
	Reason string `json:"reason"`
	By     *cause `json:"caused_by"`
	Root   []struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	} `json:"root_cause"`
}

// innermost is what to tell: the layers around it say "failed" only.
func (c cause) innermost() string {
	for c.By != nil && c.By.Reason != "" {
		c = *c.By
	}
	if len(c.Root) > 0 && c.Root[0].Reason != "" && c.By == nil {
		return cut(c.Root[0].Type + ": " + c.Root[0].Reason)
	}
	return cut(c.Type + ": " + c.Reason)
}

// cut bounds words of the server: some of them repeat a document.
func cut(s string) string {
	const limit = 400
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + " …"
}

// refusal reads an answer that is an error.
func refusal(res *esapi.Response) error {
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return fault.New(fault.Unavailable, "elasticsearch: answer %d breaks off: %w", res.StatusCode, err)
	}
	var answer struct{ Error json.RawMessage }
	var c cause
	if json.Unmarshal(b, &answer) != nil || json.Unmarshal(answer.Error, &c) != nil {
		c = cause{Type: http.StatusText(res.StatusCode), Reason: strings.TrimSpace(string(b))}
	}
	return c.fault(res.StatusCode)
}

// fault gives a refusal of status its kind.
func (c cause) fault(status int) error {
	text := c.innermost()
	switch {
	case strings.Contains(text, "disk usage exceeded") || strings.Contains(text, "read-only-allow-delete"):
		return fault.WithHint(fault.New(fault.Full, "elasticsearch: %s", text), "make room on the cluster's disks")
	case status == http.StatusForbidden:
		return fault.WithHint(fault.New(fault.Forbidden, "elasticsearch: not allowed: %s", text), "docs/elasticsearch.md names the rights that the key needs")
	case strings.Contains(text, "too_many_nested_clauses") || strings.Contains(text, "too_many_clauses"):
		return fault.WithHint(fault.New(fault.Usage, "the query is too large for the server: %s", text), "ask for fewer words at a time")
	case status == http.StatusNotFound:
		return fault.New(fault.NotFound, "elasticsearch: %s", text)
	case status == http.StatusConflict:
		return fault.New(fault.Conflict, "elasticsearch: %s", text)
	case status == http.StatusTooManyRequests, status >= http.StatusInternalServerError:
		return fault.New(fault.Unavailable, "elasticsearch, status %d: %s", status, text)
	default:
		return fault.New(fault.Internal, "elasticsearch, status %d: %s", status, text)
	}
}

// later turns what is wrong with the cluster or its settings, and not with a
// document or a query, into kind Unavailable, as index.Backend wants it: the
// same call works once somebody has put it right.
func later(err error) error {
	switch fault.KindOf(err) {
	case fault.Forbidden, fault.NotFound, fault.Conflict:
		return fault.Mark(fault.Unavailable, err)
	default:
		return err
	}
}
