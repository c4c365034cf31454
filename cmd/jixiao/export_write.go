package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"regexp"
	"strings"

	"jixiao/schemas/catalog"
)

// csvRows writes rows under one head, each cell in the column of its key.
type csvRows struct {
	out    *csv.Writer
	head   []string
	column map[string]int
	labels bool
	begun  bool
	w      io.Writer
}

func newCSV(w io.Writer, head []string, labels bool) *csvRows {
	c := &csvRows{out: csv.NewWriter(w), w: w, head: head, column: map[string]int{}, labels: labels}
	c.out.UseCRLF = true
	for i, key := range head {
		c.column[key] = i
	}
	return c
}

// begin writes what stands before the first row. The mark of byte order tells
// spreadsheets that the file is UTF-8.
func (c *csvRows) begin() error {
	if c.begun {
		return nil
	}
	c.begun = true
	if _, err := io.WriteString(c.w, "\ufeff"); err != nil {
		return err
	}
	head := make([]string, len(c.head))
	for i, key := range c.head {
		head[i] = key
		if f, ok := catalog.Lookup(key); ok && c.labels {
			head[i] = f.Label
		} else if l, ok := columnLabels[key]; ok && c.labels {
			head[i] = l
		}
	}
	return c.out.Write(head)
}

var columnLabels = map[string]string{
	"id": "编号", "names": "文件名", "state": "状态", "revision": "修订", "title": "标题", "findings": "疑点", "error": "失败原因",
	"key": "字段", "label": "字段名", "item": "条目", "value": "值", "value_unit": "计量", "raw": "原文数值", "confidence": "置信度",
	"review": "需复核", "approx": "约数", "page": "页", "start": "起始", "end": "结束", "quote": "原文",
	"quote_unit": "计量原文", "quote_row": "行名原文", "quote_column": "列名原文", "evidence": "全部出处",
}

func (c *csvRows) write(row []cell) error {
	if err := c.begin(); err != nil {
		return err
	}
	out := make([]string, len(c.head))
	for _, x := range row {
		out[c.column[x.key]] = harmless(x)
	}
	return c.out.Write(out)
}

func (c *csvRows) flush() error {
	if err := c.begin(); err != nil {
		return err
	}
	c.out.Flush()
	return c.out.Error()
}

var plainFigure = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// harmless returns the text of x so that no spreadsheet takes it for a formula
// and no terminal for a command.
func harmless(x cell) string {
	s := safeText(strings.ReplaceAll(x.text, "\r\n", "\n"))
	if x.figure && plainFigure.MatchString(s) {
		return s
	}
	// Some programs look past white space, or take full-width signs for plain ones.
	first := strings.TrimLeft(s, " \t\n\u00a0\u3000")
	if first != "" && strings.ContainsAny(first[:1], "=+-@") || strings.HasPrefix(s, "\t") ||
		strings.HasPrefix(first, "＝") || strings.HasPrefix(first, "＋") || strings.HasPrefix(first, "－") || strings.HasPrefix(first, "＠") {
		return "'" + s
	}
	return s
}

// jsonRows writes one object a row; what is not stated has no member.
type jsonRows struct{ w io.Writer }

func (j *jsonRows) write(row []cell) error {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, x := range row {
		if x.value == nil {
			continue
		}
		v, err := marshal(x.value)
		if err != nil {
			return err
		}
		key, err := marshal(x.key)
		if err != nil {
			return err
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(v)
	}
	b.WriteString("}\n")
	_, err := j.w.Write(b.Bytes())
	return err
}

func (j *jsonRows) flush() error { return nil }
