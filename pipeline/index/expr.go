package index

// An Expr is a condition on an entry: And, Or, Not, Phrase or Cond.
type Expr interface{ isExpr() }

// And holds when all its parts hold.
type And []Expr

// Or holds when one of its parts holds.
type Or []Expr

// Not holds when X does not.
type Not struct{ X Expr }

// A Phrase holds when Units stand one after another in one of the entry's
// texts.
type Phrase struct {
	Text  string // key of Entry.Texts
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
