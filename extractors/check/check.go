// Package check looks for what a careful reader would ask about: parts that do
// not sum, a rate that contradicts its amounts, a score that contradicts its
// grade. A finding never changes a value; how sure a value is, is decided when
// the findings are known (Review).
//
// The checks see only what was read. What takes the reading itself to see, such
// as two years in conflict, the readers of package field find.
package check

import (
	"math/big"
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Version grows whenever the same fields may yield other findings or another
// confidence.
const Version = 3

// A report is what the checks look at.
type report struct {
	doc      *layout.Doc
	fields   []record.Field
	byKey    map[string]*record.Field // the first of each key
	numbers  map[string]*big.Rat      // of the keys that were asked for
	findings []record.Finding
}

// checks in the order in which their findings stand in a record.
var checks = []func(*report){
	(*report).sums, (*report).parts, (*report).rates, (*report).scores, (*report).staff, (*report).repeats,
}

// Findings returns what is odd about what was read of doc.
func Findings(doc *layout.Doc, fields []record.Field) []record.Finding {
	r := &report{doc: doc, fields: fields, byKey: make(map[string]*record.Field, len(fields)), numbers: map[string]*big.Rat{}}
	for i := range fields {
		if _, ok := r.byKey[fields[i].Key]; !ok {
			r.byKey[fields[i].Key] = &fields[i]
		}
	}
	for _, look := range checks {
		look(r)
	}
	return r.findings
}

// add notes a finding about keys, with the evidence of their values.
func (r *report) add(code string, s record.Severity, message string, keys ...string) {
	f := record.Finding{Code: code, Severity: s, Keys: keys, Message: message, Evidence: []record.Evidence{}}
	for _, k := range keys {
		if x := r.byKey[k]; x != nil && len(x.Evidence) > 0 {
			f.Evidence = append(f.Evidence, x.Evidence[0])
		}
	}
	r.findings = append(r.findings, f)
}

// number returns the value of key as a fraction that nobody changes, nil if it
// was not read.
func (r *report) number(key string) *big.Rat {
	f := r.byKey[key]
	if f == nil {
		return nil
	}
	n, ok := r.numbers[key]
	if !ok {
		n = fraction(f.Value)
		r.numbers[key] = n
	}
	return n
}

// fixed returns the value of key in parts of ten thousand, false if it is no such
// number or was not read. What is whole so is compared without a fraction.
func (r *report) fixed(key string) (int64, bool) {
	const places, shift, most = 4, 10_000, 1e14
	f := r.byKey[key]
	if f == nil {
		return 0, false
	}
	if n, ok := f.Value.AsNumber(); ok {
		return n * shift, n >= 0 && n < most
	}
	s, _ := f.Value.AsText()
	return zh.Decimal(s).Fixed(places)
}

// float returns the value of key rounded, 0 if it was not read.
func (r *report) float(key string) float64 {
	f := r.byKey[key]
	if f == nil {
		return 0
	}
	if n, ok := f.Value.AsNumber(); ok {
		return float64(n)
	}
	s, _ := f.Value.AsText()
	return zh.Decimal(s).Float()
}

// within reports whether for certain none of the parts that were read is larger
// than whole, nor their sum if they must not be larger together.
func (r *report) within(whole string, parts []string, together bool) bool {
	most, ok := r.fixed(whole)
	if !ok {
		return r.byKey[whole] == nil
	}
	sum := int64(0)
	for _, p := range parts {
		n, ok := r.fixed(p)
		if !ok && r.byKey[p] != nil || n > most {
			return false
		}
		if sum += n; together && sum > most {
			return false
		}
	}
	return true
}

func fraction(v record.Value) *big.Rat {
	if n, ok := v.AsNumber(); ok {
		return new(big.Rat).SetInt64(n)
	}
	s, _ := v.AsText()
	return zh.Decimal(s).Rat()
}

// overall reports whether the report is about a whole unit.
func (r *report) overall() bool {
	f := r.byKey["scope"]
	return f == nil || f.Value.String() == "整体"
}

// grain returns what the last digit of key's figure as written is worth:
// 100 yuan for 1,234.56万元. Sums agree only up to it.
func (r *report) grain(key string) *big.Rat {
	f := r.byKey[key]
	if f == nil {
		return new(big.Rat)
	}
	value := r.number(key)
	figs := zh.Figures(nil, strings.ReplaceAll(zh.FoldString(f.Raw), " ", ""))
	if len(figs) == 0 || value == nil {
		return new(big.Rat)
	}
	written := figs[0].Number.Rat()
	if written == nil || written.Sign() == 0 {
		return new(big.Rat)
	}
	_, decimals, _ := strings.Cut(string(figs[0].Number), ".")
	grain := new(big.Rat).Quo(value, written)
	ten := big.NewInt(10)
	return grain.Quo(grain, new(big.Rat).SetInt(ten.Exp(ten, big.NewInt(int64(len(decimals))), nil)))
}

// label returns the Chinese name of key.
func label(key string) string {
	f, _ := catalog.Lookup(key)
	return f.Label
}

// words returns the value of key as the report writes it.
func (r *report) words(key string) string {
	f := r.byKey[key]
	if f == nil {
		return ""
	}
	return label(key) + strings.Join(strings.Fields(f.Raw), "")
}
