package elastic

import (
	"context"
	"slices"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
)

// A rebuild goes Build, Put what the store has into the new index, compare
// (index.Service.Verify) until nothing differs, Switch, and Drop when the old one is not wanted any
// more. From Build on every arrival is written to both, by every process, so
// nothing is missed; the revisions see to it that the older never replaces the
// newer. Searches go to the old index until Switch, and to the new one from
// then on, without a moment between.

// Build returns a new, empty index beside the one that is searched; or the one
// that an earlier Build began and nobody switched to, to go on with it. It is
// written and searched on its own until Switch; closing it leaves x open.
func (x *Index) Build(ctx context.Context) (*Index, error) {
	if err := x.Greet(ctx); err != nil {
		return nil, err
	}
	l, err := x.layout(ctx)
	if err != nil {
		return nil, err
	}
	if l.searched == "" {
		return nil, fault.WithHint(fault.New(fault.NotFound, "elasticsearch: there is no index %q to build anew", x.opts.Alias), "make it with `jixiao init`, or check its name (--elastic-alias)")
	}
	number := 1
	for _, name := range l.all {
		version, n, _ := x.parseName(name)
		number = max(number, n+1)
		if name == l.searched || version != index.Version || !contains(l.written, name) {
			continue
		}
		if m, err := x.markOf(ctx, name); err == nil && m == ownMark() {
			return x.onto(name), nil
		}
	}
	if _, err := x.initTemplate(ctx, false); err != nil {
		return nil, err
	}
	name := x.indexName(index.Version, number)
	if err := x.create(ctx, name, x.writeAlias()); err != nil {
		return nil, err
	}
	return x.onto(name), nil
}

// onto returns an Index that works on one index alone.
func (x *Index) onto(name string) *Index {
	return &Index{opts: x.opts, es: x.es, idle: x.idle, gate: x.gate, only: name}
}

// Name is the index that a Build writes; "" for one that goes by its alias.
func (x *Index) Name() string { return x.only }

// Switch lets searches and writes go to next, all at one moment. The index
// before it stays until Drop. It returns that one's name.
func (x *Index) Switch(ctx context.Context, next *Index) (old string, err error) {
	l, err := x.layout(ctx)
	if err != nil {
		return "", err
	}
	if !contains(l.all, next.only) {
		return "", fault.New(fault.NotFound, "elasticsearch: there is no index %q to switch to", next.only)
	}
	actions := []object{
		{"add": object{"index": next.only, "alias": x.opts.Alias}},
		{"add": object{"index": next.only, "alias": x.writeAlias()}},
	}
	if l.searched != "" && l.searched != next.only {
		actions = append(actions, object{"remove": object{"index": l.searched, "alias": x.opts.Alias, "must_exist": true}})
	}
	for _, name := range l.written {
		if name != next.only {
			actions = append(actions, object{"remove": object{"index": name, "alias": x.writeAlias()}})
		}
	}
	return l.searched, x.alias(ctx, actions...)
}

// Kept returns the indices that nobody searches or writes: those before the
// last Switch.
func (x *Index) Kept(ctx context.Context) ([]string, error) {
	if err := x.Greet(ctx); err != nil {
		return nil, err
	}
	l, err := x.layout(ctx)
	return slices.DeleteFunc(l.all, func(name string) bool { return name == l.searched || contains(l.written, name) }), err
}

// Drop removes the index name for good. The one that is searched it refuses to
// remove; one that is being built is given up by it.
func (x *Index) Drop(ctx context.Context, name string) error {
	l, err := x.layout(ctx)
	switch {
	case err != nil:
		return err
	case !contains(l.all, name):
		return fault.New(fault.NotFound, "elasticsearch: there is no index %q of %s", name, x.opts.Alias)
	case name == l.searched:
		return fault.New(fault.Conflict, "elasticsearch: index %q is the one that is searched", name)
	}
	if _, err := x.markOf(ctx, name); err != nil {
		return err
	}
	return x.try(ctx, func() esapi.Request { return esapi.IndicesDeleteRequest{Index: []string{name}} }, nil)
}

func contains(names []string, name string) bool { return slices.Contains(names, name) }
