package eval

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/schemas/catalog"
)

// unscored are the keys of the catalogue that the gold does not state.
var unscored = []string{"project_name", "supervisor", "period"}

// keys are the keys that are scored, in the catalogue's order.
var keys = func() []catalog.Field {
	return slices.DeleteFunc(catalog.All(), func(f catalog.Field) bool { return slices.Contains(unscored, f.Key) })
}()

// isList reports whether a key of kind k has items, not one value.
func isList(k catalog.Kind) bool { return k == catalog.Items || k == catalog.Objects }

// figures are the members of objects that are compared by value.
var figures = []string{"budget", "executed", "rate", "score", "weight"}

// equal reports whether a program's value answers the gold's for the one-valued
// key: figures by value, texts after folding; of regions one may leave out what
// stands before or behind.
func equal(key catalog.Field, gold, got any) bool {
	switch key.Kind {
	case catalog.Year, catalog.Count, catalog.Money, catalog.Percent, catalog.Points:
		a, ok := numberOf(gold)
		b, ok2 := numberOf(got)
		return ok && ok2 && a == b
	}
	a, b := foldText(gold), foldText(got)
	if a == b {
		return true
	}
	return key.Key == "region" && utf8.RuneCountInString(b) >= 2 && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

// itemSimilarity returns how well a program's item answers the gold's: at least
// enough if it does.
func itemSimilarity(key catalog.Field, gold, got any) float64 {
	if key.Kind == catalog.Items {
		switch got.(type) {
		case string, json.Number, bool:
			return similarity(gold, got)
		}
		return 0
	}
	g, _ := gold.(map[string]any)
	o, ok := got.(map[string]any)
	if !ok {
		return 0
	}
	name := nameOf(key.Key)
	s := similarity(member(g, name), member(o, name))
	if s < enough {
		return 0
	}
	for k, want := range g {
		if k != name && !memberEqual(k, want, o[k]) {
			return 0
		}
	}
	return s
}

// nameOf returns the member that names an object of key.
func nameOf(key string) string {
	if key == "projects" {
		return "name"
	}
	return "level3"
}

// member returns m[k], an empty text if there is none.
func member(m map[string]any, k string) any {
	if v, ok := m[k]; ok {
		return v
	}
	return ""
}

func memberEqual(name string, want, got any) bool {
	if got == nil || got == "" {
		return false
	}
	if slices.Contains(figures, name) {
		a, ok := numberOf(want)
		b, ok2 := numberOf(got)
		return ok && ok2 && a == b
	}
	return similarity(want, got) >= enough
}

// A pair is one item of the gold and one of the output, and how alike they are.
type pair struct {
	alike     float64
	gold, got int
}

// matchItems pairs items one to one, the most alike first, of equally alike
// ones the first. It returns the partner of every item of the output, or -1.
func matchItems(key catalog.Field, gold, got []any) (partner []int) {
	var pairs []pair
	for i, g := range gold {
		for j, v := range got {
			if s := itemSimilarity(key, g, v); s >= enough {
				pairs = append(pairs, pair{s, i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(-cmp.Compare(a.alike, b.alike), cmp.Compare(a.gold, b.gold), cmp.Compare(a.got, b.got))
	})
	partner = slices.Repeat([]int{-1}, len(got))
	taken := make([]bool, len(gold))
	for _, p := range pairs {
		if !taken[p.gold] && partner[p.got] < 0 {
			taken[p.gold], partner[p.got] = true, p.gold
		}
	}
	return partner
}
