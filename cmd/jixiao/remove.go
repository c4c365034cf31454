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

// removeCmd removes documents, or takes an import back.
type removeCmd struct {
	ID    []string `arg:"" optional:"" name:"id" help:"Ids of documents, or enough of their beginnings."`
	Batch string   `placeholder:"NAME" help:"Take this import back: its names, and the documents that have no other."`
	Yes   bool     `short:"y" help:"Do not ask."`
	JSON  bool     `name:"json" help:"Print the ids that are gone as a JSON object."`
}

// Help is shown by --help.
func (removeCmd) Help() string { return removeHelp }

const removeHelp = `What was kept of the documents goes: originals, records, their place in the index.
The files they were imported from stay where they are. On a terminal you are asked
first; elsewhere --yes is wanted.

Examples:
  jixiao remove 3fa9 77b0
  jixiao remove --batch county-2023 --yes`

// Run removes the documents.
func (c *removeCmd) Run(ctx context.Context, u *ui) error {
	if (len(c.ID) == 0) == (c.Batch == "") {
		return fault.WithHint(fault.New(fault.Usage, "ids or --batch are wanted, one of the two"), "jixiao list shows the ids")
	}
	if err := c.confirm(u); err != nil {
		return err
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
	return u.lang.phrase("remove %d documents?", len(c.ID))
}

var errKept = errors.New("nothing was removed") // the answer of a person, no failure

// confirm asks on a terminal. Elsewhere nobody can answer, and what goes cannot be
// brought back: there --yes has to say it.
func (c *removeCmd) confirm(u *ui) error {
	if c.Yes {
		return nil
	}
	if f, ok := u.in.(*os.File); !ok || !u.errTerm || !term.IsTerminal(int(f.Fd())) {
		return fault.WithHint(fault.New(fault.Usage, "without a terminal nobody can be asked"), "give --yes to remove without a question")
	}
	return u.confirmed(c.question(u))
}

// confirmed reports errKept unless the answer to question is yes.
func (u *ui) confirmed(question string) error {
	fmt.Fprint(u.err, question+" [y/N] ")
	answer, err := bufio.NewReader(u.in).ReadString('\n')
	if a := strings.TrimSpace(answer); err == nil && (strings.EqualFold(a, "y") || strings.EqualFold(a, "yes")) {
		return nil
	}
	return errKept
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
