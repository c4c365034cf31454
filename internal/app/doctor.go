package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"jixiao/schemas"
	"jixiao/schemas/event"
)

const (
	// still is how long a document must not have moved to be called an orphan.
	still = 3 * time.Minute
	// lookAgain is how long Doctor waits before it believes that a message is
	// lost.
	lookAgain = 2 * time.Second
)

// A Diagnosis is what nobody would ever work on, and what the index lacks.
type Diagnosis struct {
	// Orphans are documents that are not finished and have no message.
	Orphans []Orphan `json:"orphans"`
	// Lost counts the messages that nobody will deliver, by stage.
	Lost map[string]uint64 `json:"lost"`
	// Unfound are documents that are finished by their state and not in the index,
	// or in an older revision: no search finds them. Extra are in the index and no
	// documents here.
	Unfound []Orphan        `json:"unfound"`
	Extra   []schemas.DocID `json:"extra"`
	// IndexError says why the index was not asked, IndexHint what helps.
	IndexError string `json:"index_error,omitempty"`
	IndexHint  string `json:"index_hint,omitempty"`
	// Mended is how many of both were sent on again.
	Mended int `json:"mended"`
}

// An Orphan is a document that somebody has to look after.
type Orphan struct {
	ID    schemas.DocID `json:"id"`
	Name  string        `json:"name"`
	State string        `json:"state"`
	Since time.Time     `json:"since"`
}

// Doctor looks for documents and messages that nobody would ever work on, and
// sends them on again if mend. It says what the index lacks of the finished ones.
func (n *Node) Doctor(ctx context.Context, mend bool) (Diagnosis, error) {
	d, err := n.adrift(ctx, mend)
	if err == nil {
		err = n.compareIndex(ctx, &d)
	}
	return d, err
}

// adrift is Doctor without the index.
func (n *Node) adrift(ctx context.Context, mend bool) (Diagnosis, error) {
	d := Diagnosis{Orphans: []Orphan{}, Lost: map[string]uint64{}, Unfound: []Orphan{}, Extra: []schemas.DocID{}}
	p, err := n.open(ctx)
	if err != nil {
		return d, err
	}
	orphans, err := p.Orphans(ctx, still)
	if err != nil {
		return d, err
	}
	for _, st := range orphans {
		d.Orphans = append(d.Orphans, Orphan{ID: st.ID, Name: st.Name(), State: string(st.Phase), Since: st.Updated})
	}
	if d.Lost, err = n.lost(ctx); err != nil || !mend {
		return d, err
	}
	for _, st := range orphans {
		if err := p.Adopt(ctx, st); err != nil {
			return d, err
		}
		d.Mended++
	}
	for _, stage := range slices.Sorted(maps.Keys(d.Lost)) {
		if stage != event.StageExtract && stage != event.StageIndex {
			continue // of another program, or another version of this one
		}
		if err := n.queue.Redeliver(ctx, stage); err != nil {
			return d, err
		}
		d.Mended += int(d.Lost[stage])
	}
	return d, nil
}

// lost returns what is lost now and still is after a while.
func (n *Node) lost(ctx context.Context) (map[string]uint64, error) {
	first, err := n.queue.Lost(ctx)
	if err != nil || len(first) == 0 {
		return map[string]uint64{}, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(lookAgain):
	}
	both, err := n.queue.Lost(ctx)
	for stage := range both {
		if both[stage] = min(both[stage], first[stage]); both[stage] == 0 {
			delete(both, stage)
		}
	}
	return both, err
}
