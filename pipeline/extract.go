package pipeline

import "context"

// Extract handles one message of the extract stage, an event.Arrived: bytes to
// layout and record. nil means done, an *event.Failed that the document is
// given up, any other error that the message is to come again later.
func (p *Pipeline) Extract(ctx context.Context, msg []byte) error {
	panic("not yet")
}
