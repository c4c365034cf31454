package app

import (
	"io"
	"log/slog"
	"net/url"
	"slices"
	"strings"
)

// The forms of a log.
const (
	LogText = "text"
	LogJSON = "json"
)

// LogFormats are the forms a log can have.
var LogFormats = []string{LogText, LogJSON}

// Logger returns a logger that writes one line a fact to w, from level on. No
// password or key that o holds is ever written, whatever an error says.
func (o Options) Logger(w io.Writer, format string, level slog.Level) *slog.Logger {
	h := &slog.HandlerOptions{Level: level, ReplaceAttr: o.hider()}
	if format == LogJSON {
		return slog.New(slog.NewJSONHandler(w, h))
	}
	return slog.New(slog.NewTextHandler(w, h))
}

// shortestSecret is what hiding is worth: shorter ones stand in every line.
const shortestSecret = 3

// hider returns what hides the secrets of o in the attributes of a log, nil if
// there are none.
func (o Options) hider() func([]string, slog.Attr) slog.Attr {
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
	var pairs []string
	for _, s := range secrets {
		if len(s) >= shortestSecret && !slices.Contains(pairs, s) {
			pairs = append(pairs, s, hidden)
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	hide := strings.NewReplacer(pairs...)
	return func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value.Any().(type) {
		case string:
			a.Value = slog.StringValue(hide.Replace(v))
		case error:
			a.Value = slog.StringValue(hide.Replace(v.Error()))
		}
		return a
	}
}
