package pipeline

import "context"

// IndexBatch handles messages of the index stage, event.Extracted each, in one
// go. It returns one verdict a message, as Extract does.
func (p *Pipeline) IndexBatch(ctx context.Context, msgs [][]byte) []error {
	panic("not yet")
}
