package division

import (
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	tests := map[string]string{
		"湖南省":          "430000",
		"湖南省 岳阳市":      "430600",
		"岳阳市 平江县":      "430626",
		"湖南省 平江县":      "430626",
		"平江县":          "430626",
		"鼓楼区":          "", // there are four
		"徐州市 鼓楼区":      "320302",
		"重庆市 渝中区":      "500103",
		"重庆市":          "500000",
		"黔南州 三都水族自治县":  "522732",
		"黔南州 三都县":      "522732",
		"黔南布依族苗族自治州":   "522700",
		"新疆维吾尔自治区 疏勒县": "653122",
		"湖北省 仙桃市":      "429004",
		"广东省 东莞市":      "441900",
		"锡林郭勒盟 正镶白旗":   "152529",
		"柏原县":          "",
		"岳阳市 柏原县":      "", // a county that the list does not know is not its city
		"长沙市 平江县":      "", // in another city
		"":             "",
	}
	for names, want := range tests {
		t.Run(strings.ReplaceAll(names, " ", "_"), func(t *testing.T) {
			if got := Code(strings.Fields(names)...); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// Every division is found by its full path, unless its name is ambiguous there.
func TestEveryDivisionIsFound(t *testing.T) {
	names := map[string]string{}
	n := 0
	for line := range strings.Lines(data) {
		if code, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			names[code] = name
		}
	}
	for code, name := range names {
		path := []string{name}
		for _, outer := range []string{code[:4] + "00", code[:2] + "0000"} {
			if s, ok := names[outer]; ok && outer != code {
				path = append([]string{s}, path...)
			}
		}
		if got := Code(path...); got != code {
			t.Errorf("%v: %q, want %q", path, got, code)
		}
		n++
	}
	if n < 3000 {
		t.Errorf("%d divisions, want 3000 at least", n)
	}
}

func TestShort(t *testing.T) {
	for name, want := range map[string]string{"三都水族自治县": "三都县", "鄂温克族自治旗": "鄂温克族自治旗", "西藏自治区": "西藏自治区", "岳阳市": "岳阳市", "新疆维吾尔自治区": "新疆区"} {
		if got := short(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
