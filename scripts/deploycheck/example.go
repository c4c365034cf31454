package deploycheck

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

const example = "deploy/jixiao.example.yaml"

// withoutFile are settings that a file cannot hold or that make no sense there.
var withoutFile = []string{"config", "help", "verbose"}

// Example checks the example of a configuration file: as it is, with each of
// its suggestions taken, and that it leaves no setting out.
func Example(t Tree, program *Program) error {
	p := &problems{what: example}
	p.add(program.Takes([]string{"version"}, map[string]string{"JIXIAO_CONFIG": ""}, t[example]))
	suggested := regexp.MustCompile(`(?m)^# ([a-z-]+:) `).ReplaceAllString(t[example], "$1 ")
	// A server inside that listens and one elsewhere exclude each other, and so
	// do the two ways to be known to Elasticsearch.
	for _, leave := range [][]string{{"listen", "elastic-user", "elastic-password-file"}, {"listen", "elastic-api-key-file"}} {
		content := suggested
		for _, name := range leave {
			content = regexp.MustCompile(`(?m)^`+name+`:.*$`).ReplaceAllString(content, "")
		}
		p.add(program.Takes([]string{"version"}, map[string]string{"JIXIAO_CONFIG": ""}, content))
	}
	for _, name := range slices.Sorted(maps.Keys(program.settings)) {
		p.check(slices.Contains(withoutFile, name) || strings.Contains("\n"+suggested, "\n"+name+":"), "setting %s is missing", name)
	}
	return p.err()
}
