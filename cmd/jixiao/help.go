package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"jixiao/internal/app"
)

// groups are the headings of the command list, in order.
var groups = []struct{ key, title string }{
	{"read", "Read files, keeping nothing:"},
	{"keep", "Keep reports in a data folder:"},
	{"serve", "Work for others, on one machine or many:"},
	{"other", "Other:"},
}

// help prints the help of the command that ctx selects, in the user's language.
func (u *ui) help(ctx *kong.Context) error {
	node := ctx.Selected()
	if node == nil {
		node = ctx.Model.Node
	}
	fmt.Fprintf(u.out, "%s %s\n\n", u.lang.T("Usage:"), usageLine(node))
	if node.Parent == nil {
		fmt.Fprintln(u.out, u.lang.T(appHelp))
	} else {
		fmt.Fprintln(u.out, u.lang.T(node.Help))
	}
	if node.Detail != "" {
		fmt.Fprintf(u.out, "\n%s\n", strings.TrimSpace(u.lang.T(node.Detail)))
	}
	u.helpCommands(node)
	if node.Parent != nil {
		u.helpFlags(u.lang.T("Flags:"), ownFlags(node), false)
	}
	if node.Parent == nil || len(node.Children) == 0 {
		u.helpFlags(u.lang.T("Settings (flag > environment > file > default):"), ctx.Model.Flags, true)
	}
	if node.Parent == nil {
		fmt.Fprintf(u.out, "\n%s\n", u.lang.T("Exit codes: 0 ok, 1 failure, 2 usage, 3 partly failed, 130 interrupted."))
	}
	return nil
}

func usageLine(node *kong.Node) string {
	words := []string{commandPath(node)}
	if len(node.Children) > 0 {
		words = append(words, "COMMAND")
	}
	for _, p := range node.Positional {
		w := strings.ToUpper(p.Name)
		if p.IsCumulative() {
			w += "…"
		}
		if !p.Required {
			w = "[" + w + "]"
		}
		words = append(words, w)
	}
	return strings.Join(append(words, "[FLAG…]"), " ")
}

// ownFlags returns the flags of node and its parents but not the settings.
func ownFlags(node *kong.Node) (out []*kong.Flag) {
	for n := node; n.Parent != nil; n = n.Parent {
		out = append(n.Flags, out...)
	}
	return out
}

func (u *ui) helpCommands(node *kong.Node) {
	for _, g := range groups {
		var rows [][2]string
		for _, c := range node.Children {
			if !c.Hidden && (c.Group != nil && c.Group.Key == g.key || node.Parent != nil && g.key == "read") {
				rows = append(rows, [2]string{"  " + c.Name, u.lang.T(c.Help)})
			}
		}
		title := g.title
		if node.Parent != nil {
			title = "Commands:"
		}
		u.helpRows(u.lang.T(title), rows)
	}
}

func (u *ui) helpFlags(title string, flags []*kong.Flag, env bool) {
	var rows [][2]string
	for _, f := range flags {
		if f.Hidden {
			continue
		}
		left := "      --" + f.Name
		if f.Short != 0 {
			left = fmt.Sprintf("  -%c, --%s", f.Short, f.Name)
		}
		if !f.IsBool() {
			left += "=" + strings.Trim(f.FormatPlaceHolder(), `"`)
		}
		text := u.lang.T(f.Help)
		if f.HasDefault && f.Default != "" && f.PlaceHolder != "" {
			text += " [" + f.Default + "]"
		}
		if env && f.Name != "help" {
			text += " (" + app.EnvName(f.Name) + ")"
		}
		rows = append(rows, [2]string{left, text})
	}
	u.helpRows(title, rows)
}

// helpRows prints two columns, the right one wrapped to the terminal.
func (u *ui) helpRows(title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(u.out, "\n%s\n", title)
	left := 0
	for _, r := range rows {
		left = max(left, cells(r[0]))
	}
	width := max(30, max(u.columns, 100)-left-2)
	if u.columns > 0 {
		width = max(30, u.columns-left-2)
	}
	for _, r := range rows {
		for i, line := range wrap(r[1], width) {
			if i > 0 {
				r[0] = ""
			}
			fmt.Fprintf(u.out, "%s%s  %s\n", r[0], strings.Repeat(" ", left-cells(r[0])), line)
		}
	}
}

// closers do not begin a line.
const closers = "，。；：、）》”！？,.;:)"

// openers do not end a line.
const openers = "（《“('"

// wrap breaks s into lines of at most n columns: at spaces and beside Chinese
// characters, within a word only if it is wider than a line.
func wrap(s string, n int) (lines []string) {
	for cells(s) > n {
		end := breakOf(s, n)
		lines = append(lines, strings.TrimSpace(s[:end]))
		s = strings.TrimSpace(s[end:])
	}
	return append(lines, s)
}

// breakOf returns where the first line of s ends; n is at least two.
func breakOf(s string, n int) (end int) {
	used, before := 0, ' '
	for i, r := range s {
		loose := r == ' ' || before == ' ' || runeCells(r) == 2 || runeCells(before) == 2
		if i > 0 && loose && !strings.ContainsRune(closers, r) && !strings.ContainsRune(openers, before) {
			end = i
		}
		if used += runeCells(r); used > n {
			if end == 0 {
				end = i
			}
			return end
		}
		before = r
	}
	return len(s)
}

const appHelp = `jixiao reads Chinese performance self-evaluation reports (绩效自评报告) in bulk: unit, year,
headcount, money, scores, problems and measures, each with the words it was read
from, and makes them searchable.

Start here:
  jixiao import FOLDER        read all reports of a folder
  jixiao list                 see what was read
  jixiao search 预算编制       find words in reports, problems and measures`
