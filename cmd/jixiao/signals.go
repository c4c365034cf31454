package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interruptible returns a context that ends with the first signal that asks the
// program to stop: Ctrl-C, SIGTERM, or SIGHUP when the terminal goes away. After
// it the default action comes back, so that a second one kills; but not for
// SIGHUP, which a terminal and its shell both send. A program that was started
// deaf to SIGHUP, as nohup does, stays so.
func interruptible() (context.Context, context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	hangUp := !signal.Ignored(syscall.SIGHUP)
	if hangUp {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, func() {
		if hangUp {
			signal.Ignore(syscall.SIGHUP)
		}
		stop()
	})
	return ctx, stop
}
