package field_test

import (
	"testing"

	"jixiao/schemas/record"
)

// TestNoiseInFigures wants figures that scanning damaged read where they can be
// but one, and never as something else: "" is no value, "refused" a gap besides.
func TestNoiseInFigures(t *testing.T) {
	for _, c := range []struct{ name, text, key, want string }{
		{"full-width", "{U}全年支出１，２０５．６万元。", "expenditure.total", "12056000.00"},
		{"space-in-count", "{U}年末实有在职人员2 3人。", "headcount.actual.total", "23"},
		{"space-for-comma", "{U}全年支出1 205.6万元。", "expenditure.total", "12056000.00"},
		{"spaces-everywhere", "{U}全年支出 1, 205. 6 万 元。", "expenditure.total", "12056000.00"},
		{"space-behind-point", "{U}自评得分95. 5分。", "score", "95.5"},
		{"space-before-point", "{U}预算执行率98 .6%。", "execution_rate", "98.6"},
		{"spaces-in-words", "{U}年末在 职 人 员 23 人。", "headcount.actual.total", "23"},
		{"zero-as-a-circle", "{U}年末实有在职人员二〇人。", "headcount.actual.total", "20"},
		{"letter-in-count", "{U}年末实有在职人员2O人。", "headcount.actual.total", ""},
		{"letter-before-count", "{U}年末实有在职人员l2人。", "headcount.actual.total", ""},
		{"letter-in-money", "{U}全年支出12O5.6万元。", "expenditure.total", ""},
		{"letter-before-comma", "{U}全年支出l,205.6万元。", "expenditure.total", ""},
		{"letter-in-rate", "{U}预算执行率9S.6%。", "execution_rate", ""},
		{"two-points", "{U}全年支出1.205.6万元。", "expenditure.total", "refused"},
		{"comma-for-point", "{U}预算执行率98,6%。", "execution_rate", "refused"},
		{"comma-for-point-in-money", "{U}全年支出1,205，6万元。", "expenditure.total", "refused"},
		{"comma-in-the-wrong-place", "{U}全年支出12,05.6万元。", "expenditure.total", "refused"},
		{"stop-for-point", "{U}预算执行率98。6%。", "execution_rate", ""},
		{"stop-before-a-year", "{U}预算执行率98。2022年年末在职23人。", "execution_rate", "98"},
		{"broken-by-a-line", "{U}全年支出1,20\n5.6万元，其余结转下年。", "expenditure.total", "12056000.00"},
		{"broken-by-a-page", "{U}全年支出1,20\n— 3 —\n5.6万元，其余结转下年。", "expenditure.total", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readText(t, formTitles.Replace(c.text))
			got := ""
			for _, g := range r.Gaps {
				if g.Kind == record.Refused && g.Key == c.key {
					got = "refused"
				}
			}
			for _, f := range r.Fields {
				if f.Key == c.key {
					got = f.Value.String()
				}
			}
			if got != c.want {
				t.Errorf("%s is %q, want %q", c.key, got, c.want)
			}
		})
	}
}
