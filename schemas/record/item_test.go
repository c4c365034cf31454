package record

import "testing"

func TestItemID(t *testing.T) {
	base := ItemID("problems", "预算执行率偏低，进度慢。")
	tests := map[string]struct {
		key, text string
		same      bool
	}{
		"again":       {"problems", "预算执行率偏低，进度慢。", true},
		"wrapped":     {"problems", "预算执行率偏\n低, 进度慢", true},
		"other_key":   {"measures", "预算执行率偏低，进度慢。", false},
		"other_words": {"problems", "预算执行率偏高，进度慢。", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := ItemID(tt.key, tt.text); (got == base) != tt.same || len(got) != 16 {
				t.Errorf("ItemID(%q, %q) = %s, base %s", tt.key, tt.text, got, base)
			}
		})
	}
}
