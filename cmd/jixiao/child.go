package main

import (
	"context"

	"jixiao/internal/app"
)

// childCmd is the process that a parent starts to parse documents in. It talks
// to it over standard input and output and is no command for people.
type childCmd struct{}

// Run serves until the parent goes away.
func (childCmd) Run(ctx context.Context, u *ui) error { return app.ServeChild(ctx, u.in, u.out) }
