package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jixiao/internal/app"
	"jixiao/internal/fault"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// showCmd shows what was read from one document, with page and quote.
type showCmd struct {
	ID       string `arg:"" name:"id" help:"Id of the document, or enough of its beginning."`
	Sections bool   `help:"Also print the outline."`
	JSON     bool   `name:"json" help:"Print all of it as one JSON object."`
}

// Help is shown by --help.
func (showCmd) Help() string { return showHelp }

const showHelp = `Every value with its page and the words it was read from, then what is odd about
them (findings) and what was not read and why (gaps).

Examples:
  jixiao show 3fa9
  jixiao show 3fa9c2d1 --sections
  jixiao show 3fa9 --json | jq '.record.fields[] | select(.key=="score")'`

// Run prints the document.
func (c *showCmd) Run(ctx context.Context, u *ui) error {
	var d search.Detail
	err := u.ask(ctx, "show", func(s app.Service) (err error) { d, err = s.Show(ctx, c.ID); return err })
	if err != nil {
		return err
	}
	if c.JSON {
		return u.json(d)
	}
	return c.print(u, d)
}

func (c *showCmd) print(u *ui, d search.Detail) error {
	u.showHead(d)
	if d.Record == nil {
		return u.noRecord(d)
	}
	if err := u.showFields(d.Record.Fields); err != nil {
		return err
	}
	u.showFindings(d.Record.Findings)
	u.showGaps(d.Record.Gaps)
	if c.Sections {
		u.heading("sections")
		u.showSections(d.Record.Sections, 1)
	}
	return nil
}

// noRecord says why there is nothing to show of d: it failed, it waits, or what
// was read of it is lost.
func (u *ui) noRecord(d search.Detail) error {
	switch {
	case d.Error != nil:
		return nil
	case d.State == "arrived":
		u.say("it is not read yet")
		return nil
	}
	return fault.WithHint(fault.New(fault.NotFound, "the record of document %s is missing from the store", shortID(d.ID)),
		"restore the data folder from a backup, or import the documents again")
}

func (u *ui) showHead(d search.Detail) {
	t := u.lang.T
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(u.out, "%s%s  %s\n", t(label), strings.Repeat(" ", max(0, 9-cells(t(label)))), safe(value))
		}
	}
	line("id", string(d.ID))
	line("state", t(d.State))
	for _, s := range d.Submissions {
		name := s.Name
		if s.Batch != "" {
			name += " [" + s.Batch + "]"
		}
		line("name", name)
	}
	if d.Error != nil {
		fmt.Fprintf(u.out, "%s%s  %s\n", t("error"), strings.Repeat(" ", max(0, 9-cells(t("error")))), u.why(*d.Error))
	}
	if r := d.Record; r != nil {
		line("title", r.Title)
		line("source", u.sourceLine(r.Source))
	}
}

func (u *ui) sourceLine(s record.Source) string {
	parts := []string{s.Format}
	if s.Encoding != "" {
		parts = append(parts, s.Encoding)
	}
	parts = append(parts, u.lang.phrase("%s bytes", grouped(strconv.FormatInt(s.Bytes, 10))))
	if s.Pages > 0 {
		parts = append(parts, u.lang.phrase("%d pages", s.Pages))
	}
	return strings.Join(append(parts, s.Engines...), ", ")
}

func (u *ui) heading(s string) { fmt.Fprintf(u.out, "\n%s\n", u.lang.T(s)) }

// Widths of the columns of values and quotes.
const (
	widestValue = 60
	widestQuote = 60
	widestCell  = 40
)

