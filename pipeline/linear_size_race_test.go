//go:build race

package pipeline_test

// hostileSize is less under the race detector, which takes ten times as long.
const hostileSize = 128 << 10
