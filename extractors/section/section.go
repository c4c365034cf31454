// Package section finds the headings of a report and what part each one heads.
package section

import (
	"jixiao/extractors/passage"
	"jixiao/schemas/record"
)

// The roles of sections that readers ask for.
const (
	Cover    = "cover"    // title, labels and dates before the first heading
	Contents = "contents" // a table of contents: no reader looks into it
	Basics   = "basics"   // who the unit is, its people
	Goals    = "goals"    // what it was to do
	Money    = "money"    // what came in and went out
	Process  = "process"  // how the evaluation was done
	Score    = "score"    // result and score
	Analysis = "analysis" // indicators one by one
	Problems = "problems"
	Measures = "measures"
	Other    = "other"
	Sign     = "signature" // unit and date at the end
)

// A Tree is the outline of one document.
type Tree struct {
	Sections []record.Section // outermost ones, in order, covering the text
	Role     []string         // per passage of the Doc: the role of the innermost section with one
	Heading  []bool           // per passage: it is (or begins with) a heading
}

// Outline returns the outline of d.
func Outline(d *passage.Doc) *Tree {
	return &Tree{Role: make([]string, len(d.Passages)), Heading: make([]bool, len(d.Passages))}
}