// showFields prints the single values as one table, then each list of items,
// and each list of objects as a table of its own.
func (u *ui) showFields(fields []record.Field) error {
	t := u.columnsOf("field", "value", "unit", "page", "quote")
	t.right, t.limit = map[int]bool{3: true}, map[int]int{1: widestValue, 4: widestQuote}
	lists := map[string][]record.Field{}
	for _, f := range fields {
		if k, _ := catalog.Lookup(f.Key); k.Kind == catalog.Items || k.Kind == catalog.Objects {
			lists[f.Key] = append(lists[f.Key], f)
			continue
		}
		page, quote := proof(f)
		t.add("  "+u.label(f.Key), shownValue(f), u.unitOf(f), page, quote)
	}
	u.heading("fields")
	if len(fields) == 0 {
		fmt.Fprintln(u.out, "  "+u.lang.T("no values were read"))
	}
	if len(t.rows) > 0 {
		if err := t.write(u.out); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(fields, func(f record.Field) bool { return f.Review }) {
		fmt.Fprintln(u.out, "  "+u.lang.T("? = a person should look at this value"))
	}
	for _, k := range catalog.All() {
		if err := u.showList(k, lists[k.Key]); err != nil {
			return err
		}
	}
	return nil
}

// unitOf is the unit of f and a mark if a person should look at it.
func (u *ui) unitOf(f record.Field) string {
	unit := u.lang.T(f.Unit)
	if f.Review {
		unit = strings.TrimSpace(unit + " ?")
	}
	return unit
}

// columnsOf returns a table with an indented head in the user's language.
func (u *ui) columnsOf(head ...string) *table {
	t := &table{}
	for i, h := range head {
		if h = u.lang.T(h); i == 0 {
			h = "  " + h
		}
		t.head = append(t.head, h)
	}
	return t
}

func (u *ui) showList(k catalog.Field, fields []record.Field) error {
	if len(fields) == 0 {
		return nil
	}
	fmt.Fprintf(u.out, "\n%s\n", u.label(k.Key))
	if k.Kind == catalog.Objects {
		return u.showObjects(k, fields)
	}
	for i, f := range fields {
		page, _ := proof(f)
		if page != "" {
			page = " (" + fmt.Sprintf(u.lang.T("page %s"), page) + ")"
		}
		fmt.Fprintf(u.out, "  %d. %s%s\n", i+1, safe(f.Value.String()), page)
	}
	return nil
}

// showObjects prints a column for every member that one of fields has.
func (u *ui) showObjects(k catalog.Field, fields []record.Field) error {
	t := &table{right: map[int]bool{}, limit: map[int]int{}}
	var used []catalog.Member
	for _, m := range k.Members {
		for _, f := range fields {
			if all, _ := f.Value.AsObject(); all[m.Name] != "" {
				used = append(used, m)
				break
			}
		}
	}
	for i, m := range used {
		t.head = append(t.head, u.memberName(m))
		t.right[i], t.limit[i] = isFigure(m.Kind), widestCell
	}
	if page, _ := proof(fields[0]); page != "" {
		t.head = append(t.head, u.lang.T("page"))
		t.right[len(used)] = true
	}
	for _, f := range fields {
		all, _ := f.Value.AsObject()
		var row []string
		for _, m := range used {
			row = append(row, memberValue(m, all[m.Name]))
		}
		if page, _ := proof(f); page != "" {
			row = append(row, page)
		}
		t.add(row...)
	}
	t.indent = "  "
	return t.write(u.out)
}

// memberName heads the column of m; amounts are shown in 万元.
func (u *ui) memberName(m catalog.Member) string {
	name := m.Name
	if u.lang == chinese {
		name = m.Label
	}
	if m.Kind == catalog.Money {
		name += "(万元)"
	}
	return name
}

func memberValue(m catalog.Member, s string) string {
	if m.Kind == catalog.Money && plainFigure.MatchString(s) {
		return wan(s)
	}
	return s
}

// label is the name of a key for people.
func (u *ui) label(key string) string {
	f, ok := catalog.Lookup(key)
	switch {
	case !ok:
		return key
	case u.lang == chinese:
		return f.Label
	}
	return key + " " + f.Label
}

// shownValue is the value of f for people: money in groups of three digits.
func shownValue(f record.Field) string {
	s := valueLine(f)
	if whole, frac, _ := strings.Cut(s, "."); f.Unit == catalog.Yuan && plainFigure.MatchString(s) && whole[0] != '-' {
		return grouped(whole) + "." + frac
	}
	return s
}

// valueLine writes an object's members in the order of the catalogue.
func valueLine(f record.Field) string {
	members, ok := f.Value.AsObject()
	if !ok {
		return f.Value.String()
	}
	field, _ := catalog.Lookup(f.Key)
	var parts []string
	for _, m := range field.Members {
		if v := members[m.Name]; v != "" {
			parts = append(parts, m.Label+" "+v)
		}
	}
	return strings.Join(parts, "; ")
}

// proof is the page and the words of the first evidence for the value itself.
func proof(f record.Field) (page, quote string) {
	for i, e := range f.Evidence {
		if e.Role == record.RoleValue || i == len(f.Evidence)-1 {
			if e.Page > 0 {
				page = strconv.Itoa(e.Page)
			}
			return page, e.Quote
		}
	}
	return "", ""
}

func (u *ui) showFindings(findings []record.Finding) {
	if len(findings) > 0 {
		u.heading("findings")
	}
	for _, f := range findings {
		fmt.Fprintf(u.out, "  %s %s: %s\n", u.lang.T(string(f.Severity)), f.Code, safe(f.Message))
	}
}

func (u *ui) showGaps(gaps []record.Gap) {
	if len(gaps) > 0 {
		u.heading("not read")
	}
	for _, g := range gaps {
		where := ""
		if g.Key != "" {
			where = u.label(g.Key) + ": "
		}
		if g.Page > 0 {
			where += fmt.Sprintf(u.lang.T("page %d"), g.Page) + ": "
		}
		fmt.Fprintf(u.out, "  %s%s\n", safe(where), safe(u.gapWords(g)))
	}
}

// gapWords says why g was not read. Reasons are Chinese and say the kind too, in
// other words; beside the English code both are wanted.
func (u *ui) gapWords(g record.Gap) string {
	switch {
	case g.Reason == "":
		return u.lang.T(string(g.Kind))
	case u.lang == chinese:
		return g.Reason
	}
	return string(g.Kind) + ": " + g.Reason
}

func (u *ui) showSections(sections []record.Section, depth int) {
	for _, s := range sections {
		role := ""
		if s.Role != "" {
			role = " [" + s.Role + "]"
		}
		fmt.Fprintf(u.out, "%s%s%s\n", strings.Repeat("  ", depth), safe(s.Title), role)
		u.showSections(s.Children, depth+1)
	}
}
