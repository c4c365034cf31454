package index

// An Expr is a condition on an entry: And, Or, Not, Phrase or Cond.
type Expr interface{ isExpr() }

// And holds when all its parts hold; an empty one always.
type And []Expr

// Or holds when one of its parts holds; an empty one never.
type Or []Expr

// Not holds when X does not.
type Not struct{ X Expr }

// A Phrase holds when Units, of which there is at least one, stand one after
// another in one text of those under a key of Entry.Texts. Lookup turns it into
// terms.
type Phrase struct {
	Text  string
	Units []string
}

// A Cond holds when the entry has, for Key, one of Terms or a number in one of
// Ranges.
type Cond struct {
	Key    string
	Terms  []Term
	Ranges []Range
}

// A Term is compared with a whole folded value, its beginning, or any part of
// it.
type Term struct {
	Text string
	How  Comparison
}

// A Comparison says how a Term is compared.
type Comparison int

// The comparisons.
const (
	Equal Comparison = iota
	Prefix
	Contains
)

// A Range holds the numbers from Min to Max, both included.
type Range struct{ Min, Max int64 }

func (And) isExpr()    {}
func (Or) isExpr()     {}
func (Not) isExpr()    {}
func (Phrase) isExpr() {}
func (Cond) isExpr()   {}

// phrases calls visit for every phrase of e.
func phrases(e Expr, visit func(Phrase)) { walk(e, false, visit) }

// Positive calls visit for every phrase that speaks for a hit: those not under
// a Not.
func Positive(e Expr, visit func(Phrase)) { walk(e, true, visit) }

func walk(e Expr, onlyPositive bool, visit func(Phrase)) {
	switch e := e.(type) {
	case And:
		for _, x := range e {
			walk(x, onlyPositive, visit)
		}
	case Or:
		for _, x := range e {
			walk(x, onlyPositive, visit)
		}
	case Not:
		if !onlyPositive {
			walk(e.X, false, visit)
		}
	case Phrase:
		visit(e)
	case Cond, nil:
	}
}
