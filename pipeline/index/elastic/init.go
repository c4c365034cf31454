package elastic

import (
	"context"
	"fmt"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
)

// A Change is one thing that Init does, or, in a dry run, would do.
type Change struct {
	Action string // "create", "update" or "rebuild", which is for `jixiao reindex` to do
	Kind   string // "template", "index" or "alias"
	Name   string
	Why    string
}

func (c Change) String() string {
	return fmt.Sprintf("%s %s %s: %s", c.Action, c.Kind, c.Name, c.Why)
}

// Init brings the cluster to what this version of the program needs: the
// template, a first index, the aliases. What is there already is left alone, so
// it may run any number of times, by several at once too. It returns what it
// changed; dryRun only looks. What another hand made under our names is an
// error of kind Conflict.
func (x *Index) Init(ctx context.Context, dryRun bool) ([]Change, error) {
	if err := x.Greet(ctx); err != nil {
		return nil, err
	}
	var out []Change
	for _, step := range []func(context.Context, bool) ([]Change, error){x.initTemplate, x.initIndex, x.initFields} {
		changes, err := step(ctx, dryRun)
		out = append(out, changes...)
		if err != nil {
			return out, fmt.Errorf("index: setting it up: %w", err)
		}
	}
	return out, nil
}

func (x *Index) initTemplate(ctx context.Context, dryRun bool) ([]Change, error) {
	var answer struct {
		Templates []struct {
			Template struct {
				Meta meta `json:"_meta"`
			} `json:"index_template"`
		} `json:"index_templates"`
	}
	err := x.try(ctx, func() esapi.Request { return esapi.IndicesGetIndexTemplateRequest{Name: x.opts.Alias} }, &answer)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	want, form := x.template()
	c := Change{"create", "template", x.opts.Alias, "there is none"}
	if len(answer.Templates) > 0 {
		switch have := answer.Templates[0].Template.Meta.Jixiao; {
		case have == nil:
			return nil, x.foreign("a template", x.opts.Alias)
		case have.Form == form:
			return nil, nil
		case have.Version > index.Version:
			return nil, x.newer(have.Version)
		}
		c.Action, c.Why = "update", "fields or settings have changed"
	}
	if dryRun {
		return []Change{c}, nil
	}
	err = x.try(ctx, func() esapi.Request {
		return esapi.IndicesPutIndexTemplateRequest{Name: x.opts.Alias, Body: body(want)}
	}, nil)
	return []Change{c}, err
}

func (x *Index) newer(version int) error {
	return fault.WithHint(fault.New(fault.Conflict, "elasticsearch: what is there has form %d, this program knows %d", version, index.Version),
		"use the newer program")
}

// initIndex makes the first index, or an alias that is missing.
func (x *Index) initIndex(ctx context.Context, dryRun bool) ([]Change, error) {
	l, err := x.layout(ctx)
	if err != nil {
		return nil, err
	}
	if len(l.all) == 0 {
		name := x.indexName(index.Version, 1)
		c := []Change{{"create", "index", name, "there is none"}, {"create", "alias", x.opts.Alias, "for searches"}, {"create", "alias", x.writeAlias(), "for writes"}}
		if dryRun {
			return c, nil
		}
		return c, x.create(ctx, name, x.opts.Alias, x.writeAlias())
	}
	newest := l.all[len(l.all)-1]
	if l.searched == "" {
		c := []Change{{"create", "alias", x.opts.Alias, "it is missing; it will name " + newest}}
		return c, x.addAlias(ctx, dryRun, newest, x.opts.Alias)
	}
	if len(l.written) == 0 {
		c := []Change{{"create", "alias", x.writeAlias(), "it is missing; it will name " + l.searched}}
		return c, x.addAlias(ctx, dryRun, l.searched, x.writeAlias())
	}
	return nil, nil
}

// create makes an index from the template. That it is there already, because
// somebody else was faster, is no error.
func (x *Index) create(ctx context.Context, name string, aliases ...string) error {
	named := object{}
	for _, a := range aliases {
		named[a] = object{}
	}
	err := x.try(ctx, func() esapi.Request {
		return esapi.IndicesCreateRequest{Index: name, Body: body(object{"aliases": named}), WaitForActiveShards: "1"}
	}, nil)
	if err != nil {
		if l, lookErr := x.layout(ctx); lookErr == nil && contains(l.all, name) {
			return nil
		}
		return err
	}
	_, err = x.markOf(ctx, name) // another template may have won
	return err
}

func (x *Index) addAlias(ctx context.Context, dryRun bool, name, alias string) error {
	if dryRun {
		return nil
	}
	return x.alias(ctx, object{"add": object{"index": name, "alias": alias}})
}

// alias changes aliases, all at one moment.
func (x *Index) alias(ctx context.Context, actions ...object) error {
	return x.try(ctx, func() esapi.Request {
		return esapi.IndicesUpdateAliasesRequest{Body: body(object{"actions": actions})}
	}, nil)
}

// initFields adds fields that the index of searches does not have yet. An index
// of another index.Version is not touched: it has to be built anew.
func (x *Index) initFields(ctx context.Context, dryRun bool) ([]Change, error) {
	l, err := x.layout(ctx)
	if err != nil || l.searched == "" { // a dry run before anything is there
		return nil, err
	}
	have, err := x.markOf(ctx, l.searched)
	if err != nil {
		return nil, err
	}
	switch own := ownMark(); {
	case have.Version > index.Version:
		return nil, x.newer(have.Version)
	case have.Version < index.Version:
		return []Change{{"rebuild", "index", l.searched, fmt.Sprintf("it has form %d, this program needs %d: `jixiao reindex`", have.Version, index.Version)}}, nil
	case have == own:
		return nil, nil
	}
	c := []Change{{"update", "index", l.searched, "fields are added"}}
	if dryRun {
		return c, nil
	}
	m := markedMappings()
	err = x.try(ctx, func() esapi.Request {
		return esapi.IndicesPutMappingRequest{Index: []string{l.searched}, Body: body(m)}
	}, nil)
	if fault.KindOf(err) == fault.Internal {
		err = fault.WithHint(fault.Mark(fault.Conflict, err), "the fields cannot be changed in place: build a new index with `jixiao reindex`")
	}
	return c, err
}
