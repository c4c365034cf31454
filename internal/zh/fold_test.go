package zh

import "testing"

func TestFold(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"full_width":      {"（２０２３）年１，２３４．５万元", "(2023)年1,234.5万元"},
		"spaces_in_han":   {"预 算　编\n码：12 34", "预算编码:12 34"},
		"quotes_dropped":  {"“三公”经费", "三公经费"},
		"brackets":        {"湛财绩〔2021〕5号", "湛财绩[2021]5号"},
		"invisible":       {"\ufeff单\u200b位", "单位"},
		"space_at_number": {"2020 年 88 人", "2020年88人"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := Fold(tt.src, 100)
			if f.Text != tt.want {
				t.Fatalf("Fold(%q) = %q, want %q", tt.src, f.Text, tt.want)
			}
			if s := f.Origin(0, len(f.Text)); s.Start < 100 || s.End > 100+len(tt.src) {
				t.Errorf("Origin of all = %v, outside of the source", s)
			}
			for i, r := range f.Text {
				s := f.Origin(i, i+len(string(r)))
				if got := FoldString(tt.src[s.Start-100 : s.End-100]); r != ' ' && got != string(r) {
					t.Errorf("character %q at %d comes from %q", r, i, got)
				}
			}
		})
	}
}
