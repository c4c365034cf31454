package zh_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"jixiao/internal/zh"
)

func TestFixed(t *testing.T) {
	tests := map[string]struct {
		d    zh.Decimal
		want int64
		ok   bool
	}{
		"whole":     {"12", 120_000, true},
		"decimals":  {"1234.56", 12_345_600, true},
		"zeros":     {"0.50000000", 5_000, true},
		"too_fine":  {"0.00001", 0, false},
		"too_large": {"123456789012345678", 0, false},
		"negative":  {"-1", 0, false},
		"none":      {"", 0, false},
		"words":     {"无", 0, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := tt.d.Fixed(4); got != tt.want || ok != tt.ok {
				t.Errorf("Fixed = %d, %v; want %d, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

// What Fixed returns is the exact fraction.
func TestFixedIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := zh.Decimal(rapid.StringMatching(`(0|[1-9][0-9]{0,20})(\.[0-9]{1,8})?`).Draw(t, "d"))
		if n, ok := d.Fixed(4); ok && d.Rat().Cmp(big.NewRat(n, 10_000)) != 0 {
			t.Errorf("Fixed of %s = %d", d, n)
		}
	})
}
