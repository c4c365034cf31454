package zh

import "testing"

func TestFoldDropsReadings(t *testing.T) {
	tests := map[string]string{
		"績(jì)效":         "績效",
		"當年結（jié）余":      "當年結余",
		"網(wǎng)絡(luò)管": "網絡管",
		"机构(jigou)名":     "机构(jigou)名",
		"执行率(B/A)":       "执行率(B/A)",
		"乙(è":            "乙(è",
		"(jì)效":          "(jì)效",
	}
	for in, want := range tests {
		t.Run(in, func(t *testing.T) {
			if got := FoldString(in); got != want {
				t.Errorf("FoldString(%q) = %q, want %q", in, got, want)
			}
		})
	}
}
