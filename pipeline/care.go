package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

// Recover sends every document that is not final and has no message waiting to
// its stage again, and finishes removals; those that an index which is away holds
// up are left to FinishRemovals. It returns how many there were. Call it once at
// the start of the process that owns the data, before the workers.
func (p *Pipeline) Recover(ctx context.Context) (int, error) {
	p.started = time.Now()
	waiting := map[event.Phase]map[schemas.DocID]bool{}
	for phase, stage := range map[event.Phase]string{event.PhaseArrived: event.StageExtract, event.PhaseExtracted: event.StageIndex} {
		ids, err := p.Publisher.Waiting(ctx, stage)
		if err != nil {
			return 0, fmt.Errorf("recover: %w", err)
		}
		waiting[phase] = ids
	}
	n := 0
	var removals []schemas.DocID
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for st, err := range p.States.AllStates(ctx) {
		switch {
		case err != nil:
			return n, fmt.Errorf("recover: %w", errors.Join(err, g.Wait()))
		case st.Phase.Final() || waiting[st.Phase][st.ID]:
			continue
		}
		n++
		if st.Phase == event.PhaseRemoving {
			removals = append(removals, st.ID)
			continue
		}
		g.Go(func() error { return p.send(gctx, st) })
	}
	if err := g.Wait(); err != nil {
		return n, fmt.Errorf("recover: %w", err)
	}
	err := p.finishRemovals(ctx, removals)
	if k := fault.KindOf(err); k == fault.Unavailable || k == fault.Full {
		return n, nil
	}
	return n, err
}

// FinishRemovals finishes what was removed while the index was away.
func (p *Pipeline) FinishRemovals(ctx context.Context) error {
	var removals []schemas.DocID
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return fmt.Errorf("finish removals: %w", err)
		}
		if st.Phase == event.PhaseRemoving {
			removals = append(removals, st.ID)
		}
	}
	return p.finishRemovals(ctx, removals)
}

// finishRemovals leaves them to processes that have the index.
func (p *Pipeline) finishRemovals(ctx context.Context, ids []schemas.DocID) error {
	if p.Indexer == nil {
		return nil
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for _, id := range ids {
		g.Go(func() error {
			if err := p.finishRemoval(ctx, id); err != nil {
				return fmt.Errorf("remove %s: %w", id, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// resume does what the state of a document asks for. Removals are left to
// processes that have the index.
func (p *Pipeline) resume(ctx context.Context, st event.State) error {
	switch {
	case st.Phase != event.PhaseRemoving:
		return p.send(ctx, st)
	case p.Indexer == nil:
		return nil
	}
	return p.finishRemoval(ctx, st.ID)
}

// Retry sends a failed document to the first stage again and forgets its dead
// letters.
func (p *Pipeline) Retry(ctx context.Context, id schemas.DocID) error {
	return p.again(ctx, id, event.PhaseFailed)
}

// Reprocess sends a finished document to the first stage again.
func (p *Pipeline) Reprocess(ctx context.Context, id schemas.DocID) error {
	return p.again(ctx, id, event.PhaseIndexed, event.PhaseFailed)
}

func (p *Pipeline) again(ctx context.Context, id schemas.DocID, from ...event.Phase) error {
	was := event.Phase("")
	st, err := p.change(ctx, id, func(st *event.State) bool {
		if was = st.Phase; !slices.Contains(from, was) {
			return false
		}
		begin(st)
		return true
	})
	switch {
	case err != nil:
		return err
	case was == "" || was.Gone():
		return fault.New(fault.NotFound, "there is no document %q", id)
	case !slices.Contains(from, was):
		return fault.New(fault.Conflict, "%.12s… is %s", id, was)
	}
	if err := p.Publisher.DropLetters(ctx, id); err != nil {
		return err
	}
	return p.send(ctx, st)
}

// Remove takes a document out of index and store; NotFound if there is none.
// What is left is a tombstone with the revision, so that nothing that is still
// under way brings the document back.
func (p *Pipeline) Remove(ctx context.Context, id schemas.DocID) error {
	there := false
	_, err := p.change(ctx, id, func(st *event.State) bool {
		if there = st.Seq != 0 && st.Phase != event.PhaseRemoved; !there {
			return false
		}
		*st = event.State{ID: id, Seq: st.Seq, Phase: event.PhaseRemoving, Revision: st.Revision + 1, Round: st.Round}
		return true
	})
	if err != nil {
		return fmt.Errorf("remove %s: %w", id, err)
	}
	if !there {
		return fault.New(fault.NotFound, "there is no document %q", id)
	}
	if err := p.finishRemoval(ctx, id); err != nil {
		return fmt.Errorf("remove %s: %w", id, err)
	}
	return nil
}

// finishRemoval removes what is left of a document whose state is removing.
func (p *Pipeline) finishRemoval(ctx context.Context, id schemas.DocID) error {
	if err := p.Indexer.Remove(ctx, id); err != nil {
		return err
	}
	if err := p.Store.Delete(ctx, id); err != nil {
		return err
	}
	if err := p.Publisher.DropLetters(ctx, id); err != nil {
		return err
	}
	_, err := p.change(ctx, id, func(st *event.State) bool {
		if st.Phase != event.PhaseRemoving {
			return false
		}
		st.Phase = event.PhaseRemoved
		return true
	})
	return err
}

// RemoveBatch takes back what batch submitted: its names, and the documents
// that have no other. It returns the ids of these.
func (p *Pipeline) RemoveBatch(ctx context.Context, batch string) ([]schemas.DocID, error) {
	inBatch := func(s record.Submission) bool { return s.Batch == batch }
	var touched []schemas.DocID
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return nil, fmt.Errorf("remove batch %q: %w", batch, err)
		}
		if !st.Phase.Gone() && slices.ContainsFunc(st.Submissions, inBatch) {
			touched = append(touched, st.ID)
		}
	}
	if len(touched) == 0 {
		return nil, fault.WithHint(fault.New(fault.NotFound, "no document came with batch %q", batch), "`jixiao list --json` shows the batches")
	}
	var removed []schemas.DocID
	for _, id := range touched {
		gone, err := p.withdraw(ctx, id, inBatch)
		if err != nil {
			return removed, fmt.Errorf("remove batch %q: %w", batch, err)
		}
		if gone {
			removed = append(removed, id)
		}
	}
	slices.Sort(removed)
	return removed, nil
}

// withdraw takes the submissions that match away from a document, and the
// document itself when it has no other.
func (p *Pipeline) withdraw(ctx context.Context, id schemas.DocID, match func(record.Submission) bool) (gone bool, err error) {
	st, err := p.change(ctx, id, func(st *event.State) bool {
		left := slices.DeleteFunc(slices.Clone(st.Submissions), match)
		if gone = len(left) == 0 && !st.Unlisted; gone || len(left) == len(st.Submissions) {
			return false
		}
		st.Submissions = left
		if st.Phase == event.PhaseIndexed || st.Phase == event.PhaseExtracted { // the index has to forget the names
			st.Phase = event.PhaseExtracted
			st.Revision++
		}
		return true
	})
	switch {
	case err != nil:
		return false, err
	case gone:
		return true, p.Remove(ctx, id)
	}
	return false, p.send(ctx, st)
}
