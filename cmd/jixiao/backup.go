package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"jixiao/internal/app"
)

// backupCmd saves every document into one file, or checks such a file.
type backupCmd struct {
	File   string `arg:"" help:"The new file."`
	Verify bool   `help:"Read this backup and check all that is in it, instead of making one."`
	JSON   bool   `name:"json" help:"Print what the backup holds as one JSON object."`
}

// Help is shown by --help.
func (backupCmd) Help() string { return backupHelp }

const backupHelp = `One file with every document: its bytes, what was read, its names and imports, its state.
The index is not in it, it is made again. Others may go on working meanwhile; each
document is in it as it is at one moment. The new file has its name only when it was
read again and all of it is right. Exit code 3: the bytes of some documents are lost
or damaged in the store, all else is in the backup.

Examples:
  jixiao backup reports-2024-06-01.jixiao
  jixiao backup --verify reports-2024-06-01.jixiao`

// Run makes a backup, or checks one.
func (c *backupCmd) Run(ctx context.Context, u *ui) error {
	var m app.Manifest
	var err error
	if c.Verify {
		m, err = app.CheckBackup(ctx, c.File)
	} else {
		err = u.ask(ctx, "backup", func(s app.Service) (err error) {
			m, err = app.WriteBackup(ctx, c.File, func(w io.Writer) error { return s.Backup(ctx, w) })
			return err
		})
	}
	if err != nil {
		return err
	}
	if c.JSON {
		err = u.json(m)
	} else {
		err = u.printManifest(m)
	}
	if lost := m.Counts.Documents - m.Counts.Originals; err == nil && lost > 0 {
		u.say("the bytes of %d documents are missing", lost)
		return errPartly
	}
	return err
}

func (u *ui) printManifest(m app.Manifest) error {
	n := m.Counts
	_, err := fmt.Fprintln(u.out, u.lang.phrase("%d documents: %d originals of %s bytes, %d records, by %s at %s",
		n.Documents, n.Originals, grouped(strconv.FormatInt(n.Bytes, 10)), n.Records, safe(m.Program), m.Created.Local().Format(time.DateTime)))
	return err
}
