package app

import (
	"context"
	"errors"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/index"
)

// mendRounds is how often a new index is compared with the store. The second
// round finds what changed during the first, and so on: the rounds get short.
const mendRounds = 8

// rebuildElsewhere is Reindex for the index in a cluster. Searches go on in the
// old one until the new one is whole, arrivals go to both. Killed on the way, the
// next one goes on with what is there.
func (n *Node) rebuildElsewhere(ctx context.Context, p *pipeline.Pipeline, progress func(done, total int)) (Rebuilt, error) {
	next, err := n.elastic.Build(ctx)
	if err != nil {
		return Rebuilt{}, err
	}
	to := &index.Service{Backend: next}
	r := Rebuilt{Index: next.Name()}
	if r.Documents, err = p.Reindex(ctx, to, progress); err != nil {
		return r, unfinished(err)
	}
	if err := n.sound(ctx, r.Documents); err != nil {
		return r, errors.Join(err, n.elastic.Drop(ctx, next.Name()))
	}
	if err := n.converge(ctx, p, to); err != nil {
		return r, unfinished(err)
	}
	if err := n.takeOver(ctx, p, to); err != nil {
		return r, unfinished(err)
	}
	if _, err := n.elastic.Switch(ctx, next); err != nil {
		return r, unfinished(err)
	}
	if n.owns {
		n.stale.Store(false)
		if err := reclaim(n.opts); err != nil {
			return r, err
		}
	}
	r.Kept, err = n.elastic.Kept(ctx)
	return r, err
}

// converge mends to until it does not differ from the store any more.
func (n *Node) converge(ctx context.Context, p *pipeline.Pipeline, to *index.Service) error {
	for range mendRounds {
		if mended, err := n.mend(ctx, p, to); err != nil || mended == 0 {
			return err
		}
	}
	return fault.New(fault.Conflict, "the new index still differs from the records after %d comparisons", mendRounds)
}

// unfinished says how to go on with a new index that is not whole.
func unfinished(err error) error {
	if fault.HintOf(err) != "" {
		return err
	}
	return fault.WithHint(err, "the old index is still in use; run jixiao reindex again, it goes on with the new one")
}

// DropOld removes the indices that earlier calls of Reindex left in the cluster
// of o, and returns their names.
func DropOld(ctx context.Context, o Options) ([]string, error) {
	if o.Elastic == "" {
		return nil, usage("only an Elasticsearch cluster keeps old indices (--elastic)")("leave --drop-old out")
	}
	x, err := o.openElastic(ctx)
	if err != nil {
		return nil, err
	}
	defer x.Close() // holds nothing but connections
	kept, err := x.Kept(ctx)
	if err != nil {
		return nil, o.hideSecrets(err)
	}
	dropped := []string{}
	for _, name := range kept {
		if err := x.Drop(ctx, name); err != nil {
			return dropped, o.hideSecrets(err)
		}
		dropped = append(dropped, name)
	}
	return dropped, nil
}
