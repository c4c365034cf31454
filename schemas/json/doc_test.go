// Package schemajson tests the JSON Schemas beside it: against the Go types,
// against the catalogue of fields, and with real output.
package schemajson
