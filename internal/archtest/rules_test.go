package archtest

import "strings"

// module is the prefix of our own import paths.
const module = "jixiao/"

// A rule says what a package tree may import of this module. A pattern that
// ends in "/..." stands for a whole tree; "..." alone for everything.
type rule struct{ tree, may string }

// Sets of packages that several rules share.
const (
	shapes  = "schemas/..."
	reading = "extractors extractors/passage extractors/section extractors/field extractors/check extractors/lexicon"
)

// rules is the table of docs/architecture.md: data moves right, imports point
// left. The longest tree that holds a package is its rule; what a rule does
// not name is forbidden. Tests are free: they join what they test.
var rules = []rule{
	{"schemas", ""},
	{"schemas/layout", "schemas"},
	{"schemas/record", "schemas schemas/layout"},
	{"schemas/event", "schemas schemas/layout schemas/record"},
	{"schemas/search", "schemas schemas/record"},
	{"schemas/catalog", "schemas"},

	{"internal/durable", ""},
	{"internal/outage", ""},
	{"internal/fault", ""},
	{"internal/golden", ""},
	{"internal/sample", "internal/sample"},
	{"internal/zh", "schemas/layout internal/zh/..."},
	{"internal/archtest", ""},
	{"internal/program", ""},
	{"scripts", ""},
	{"examples", ""},

	{"extractors", "schemas schemas/layout internal/fault"},
	{"extractors/pdf", "schemas schemas/layout internal/fault internal/zh/... extractors extractors/pdf/..."},
	{"extractors/plaintext", "schemas schemas/layout internal/fault internal/zh/... extractors"},
	{"extractors/all", "extractors extractors/pdf extractors/plaintext"},
	{"extractors/extracttest", "schemas schemas/layout internal/fault extractors"},
	{"extractors/lexicon", "schemas/layout schemas/catalog internal/zh/... internal/fault"},
	{"extractors/passage", "schemas/layout internal/zh"},
	{"extractors/section", "schemas/layout schemas/record extractors/passage extractors/lexicon internal/zh/..."},
	{"extractors/field", shapes + " extractors/passage extractors/section extractors/lexicon extractors/field/... internal/zh/... internal/fault"},
	{"extractors/check", "schemas/layout schemas/record schemas/catalog extractors/lexicon internal/zh/... internal/fault"},

	{"pipeline", shapes + " " + reading + " internal/fault internal/zh/segment"},
	{"pipeline/queue", shapes + " internal/fault internal/outage"},
	{"pipeline/store", shapes + " internal/durable internal/fault"},
	{"pipeline/store/storetest", shapes + " internal/fault pipeline"},
	{"pipeline/archive", shapes + " internal/fault"},
	{"pipeline/sandbox", shapes + " internal/fault extractors"},
	{"pipeline/index", shapes + " internal/fault internal/zh/..."},
	{"pipeline/index/bleve", shapes + " internal/durable internal/fault internal/zh/... pipeline/index"},
	{"pipeline/index/elastic", shapes + " internal/fault internal/zh/... pipeline/index"},
	{"pipeline/index/indextest", shapes + " internal/fault internal/zh/... pipeline/index"},

	{"internal/eval", shapes + " " + reading + " extractors/all pipeline internal/fault internal/eval"},
	{"internal/metrics", "schemas/event pipeline pipeline/queue"},
	{"internal/crashtest", shapes + " internal/fault internal/sample"},
	{"web", shapes + " internal/fault"},
	{"internal/app", "..."},
	{"cmd", shapes + " internal/app/... internal/fault"},
}

// ruleOf returns the rule of the longest tree that holds pkg.
func ruleOf(pkg string) (rule, bool) {
	best, found := rule{}, false
	for _, r := range rules {
		if holds(r.tree+"/...", pkg) && (!found || len(r.tree) > len(best.tree)) {
			best, found = r, true
		}
	}
	return best, found
}

// allows reports whether r lets its packages import dep.
func (r rule) allows(dep string) bool {
	for _, pattern := range strings.Fields(r.may) {
		if holds(pattern, dep) {
			return true
		}
	}
	return false
}

func holds(pattern, pkg string) bool {
	if pattern == "..." {
		return true
	}
	tree, whole := strings.CutSuffix(pattern, "/...")
	return pkg == tree || whole && strings.HasPrefix(pkg, tree+"/")
}
