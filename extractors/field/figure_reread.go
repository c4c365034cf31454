package field

import (
	"fmt"
	"strconv"
	"strings"

	"jixiao/internal/fault"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// Reread reads the value of f again, from nothing but the quotes of its
// evidence. It is the proof that the evidence is enough: for every field of a
// record it returns the field's own value.
func Reread(f record.Field) (record.Value, error) {
	entry, ok := catalog.Lookup(f.Key)
	if !ok {
		return record.Value{}, fault.New(fault.Invalid, "key %q is not in the catalogue", f.Key)
	}
	if entry.Kind == catalog.Objects {
		return rereadObject(entry, f)
	}
	return rereadValue(entry.Key, entry.Kind, quoted(f, record.RoleValue), quoted(f, record.RoleUnitHeader))
}

// quoted returns the quotes of f with the given role, one after the other.
func quoted(f record.Field, role string) string {
	var b strings.Builder
	for _, e := range f.Evidence {
		if e.Role == role {
			b.WriteString(e.Quote)
		}
	}
	return b.String()
}

// rereadValue reads one value of the given kind from its words and, for an
// amount, from those of its unit.
func rereadValue(key string, kind catalog.Kind, words, unit string) (record.Value, error) {
	folded := zh.Simplify(zh.FoldString(words)) // as the readers see the text
	var text string
	switch kind {
	case catalog.Count, catalog.Money, catalog.Percent, catalog.Points:
		return rereadFigure(kind, folded, unit)
	case catalog.Year:
		return rereadYear(folded)
	case catalog.Date:
		if d, ok := zh.FindDate(folded, 0); ok {
			text = d.String()
		} else if d, ok := zh.TornDate(folded); ok {
			text = d.String()
		}
	case catalog.Items:
		text = strings.Trim(squeeze(words), "。；;，, ")
	default:
		text = rereadKeyword(key, folded, words)
	}
	if text == "" {
		return record.Value{}, fault.New(fault.Invalid, "the quotes %q of %q hold no %s", words, key, kind)
	}
	return record.Text(text), nil
}

// rereadFigure reads the one figure in words.
func rereadFigure(kind catalog.Kind, words, unit string) (record.Value, error) {
	figs := zh.Figures(nil, strings.ReplaceAll(words, " ", ""))
	if len(figs) != 1 || figs[0].Bad {
		return record.Value{}, fault.New(fault.Invalid, "%q is not one figure", words)
	}
	f := &figs[0]
	switch kind {
	case catalog.Count:
		n, ok := f.Value().Whole()
		if !ok {
			return record.Value{}, fault.New(fault.Invalid, "%q is no whole number", words)
		}
		return record.Number(n), nil
	case catalog.Money:
		power := f.Power
		if f.Kind != zh.Money {
			var ok bool
			if power, ok = powerOf(zh.Simplify(zh.FoldString(unit))); !ok && !isZero(f.Number) {
				return record.Value{}, fault.New(fault.Invalid, "%q has no unit, nor has its header %q", words, unit)
			}
		}
		return record.Text(string(f.Number.Shift(power).AtLeast(2))), nil
	}
	return record.Text(string(f.Number)), nil
}

func powerOf(unit string) (int, bool) {
	for _, u := range units {
		if u.word == unit {
			return u.power, true
		}
	}
	return 0, false
}

func rereadYear(words string) (record.Value, error) {
	for i := range words {
		if year, n := zh.YearPrefix(words[i:]); n > 0 {
			return record.Number(int64(year)), nil
		}
		if year, n := zh.YearAt(words[i:]); n > 0 {
			return record.Number(int64(year)), nil
		}
	}
	return record.Value{}, fault.New(fault.Invalid, "%q holds no year", words)
}

// rereadKeyword brings words into the form in which the record holds key.
func rereadKeyword(key, folded, words string) string {
	switch key {
	case "grade":
		for _, w := range gradeWords {
			if w.word == folded {
				return w.value
			}
		}
		return ""
	case "scope":
		if _, v := scopeWord(folded); v != "" {
			return v
		}
		if zh.ContainsAny(folded, departmentPhrases) || bareTitle(folded) {
			return wholeScope
		}
		_, v := scopePhrase(folded)
		return v
	case "notice_number":
		if n := docNumbers(folded, 0); len(n) == 1 {
			return fmt.Sprintf("%s〔%d〕%s号", asWritten(words, n[0].agency), n[0].year, n[0].serial)
		}
		return ""
	case "period":
		return rereadPeriod(folded)
	}
	return squeeze(words)
}

// asWritten returns the beginning of words that folds to start.
func asWritten(words, start string) string {
	words = squeeze(words)
	for i := range words {
		if zh.Simplify(zh.FoldString(words[:i])) == start {
			return words[:i]
		}
	}
	return start
}

// rereadPeriod writes two years as 2022-2024.
func rereadPeriod(folded string) string {
	var years []string
	for i := 0; i < len(folded); i++ {
		if y, n := zh.YearPrefix(folded[i:]); n > 0 {
			years = append(years, strconv.Itoa(y))
			i += n - 1
		}
	}
	if len(years) != 2 {
		return ""
	}
	return years[0] + "-" + years[1]
}

// rereadObject reads every member from the quote with the member's name.
func rereadObject(entry catalog.Field, f record.Field) (record.Value, error) {
	members := map[string]string{}
	unit := quoted(f, record.RoleUnitHeader)
	for _, m := range entry.Members {
		words := quoted(f, m.Name)
		if words == "" {
			continue
		}
		v, err := rereadValue(m.Name, m.Kind, words, unit)
		if err != nil {
			return record.Value{}, fmt.Errorf("member %s: %w", m.Name, err)
		}
		members[m.Name], _ = v.AsText()
	}
	return record.Object(members), nil
}
