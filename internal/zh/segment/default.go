//go:build !gojieba

package segment

func newCutter() cutter { return newPure() }
