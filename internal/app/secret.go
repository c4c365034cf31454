package app

import (
	"net/url"
	"strings"

	"jixiao/internal/fault"
)

// redact returns s with the passwords of the server addresses in o hidden.
func (o Options) redact(s string) string {
	for _, raw := range append(strings.Split(o.NATS, ","), strings.Split(o.Elastic, ",")...) {
		u, err := url.Parse(strings.TrimSpace(raw))
		if err != nil || u.User == nil {
			continue
		}
		s = strings.ReplaceAll(s, strings.TrimSpace(raw), u.Redacted())
		if p, ok := u.User.Password(); ok && p != "" {
			s = strings.ReplaceAll(s, u.User.String()+"@", u.User.Username()+":xxxxx@")
		}
	}
	return s
}

// hideSecrets is err with the passwords in its message hidden.
func (o Options) hideSecrets(err error) error {
	if err == nil {
		return nil
	}
	if s := o.redact(err.Error()); s != err.Error() {
		return fault.WithHint(fault.New(fault.KindOf(err), "%s", s), fault.HintOf(err))
	}
	return err
}
