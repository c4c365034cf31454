//go:build !race

package pipeline_test

// hostileSize is how long the longer one of two hostile texts is.
const hostileSize = 1 << 20
