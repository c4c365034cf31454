package index

import (
	"context"
	"iter"

	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// A Service is what the rest of the program knows of searching: documents go
// in, answers come out. It is as safe for concurrent use as its Backend.
type Service struct {
	Backend Backend
}

// Index makes docs findable, durably when it returns. A document of the same or
// an older revision than the one indexed changes nothing. Many documents in one
// call are several times cheaper than one a call.
func (s *Service) Index(ctx context.Context, docs ...*record.Document) error {
	flat := make([]Doc, 0, len(docs))
	for _, d := range docs {
		flat = append(flat, Flatten(d))
	}
	return s.Backend.Put(ctx, flat...)
}

// Remove makes ids unfindable, durably when it returns.
func (s *Service) Remove(ctx context.Context, ids ...schemas.DocID) error {
	return s.Backend.Delete(ctx, ids...)
}

// Revisions yields every document indexed and its revision.
func (s *Service) Revisions(ctx context.Context) iter.Seq2[Revision, error] {
	return s.Backend.Revisions(ctx)
}

// Ready reports why nothing can be put or found now, or nil. A backend in this
// process always is.
func (s *Service) Ready(ctx context.Context) error {
	if b, ok := s.Backend.(interface{ Ready(context.Context) error }); ok {
		return b.Ready(ctx)
	}
	return nil
}

// Close closes the backend.
func (s *Service) Close() error { return s.Backend.Close() }

// Search answers q. An error of kind Usage says what in q is off and where.
func (s *Service) Search(ctx context.Context, q search.Query) (search.Result, error) {
	r, err := compile(q)
	if err != nil {
		return search.Result{}, err
	}
	found, err := s.Backend.Match(ctx, r)
	if err != nil {
		return search.Result{}, err
	}
	return answer(r, found)
}
