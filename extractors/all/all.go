// Package all lists the extractors of the standard build.
package all

import (
	"jixiao/extractors"
	"jixiao/extractors/pdf"
	"jixiao/extractors/plaintext"
)

// Extractors returns one of each format, most specific first: plain text takes
// whatever looks like writing.
func Extractors() []extractors.Extractor {
	return []extractors.Extractor{pdf.New(), plaintext.New()}
}
