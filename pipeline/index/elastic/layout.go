package elastic

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
)

// Names: the alias is what people and programs search; alias-write names every
// index that arrivals go to, which is one, or two while a new one is built; an
// index is called alias-v<index.Version>-<number>.

func (x *Index) writeAlias() string { return x.opts.Alias + "-write" }

func (x *Index) indexName(version, number int) string {
	return fmt.Sprintf("%s-v%d-%06d", x.opts.Alias, version, number)
}

// parseName reads what indexName writes.
func (x *Index) parseName(name string) (version, number int, ok bool) {
	rest, found := strings.CutPrefix(name, x.opts.Alias+"-v")
	v, n, cut := strings.Cut(rest, "-")
	version, err := strconv.Atoi(v)
	if !found || !cut || err != nil {
		return 0, 0, false
	}
	number, err = strconv.Atoi(n)
	return version, number, err == nil && x.indexName(version, number) == name
}

// A layout is which indices there are and what each is for.
type layout struct {
	searched string   // under the alias; "" if there is none
	written  []string // under the write alias
	all      []string // ours, by number
}

// layout asks the cluster. What stands under our names and is not ours is an
// error of kind Conflict.
func (x *Index) layout(ctx context.Context) (layout, error) {
	var answer map[string]struct{ Aliases map[string]any }
	yes := true
	err := x.try(ctx, func() esapi.Request {
		return esapi.IndicesGetAliasRequest{
			Index:             []string{x.opts.Alias, x.writeAlias(), x.opts.Alias + "-v*"},
			IgnoreUnavailable: &yes, AllowNoIndices: &yes, ExpandWildcards: "open",
		}
	}, &answer)
	if err != nil {
		return layout{}, err
	}
	var l layout
	for name, a := range answer {
		_, search := a.Aliases[x.opts.Alias]
		_, write := a.Aliases[x.writeAlias()]
		_, _, ours := x.parseName(name)
		switch {
		case !ours && (search || write || name == x.opts.Alias || name == x.writeAlias()):
			return l, x.foreign("an index", name)
		case !ours:
			continue
		case search && l.searched != "":
			return l, fault.New(fault.Conflict, "elasticsearch: the alias %q names two indices, %s and %s", x.opts.Alias, l.searched, name)
		case search:
			l.searched = name
		}
		if write {
			l.written = append(l.written, name)
		}
		l.all = append(l.all, name)
	}
	slices.SortFunc(l.all, x.byNumber)
	slices.SortFunc(l.written, x.byNumber)
	return l, nil
}

func (x *Index) byNumber(a, b string) int {
	_, m, _ := x.parseName(a)
	_, n, _ := x.parseName(b)
	return m - n
}

func (x *Index) foreign(what, name string) error {
	return fault.WithHint(fault.New(fault.Conflict, "elasticsearch: there is %s %q that jixiao did not make", what, name),
		"choose another name for the index (--elastic-alias)")
}

// fits refuses an index that was made by another version of the program.
func (x *Index) fits(name string) error {
	switch version, _, _ := x.parseName(name); {
	case name == "":
		return fault.WithHint(fault.New(fault.NotFound, "elasticsearch %s: there is no index %q", strings.Join(x.opts.Addresses, ", "), x.opts.Alias), "make it with `jixiao init`, or check its name (--elastic-alias)")
	case version != index.Version:
		return fault.WithHint(fault.New(fault.Conflict, "elasticsearch: index %s has form %d, this program reads form %d", name, version, index.Version),
			"build a new one with `jixiao reindex`, or use the program that made it")
	}
	return nil
}

// targets are the indices that a write goes to. They are asked for anew each
// time: another process may have begun to build one.
func (x *Index) targets(ctx context.Context) ([]string, error) {
	if x.only != "" {
		return []string{x.only}, nil
	}
	if err := x.Greet(ctx); err != nil {
		return nil, later(err)
	}
	l, err := x.layout(ctx)
	if err != nil {
		return nil, later(err)
	}
	fitting := slices.DeleteFunc(slices.Clone(l.written), func(name string) bool { return x.fits(name) != nil })
	if len(fitting) == 0 {
		return nil, later(x.fits(append(l.written, "")[0]))
	}
	return fitting, nil
}

// recheck is how long a search trusts what it knows of the alias.
const recheck = 10 * time.Second

// searched is the name to search, after a look now and then whether what stands
// behind it fits.
func (x *Index) searched(ctx context.Context) (string, error) {
	if x.only != "" {
		return x.only, nil
	}
	x.mu.Lock()
	known := time.Since(x.checked) < recheck
	x.mu.Unlock()
	if known {
		return x.opts.Alias, nil
	}
	if err := x.Greet(ctx); err != nil {
		return "", later(err)
	}
	l, err := x.layout(ctx)
	if err == nil {
		err = x.fits(l.searched)
	}
	if err != nil {
		return "", later(err)
	}
	x.mu.Lock()
	x.checked = time.Now()
	x.mu.Unlock()
	return x.opts.Alias, nil
}

// greet sees who answers, and that the names are free or ours.
func (x *Index) greet(ctx context.Context) error {
	var info struct{ Version struct{ Number string } }
	if err := x.call(ctx, func() esapi.Request { return esapi.InfoRequest{} }, &info); err != nil {
		return err
	}
	if major, _ := strconv.Atoi(strings.SplitN(info.Version.Number, ".", 2)[0]); major < 8 {
		return fault.New(fault.Unsupported, "elasticsearch: version %q; 8 or newer is needed", cut(info.Version.Number))
	}
	l, err := x.layout(ctx)
	if err != nil {
		return err
	}
	for _, name := range l.all {
		if _, err := x.markOf(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// markOf reads whose index it is.
func (x *Index) markOf(ctx context.Context, name string) (mark, error) {
	var answer map[string]struct {
		Mappings struct {
			Meta meta `json:"_meta"`
		}
	}
	err := x.try(ctx, func() esapi.Request { return esapi.IndicesGetMappingRequest{Index: []string{name}} }, &answer)
	if err != nil {
		return mark{}, err
	}
	if m := answer[name].Mappings.Meta.Jixiao; m != nil {
		return *m, nil
	}
	return mark{}, x.foreign("an index", name)
}
