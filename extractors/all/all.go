// Package all lists the extractors of the standard build.
package all

import "jixiao/extractors"

// Extractors returns one of each format, most specific first.
func Extractors() []extractors.Extractor { return nil }
