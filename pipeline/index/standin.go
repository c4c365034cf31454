package index

// Stands in until internal/zh has both.

type token struct{ Start, End int32 }

func simplify(s string) string { return s }

func cutWords(dst []token, s string) []token {
	us, _ := units(s)
	for i := 0; i+1 < len(us); i++ {
		dst = append(dst, token{int32(us[i].start), int32(us[i+1].end)})
	}
	return dst
}
