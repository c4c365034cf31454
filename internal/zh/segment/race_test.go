//go:build race

package segment

// underRace: sync.Pool drops what it holds at random to find races.
const underRace = true
