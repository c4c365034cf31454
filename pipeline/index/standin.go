package index

import "strings"

var some = strings.NewReplacer("預", "预", "編", "编", "製", "制", "錄", "录", "龍", "龙", "區", "区", "績", "绩", "評", "评", "報", "报", "較", "较", "為", "为", "縣", "县", "執", "执")

// Simplify stands in until internal/zh has it.
func Simplify(s string) string { return some.Replace(s) }
