// Package check looks for what a careful reader would ask about: parts that do
// not sum, a rate that contradicts its amounts, a score that contradicts its
// grade. A finding never changes a value.
package check

import "jixiao/schemas/record"

// Version grows whenever the same fields may yield other findings.
const Version = 1

// Findings returns what is odd about fields, read from text.
func Findings(fields []record.Field, text string) []record.Finding { return nil }
