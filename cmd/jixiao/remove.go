package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"jixiao/internal/app"
	"jixiao/internal/fault"
	"jixiao/schemas"
)

type removeCmd struct {
	ID    []string `arg:"" optional:"" name:"id" help:"Ids of documents, or enough of their beginnings."`
	Batch string   `placeholder:"NAME" help:"Take this import back: its names, and the documents that have no other."`
	Yes   bool     `short:"y" help:"Do not ask."`
	JSON  bool     `name:"json" help:"Print the ids that are gone as a JSON object."`
}

// Help is shown by --help.
func (removeCmd) Help() string { return removeHelp }

const removeHelp = `What was kept of the documents goes: originals, records, their place in the index.
The files they were imported from stay where they are.

Examples:
  jixiao remove 3fa9 77b0
  jixiao remove --batch county-2023`

// Run removes the documents.
func (c *removeCmd) Run(ctx context.Context, u *ui) error {
	if (len(c.ID) == 0) == (c.Batch == "") {
		return fault.WithHint(fault.New(fault.Usage, "ids or --batch are wanted, one of the two"), "jixiao list shows the ids")
	}
	if !c.Yes && !u.confirmed(c.question(u)) {
		return fault.New(fault.Canceled, "nothing was removed")
	}
	var gone []schemas.DocID
	err := u.ask(ctx, "remove", func(s app.Service) (err error) {
		if c.Batch != "" {
			gone, err = s.RemoveBatch(ctx, c.Batch)
		} else {
			gone, err = s.Remove(ctx, c.ID...)
		}
		return err
	})
	if err != nil && len(gone) == 0 {
		return err
	}
	return errors.Join(err, c.print(u, gone))
}

func (c *removeCmd) question(u *ui) string {
	if c.Batch != "" {
		return fmt.Sprintf(u.lang.T("remove all that only import %q submitted?"), safe(c.Batch))
	}
	return fmt.Sprintf(u.lang.T("remove %d documents?"), len(c.ID))
}

// confirmed asks on a terminal; elsewhere nobody could answer, and the command
// was meant.
func (u *ui) confirmed(question string) bool {
	f, ok := u.in.(*os.File)
	if !ok || !u.errTerm || !term.IsTerminal(int(f.Fd())) {
		return true
	}
	fmt.Fprint(u.err, question+" [y/N] ")
	answer, err := bufio.NewReader(u.in).ReadString('\n')
	return err == nil && strings.EqualFold(strings.TrimSpace(answer), "y")
}

func (c *removeCmd) print(u *ui, gone []schemas.DocID) error {
	if c.JSON {
		if gone == nil {
			gone = []schemas.DocID{}
		}
		return u.json(map[string]any{"removed": gone})
	}
	for _, id := range gone {
		fmt.Fprintln(u.out, id)
	}
	u.say("%d documents removed", len(gone))
	return nil
}
