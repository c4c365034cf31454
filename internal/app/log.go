package app

import (
	"io"
	"log/slog"
	"net/url"
	"strings"
	"unicode"
)

// The forms of a log.
const (
	LogText = "text"
	LogJSON = "json"
)

// LogFormats are the forms a log can have.
var LogFormats = []string{LogText, LogJSON}

// Logger returns a logger that writes one line a fact to w, from level on. No
// password or key that o holds is ever written, whatever an error says, and no
// character that commands a terminal.
func (o Options) Logger(w io.Writer, format string, level slog.Level) *slog.Logger {
	hide := strings.NewReplacer(o.secrets()...)
	clean := func(s string) string { return strings.Map(harmless, hide.Replace(s)) }
	h := &slog.HandlerOptions{Level: level, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch a.Value.Kind() {
		case slog.KindString:
			a.Value = slog.StringValue(clean(a.Value.String()))
		case slog.KindAny:
			if err, ok := a.Value.Any().(error); ok {
				a.Value = slog.StringValue(clean(err.Error()))
			}
		}
		return a
	}}
	if format == LogJSON {
		return slog.New(slog.NewJSONHandler(w, h))
	}
	return slog.New(slog.NewTextHandler(w, h))
}

// harmless replaces the control and direction characters beyond ASCII; those
// below are escaped by every handler.
func harmless(r rune) rune {
	if r > unicode.MaxASCII && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
		return unicode.ReplacementChar
	}
	return r
}

// shortestSecret is what hiding is worth: shorter ones stand in every line.
const shortestSecret = 3

// secrets returns the secrets of o, each followed by what is written instead.
func (o Options) secrets() (pairs []string) {
	secrets := []string{string(o.ElasticPassword), string(o.ElasticAPIKey), encodedKey(string(o.ElasticAPIKey))}
	for _, raw := range strings.Split(o.NATS+","+o.Elastic, ",") {
		u, err := url.Parse(strings.TrimSpace(raw))
		if err != nil || u.User == nil {
			continue
		}
		if p, ok := u.User.Password(); ok { // as it is, and as it stands in an address
			_, escaped, _ := strings.Cut(u.User.String(), ":")
			secrets = append(secrets, p, escaped)
		} else {
			secrets = append(secrets, u.User.Username()) // a token
		}
	}
	for _, s := range secrets {
		if len(s) >= shortestSecret {
			pairs = append(pairs, s, hidden)
		}
	}
	return pairs
}
