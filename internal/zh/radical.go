package zh

// radical returns the ideograph that a Kangxi or CJK radical shows. Some PDF
// producers write radicals for ideographs of the same shape.
func radical(r rune) (rune, bool) { return 0, false }
