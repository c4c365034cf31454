package main

import (
	"context"
	"iter"
	"sync"
)

// ordered calls work for each of names on n goroutines and gives the results
// to emit in the order of names. It holds at most 2n results at a time and
// returns when all goroutines have; ctx or an error of emit ends it early.
func ordered[T any](ctx context.Context, n int, names iter.Seq[string], work func(context.Context, string) T, emit func(T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	results := make(chan chan T, n) // with one in emit and n in work: under 2n
	running.Go(func() {
		defer close(results)
		slots := make(chan struct{}, n)
		for name := range names {
			one := make(chan T, 1)
			select {
			case results <- one:
			case <-ctx.Done():
				return
			}
			slots <- struct{}{}
			running.Go(func() {
				defer func() { <-slots }()
				one <- work(ctx, name)
			})
		}
	})
	for one := range results {
		select {
		case r := <-one:
			if err := emit(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
