package zh

// Signs is a set of kinds of characters that stand in a folded text. Most rules
// look for words that most paragraphs do not have; the signs, which are noted
// while a text is folded, tell so without a look at the text.
type Signs uint16

// The kinds of characters that are noted.
const (
	DigitSign Signs = 1 << iota // 0 to 9
	YearSign                    // 年
	MonthSign                   // 月
	ColonSign
	BarSign
	StopSign // 。
	BracketSign
	MaskSign // what stands for figures that were taken out
	NoneSign // 无
	GapSign  // not a character: something was dropped between two

	// The rarest characters of the words that rules look for.
	evaluationSign
	effectSign
	problemSign
	measureSign
	stepSign
)

// signChars are the characters of each kind.
var signChars = map[Signs]string{
	DigitSign: "0123456789", YearSign: "年", MonthSign: "月", ColonSign: ":", BarSign: "|", StopSign: "。", BracketSign: "()[]",
	MaskSign: "Xx×*_▲〇", NoneSign: "无",
	evaluationSign: "评", effectSign: "绩", problemSign: "题足距困短", measureSign: "措议策改", stepSign: "打步",
}

// signsOf has the signs of the characters of which the traits have none.
var signsOf = func() (m RuneMap[Signs]) {
	for sign, chars := range signChars {
		for _, r := range chars {
			m.Set(r, sign)
		}
	}
	return m
}()

// Any reports whether a character of one of the kinds stands in f.
func (f *Folded) Any(kinds Signs) bool { return f.signs&kinds != 0 }

// Has reports whether one of words stands in f.
func (f *Folded) Has(words *Words) bool { return f.MayHave(words) && words.In(f.Text) }

// MayHave is Has by the signs alone: it says no only where it is sure.
func (f *Folded) MayHave(words *Words) bool { return words.signs == 0 || f.Any(words.signs) }

// signOf returns the first sign of word, 0 if it has none.
func signOf(word string) Signs {
	for _, r := range word {
		if s := signsOf.Get(r); s != 0 {
			return s
		}
	}
	return 0
}
