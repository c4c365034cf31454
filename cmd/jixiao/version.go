package main

import (
	"fmt"
	"strings"

	"jixiao/internal/app"
)

// versionCmd prints the versions of the program and its parts.
type versionCmd struct {
	JSON bool `name:"json" help:"Print the versions as one JSON object."`
}

// Run prints the versions.
func (c *versionCmd) Run(u *ui) error {
	v := app.VersionOf()
	if c.JSON {
		return u.json(v)
	}
	t := table{head: []string{"", ""}}
	t.add("jixiao", v.Program)
	t.add("go", v.Go)
	t.add("schema", fmt.Sprint(v.Schema))
	t.add("extractors", strings.Join(v.Extractors, " "))
	t.add("layout", fmt.Sprint(v.Layout))
	t.add("segmenter", fmt.Sprint(v.Segmenter))
	t.add("lexicon", v.Lexicon)
	t.add("reader", fmt.Sprint(v.Reader))
	t.add("checks", fmt.Sprint(v.Checks))
	t.add("index", fmt.Sprint(v.Index))
	return t.write(u.out)
}
