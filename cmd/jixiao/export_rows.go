package main

import (
	"fmt"
	"iter"
	"strings"

	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// wideHead is the columns of one row a report: what belongs to the document,
// then every key of the catalogue.
func wideHead() []string {
	head := []string{"id", "names", "state", "revision", "title"}
	for _, f := range catalog.All() {
		head = append(head, f.Key)
	}
	return append(head, "findings", "error")
}

// wideRows yields the one row of d.
func wideRows(d search.Detail) iter.Seq[[]cell] {
	return func(yield func([]cell) bool) {
		row := []cell{str("id", string(d.ID)), list("names", names(d)), str("state", d.State), whole("revision", int64(d.Revision))}
		values := map[string][]record.Field{}
		title, findings := "", []string{}
		if d.Record != nil {
			title = d.Record.Title
			for _, f := range d.Record.Fields {
				values[f.Key] = append(values[f.Key], f)
			}
			for _, f := range d.Record.Findings {
				findings = append(findings, f.Code)
			}
		}
		row = append(row, str("title", title))
		for _, f := range catalog.All() {
			row = append(row, wideCell(f, values[f.Key]))
		}
		row = append(row, list("findings", findings))
		if d.Error != nil {
			row = append(row, str("error", d.Error.Kind+": "+d.Error.Message))
		}
		yield(row)
	}
}

// wideCell holds all values of one key: one figure or text, or the items one a
// line.
func wideCell(f catalog.Field, values []record.Field) cell {
	switch {
	case len(values) == 0:
		return cell{key: f.Key}
	case f.Kind != catalog.Items && f.Kind != catalog.Objects:
		return cell{key: f.Key, text: values[0].Value.String(), value: values[0].Value, figure: isFigure(f.Kind)}
	}
	var lines []string
	var all []record.Value
	for _, v := range values {
		lines = append(lines, valueLine(v))
		all = append(all, v.Value)
	}
	return cell{key: f.Key, text: strings.Join(lines, "\n"), value: all}
}

// longHead is the columns of one row a value.
func longHead() []string {
	return []string{
		"id", "names", "unit", "year", "scope", "project_name", "key", "label", "item", "value", "value_unit", "raw",
		"confidence", "review", "approx", "page", "start", "end", "quote", "quote_unit", "quote_row", "quote_column", "evidence",
	}
}

// longRows yields a row for every value of d; a member of an object is a value
// of its own, as projects.budget.
func longRows(d search.Detail) iter.Seq[[]cell] {
	return func(yield func([]cell) bool) {
		if d.Record == nil {
			return
		}
		who := longWho(d)
		for _, f := range d.Record.Fields {
			field, _ := catalog.Lookup(f.Key)
			members, ok := f.Value.AsObject()
			if !ok {
				if !yield(longRow(who, f, field.Key, field.Label, f.Value.String(), field.Kind, evidenceOf(f, record.RoleValue))) {
					return
				}
				continue
			}
			for _, m := range field.Members {
				text, stated := members[m.Name]
				if stated && !yield(longRow(who, f, f.Key+"."+m.Name, field.Label+"·"+m.Label, text, m.Kind, evidenceOf(f, m.Name))) {
					return
				}
			}
		}
	}
}

// longWho is the cells that say which report a value is from.
func longWho(d search.Detail) []cell {
	e := map[string]record.Value{}
	for _, f := range d.Record.Fields {
		if _, ok := e[f.Key]; !ok {
			e[f.Key] = f.Value
		}
	}
	row := []cell{str("id", string(d.ID)), list("names", names(d)), str("unit", e["unit"].String())}
	if y, ok := e["year"].AsNumber(); ok {
		row = append(row, whole("year", y))
	}
	return append(row, str("scope", e["scope"].String()), str("project_name", e["project_name"].String()))
}

func longRow(who []cell, f record.Field, key, label, text string, kind catalog.Kind, ev record.Evidence) []cell {
	value := cell{key: "value", text: text, value: text, figure: isFigure(kind)}
	if n, ok := f.Value.AsNumber(); ok {
		value.value = n
	}
	row := append(append([]cell(nil), who...), str("key", key), str("label", label), str("item", f.Item), value,
		str("value_unit", unitOf(f, kind)), str("raw", f.Raw),
		cell{key: "confidence", text: fmt.Sprintf("%.3g", f.Confidence), value: f.Confidence, figure: true}, flag("review", f.Review), flag("approx", f.Approx))
	if ev.Page > 0 {
		row = append(row, whole("page", int64(ev.Page)))
	}
	row = append(row, whole("start", int64(ev.Start)), whole("end", int64(ev.End)), str("quote", ev.Quote),
		str("quote_unit", quoteOf(f, record.RoleUnitHeader)), str("quote_row", quoteOf(f, record.RoleRow)), str("quote_column", quoteOf(f, record.RoleColumn)))
	return append(row, allEvidence(f))
}

// quoteOf returns the words of f's evidence in role: a figure of a table is what
// its cell says in the unit of the head, for its row and column.
func quoteOf(f record.Field, role string) string {
	for _, e := range f.Evidence {
		if e.Role == role {
			return e.Quote
		}
	}
	return ""
}

// allEvidence holds the evidence as a record has it: roles, places and boxes.
func allEvidence(f record.Field) cell {
	if len(f.Evidence) == 0 {
		return cell{key: "evidence"}
	}
	b, err := marshal(f.Evidence)
	if err != nil { // numbers and texts always have a form
		return cell{key: "evidence"}
	}
	return cell{key: "evidence", text: string(b), value: f.Evidence}
}

// evidenceOf returns the evidence of f in role, or its first.
func evidenceOf(f record.Field, role string) record.Evidence {
	for _, e := range f.Evidence {
		if e.Role == role {
			return e
		}
	}
	if len(f.Evidence) == 0 {
		return record.Evidence{}
	}
	return f.Evidence[0]
}

// unitOf is the unit of a value of f; an object's members go by their kind.
func unitOf(f record.Field, kind catalog.Kind) string {
	switch {
	case f.Unit != "":
		return f.Unit
	case kind == catalog.Money:
		return catalog.Yuan
	case kind == catalog.Percent:
		return catalog.Rate
	case kind == catalog.Points:
		return catalog.Score
	}
	return ""
}

func isFigure(k catalog.Kind) bool {
	switch k {
	case catalog.Year, catalog.Count, catalog.Money, catalog.Percent, catalog.Points:
		return true
	}
	return false
}

func names(d search.Detail) []string {
	all := []string{}
	for _, s := range d.Submissions {
		all = append(all, s.Name)
	}
	return all
}

func str(key, s string) cell {
	if s == "" {
		return cell{key: key}
	}
	return cell{key: key, text: s, value: s}
}

func whole(key string, n int64) cell {
	return cell{key: key, text: fmt.Sprint(n), value: n, figure: true}
}

func flag(key string, b bool) cell {
	if !b {
		return cell{key: key, value: false}
	}
	return cell{key: key, text: "1", value: true, figure: true}
}

func list(key string, items []string) cell {
	return cell{key: key, text: strings.Join(items, "\n"), value: items}
}
