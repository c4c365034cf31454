package app

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// Whatever an error says, a log has no secrets.
func TestLogHidesSecrets(t *testing.T) {
	o := DefaultOptions()
	o.NATS = "nats://ann:p%40ss@n1:4222, nats://t0ken@n2:4222"
	o.Elastic = "https://bob:s3cret@e1:9200"
	o.ElasticPassword, o.ElasticAPIKey = "h1dden", "id:k3y"
	err := errors.New("dial nats://ann:p%40ss@n1: p@ss, nats://t0ken@n2, s3cret, h1dden, id:k3y, " + encodedKey("id:k3y"))
	for _, format := range LogFormats {
		t.Run(format, func(t *testing.T) {
			var b bytes.Buffer
			o.Logger(&b, format, slog.LevelInfo).Warn("it broke", "err", err, "text", err.Error(), "options", o.ElasticPassword)
			for _, secret := range []string{"p%40ss", "p@ss", "t0ken", "s3cret", "h1dden", "k3y", encodedKey("id:k3y")} {
				if strings.Contains(b.String(), secret) {
					t.Errorf("%q is in %s", secret, b.String())
				}
			}
			if !strings.Contains(b.String(), "n1") {
				t.Errorf("%s hides too much", b.String())
			}
		})
	}
}

// A line of a log is one line, whatever is in it.
func TestLogIsHarmless(t *testing.T) {
	for _, format := range LogFormats {
		t.Run(format, func(t *testing.T) {
			var b bytes.Buffer
			DefaultOptions().Logger(&b, format, slog.LevelInfo).Info("x", "err", errors.New("a\x1b[2J\nlevel=ERROR\u009b1m"))
			if s := b.String(); strings.Count(s, "\n") != 1 || strings.ContainsAny(s, "\x1b\u009b") {
				t.Errorf("%q", s)
			}
		})
	}
}
