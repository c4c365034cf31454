package index

import "jixiao/schemas/record"

// Flatten returns d in the form in which a backend keeps it.
func Flatten(d *record.Document) Doc {
	return Doc{ID: d.Record.ID, Revision: d.Revision}
}
