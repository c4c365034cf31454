package app

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"jixiao/internal/zh"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// List implements Service.
func (n *Node) List(ctx context.Context, l search.Listing) iter.Seq2[search.Entry, error] {
	if l.Duplicates {
		return n.duplicates(ctx, l)
	}
	return func(yield func(search.Entry, error) bool) {
		for d, err := range n.Details(ctx, l) {
			if !yield(entryOf(d), err) || err != nil {
				return
			}
		}
	}
}

// Details implements Service.
func (n *Node) Details(ctx context.Context, l search.Listing) iter.Seq2[search.Detail, error] {
	return func(yield func(search.Detail, error) bool) {
		states, err := n.listed(ctx, l)
		if err != nil {
			yield(search.Detail{}, err)
			return
		}
		for _, st := range page(states, l.Offset, l.Limit) {
			d, err := n.detail(ctx, st)
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func page[T any](all []T, offset, limit int) []T {
	all = all[min(max(offset, 0), len(all)):]
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	return all
}

// listed returns the states of the documents of l, in its order. The index
// knows order and filters; what it does not have yet comes last, if no filter
// asks for values.
func (n *Node) listed(ctx context.Context, l search.Listing) ([]event.State, error) {
	p, err := n.open(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[schemas.DocID]event.State{}
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return nil, err
		}
		if !st.Phase.Gone() && (len(l.States) == 0 || slices.Contains(l.States, stateOf(st))) {
			byID[st.ID] = st
		}
	}
	ids, err := n.matching(ctx, l)
	if err != nil {
		return nil, err
	}
	var out []event.State
	for _, id := range ids {
		if st, ok := byID[id]; ok {
			out = append(out, st)
			delete(byID, id)
		}
	}
	if len(l.Filters) > 0 {
		return out, nil
	}
	rest := make([]event.State, 0, len(byID))
	for _, st := range byID {
		rest = append(rest, st)
	}
	slices.SortFunc(rest, func(a, b event.State) int {
		return cmp.Or(cmp.Compare(a.Name(), b.Name()), cmp.Compare(a.ID, b.ID))
	})
	return append(out, rest...), nil
}

// matchPage is how many hits are asked for at a time.
const matchPage = 1000

// matching returns the ids that the index has for l, in its order.
func (n *Node) matching(ctx context.Context, l search.Listing) ([]schemas.DocID, error) {
	if n.index == nil && len(l.Filters)+len(l.Sort) == 0 {
		return nil, nil
	}
	if err := n.needIndex(); err != nil {
		return nil, err
	}
	q := search.Query{Filters: l.Filters, Sort: l.Sort, Limit: matchPage}
	if len(q.Sort) == 0 {
		q.Sort = []search.Sort{{Key: "unit"}, {Key: "year"}}
	}
	var ids []schemas.DocID
	for {
		r, err := n.index.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, h := range r.Hits {
			ids = append(ids, h.ID)
		}
		q.Offset += len(r.Hits)
		if len(r.Hits) == 0 || q.Offset >= r.Total {
			return ids, nil
		}
	}
}

// duplicates yields the documents that share unit, year, scope and project
// with another one, group by group.
func (n *Node) duplicates(ctx context.Context, l search.Listing) iter.Seq2[search.Entry, error] {
	all := l
	all.Duplicates, all.Limit, all.Offset = false, 0, 0
	return groupSame(n.List(ctx, all), l)
}

// sameness is what documents of one group have in common, folded.
type sameness struct {
	unit, scope, project string
	year                 int
}

// samenessOf returns what e is grouped by. What is not known cannot be the
// same: ok is false without unit or year, and a report on a part of the
// unit's work needs the name of its project, or its title where that is not known.
func samenessOf(e search.Entry) (s sameness, ok bool) {
	s = sameness{zh.FoldString(e.Unit), zh.FoldString(e.Scope), zh.FoldString(e.Project), e.Year}
	if e.Scope != "整体" && e.Project == "" {
		s.project = "\x00" + zh.FoldString(e.Title) // never the name of a project
		return s, e.Unit != "" && e.Year != 0 && e.Title != ""
	}
	return s, e.Unit != "" && e.Year != 0
}

// groupSame yields the page l of the groups among entries. A group that begins
// on the page is on it as a whole.
func groupSame(entries iter.Seq2[search.Entry, error], l search.Listing) iter.Seq2[search.Entry, error] {
	return func(yield func(search.Entry, error) bool) {
		groups := map[sameness][]search.Entry{}
		var order []sameness
		for e, err := range entries {
			if err != nil {
				yield(e, err)
				return
			}
			if key, ok := samenessOf(e); ok {
				if groups[key] = append(groups[key], e); len(groups[key]) == 1 {
					order = append(order, key)
				}
			}
		}
		at, group := 0, 0
		for _, key := range order {
			if len(groups[key]) < 2 {
				continue
			}
			begin := at
			at, group = at+len(groups[key]), group+1
			if begin < l.Offset || l.Limit > 0 && begin >= l.Offset+l.Limit {
				continue
			}
			for _, e := range groups[key] {
				e.Group = group
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}
