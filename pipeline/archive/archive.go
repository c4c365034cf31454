// Package archive is the form of a backup: one file that holds whole documents,
// each with its bytes, what was read out of them, and where it stood.
//
// The file is a tar archive packed with Zstandard. In it stand, in this order,
//
//	backup.json              the Header: what made it, and the number of its form
//	originals/ID             the bytes of a document, named after their SHA-256
//	documents/ID.json        a Document, behind its original; ids ascend
//	SHA256SUMS               the hash of every member before it, as sha256sum writes it
//	manifest.json            the Manifest: the counts, and the hash of SHA256SUMS
//
// so that it is written and checked in one go, a cut one has no manifest, and
// people can look into it with tar and sha256sum alone. A Reader trusts nothing
// in it: names are compared, never used, and everything has a limit.
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Format is the number of the form described above.
const Format = 1

// A Header says what made an archive.
type Header struct {
	Format  int       `json:"format"`
	Created time.Time `json:"created"`
	Program string    `json:"program"` // the version of the program
	Schema  int       `json:"schema"`  // schemas.Version
	Layout  int       `json:"layout"`  // layout.Version
}

// NewHeader returns the Header of an archive that program makes now.
func NewHeader(program string, now time.Time) Header {
	return Header{Format: Format, Created: now.UTC().Truncate(time.Second), Program: program, Schema: schemas.Version, Layout: layout.Version}
}

// A Document is all that is kept of one document but its bytes.
type Document struct {
	State   event.State    `json:"state"`
	Record  *record.Record `json:"record,omitempty"` // nil for one that was not read
	Layout  *layout.Doc    `json:"layout,omitempty"` // with Record
	Letters []event.Failed `json:"letters,omitempty"`
}

// Counts are how much an archive holds.
type Counts struct {
	Documents int            `json:"documents"`
	States    map[string]int `json:"states"` // documents by event.Phase
	Records   int            `json:"records"`
	Originals int            `json:"originals"`
	Bytes     int64          `json:"bytes"` // of the originals
}

// A Manifest ends an archive.
type Manifest struct {
	Header
	Counts Counts `json:"counts"`
	Sums   string `json:"sha256sums"` // hex SHA-256 of the member SHA256SUMS
}

// Names of members.
const (
	headerName   = "backup.json"
	originals    = "originals/"
	documents    = "documents/"
	documentEnd  = ".json"
	sumsName     = "SHA256SUMS"
	manifestName = "manifest.json"
)

// A sum is the hash of one member.
type sum struct {
	name string
	hash [sha256.Size]byte
}

// line is how sha256sum writes it.
func (s sum) line() string { return hex.EncodeToString(s.hash[:]) + "  " + s.name + "\n" }

// sumsOf returns the size of the member SHA256SUMS.
func sumsOf(sums []sum) (n int64) {
	for _, s := range sums {
		n += int64(2*sha256.Size + 3 + len(s.name))
	}
	return n
}

// add counts d, with its original of size bytes, or without one if size is negative.
func (c *Counts) add(d *Document, size int64) {
	c.Documents++
	if c.States == nil {
		c.States = map[string]int{}
	}
	c.States[string(d.State.Phase)]++
	if d.Record != nil {
		c.Records++
	}
	if size >= 0 {
		c.Originals++
		c.Bytes += size
	}
}

// damaged is an archive that is not what was written.
func damaged(format string, args ...any) error {
	return fault.WithHint(fault.New(fault.Invalid, "the backup is damaged: "+format, args...), "take another copy of it, or an earlier backup")
}

// idOf returns the id that the name of a member says, and of which kind it is.
func idOf(name string) (id schemas.DocID, kind string, ok bool) {
	if rest, found := strings.CutPrefix(name, originals); found {
		return schemas.DocID(rest), originals, schemas.DocID(rest).Valid()
	}
	if rest, found := strings.CutPrefix(name, documents); found {
		rest, found = strings.CutSuffix(rest, documentEnd)
		return schemas.DocID(rest), documents, found && schemas.DocID(rest).Valid()
	}
	return "", "", false
}
