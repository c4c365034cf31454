package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"jixiao/internal/fault"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitPartly      = 3
	exitInterrupted = 130
)

var (
	errPartly      = errors.New("some documents failed") // told already
	errInterrupted = errors.New("interrupted")
	errStopped     = errors.New("stopped as asked") // the way a server ends
)

// exit tells what err says, if it was not told yet, and returns the code.
func (u *ui) exit(err error) int {
	switch {
	case err == nil || errors.Is(err, errStopped):
		return exitOK
	case errors.Is(err, errPartly):
		return exitPartly
	case errors.Is(err, errKept):
		u.say("nothing was removed")
		return exitFailure
	case errors.Is(err, errInterrupted), fault.KindOf(err) == fault.Canceled:
		u.say("jixiao: interrupted")
		u.sayHint(err)
		return exitInterrupted
	}
	u.tell(err)
	if fault.KindOf(err) == fault.Usage {
		return exitUsage
	}
	return exitFailure
}

// tell says what err says and the next step.
func (u *ui) tell(err error) {
	if u.logged {
		u.opts.Log.Error("jixiao", "kind", fault.KindOf(err), "err", err, "hint", fault.HintOf(err))
		return
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		u.say("jixiao: %s", u.lang.message(line))
	}
	u.sayHint(err)
}

// announce says how far a server is.
func (u *ui) announce(what string) {
	if u.logged {
		u.opts.Log.Info(what)
		return
	}
	u.say(what)
}

func (u *ui) sayHint(err error) {
	if hint := fault.HintOf(err); hint != "" {
		u.say("next step: %s", u.lang.message(hint))
	}
}

// usageError makes a fault of kind Usage with the next step of what the parser
// of arguments says.
func usageError(ctx *kong.Context, err error) error {
	if fault.HintOf(err) != "" {
		return fault.Mark(fault.Usage, err)
	}
	command := "jixiao"
	if ctx != nil {
		if n := ctx.Selected(); n != nil {
			command = commandPath(n)
		}
	}
	return fault.WithHint(fault.Mark(fault.Usage, err), fmt.Sprintf("%s --help", command))
}

// commandPath returns "jixiao failed show" for the node of that command.
func commandPath(n *kong.Node) string {
	if n.Parent == nil {
		return n.Name
	}
	return commandPath(n.Parent) + " " + n.Name
}
