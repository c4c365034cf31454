package main

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// queryWords returns args so that the parser takes what follows - in a query,
// as -公务接待, for words: flags are ASCII. A query does not mind the space
// that goes in front.
func queryWords(args []string) []string {
	at := slices.Index(args, "search")
	if at < 0 {
		return args
	}
	out := slices.Clone(args)
	for i := at + 1; i < len(out) && out[i] != "--"; i++ {
		if rest, ok := strings.CutPrefix(out[i], "-"); ok && rest != "" && rest[0] >= utf8.RuneSelf {
			out[i] = " " + out[i]
		}
	}
	return out
}

// plainCommand lets people ask for help and version as they do elsewhere.
func plainCommand(args []string) []string {
	switch {
	case len(args) == 0:
		return args
	case args[0] == "help":
		return append(slices.Clone(args[1:]), "--help")
	case args[0] == "--version":
		return append([]string{"version"}, args[1:]...)
	}
	return args
}
