package plaintext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWithoutPreview(t *testing.T) {
	const notice = "《自评报告.docx》由会员分享，可在线阅读，更多相关《自评报告》请在文档网上搜索。\n"
	long := strings.Repeat("河道治理按期完成，", 14)
	tests := []struct{ name, text, want string }{
		{"torn-sentence", notice + "1、" + long + "预算收入\n2、7,560万元。\n", notice + long + "预算收入7,560万元。\n"},
		{"torn-figure", notice + "1、" + long + "完成94.8\n2、3%。\n", notice + long + "完成94.83%。\n"},
		{"number-alone", notice + "1、" + long + "满分\n2、\n合计100\n", notice + long + "满分\n合计100\n"},
		{"items-stay", notice + "1、" + long + "完成。\n2、细化预算。\n3、完善制度。\n", notice + long + "完成。\n2、细化预算。\n3、完善制度。\n"},
		{"no-preview", "1、" + long + "预算收入\n2、7,560万元。\n", "1、" + long + "预算收入\n2、7,560万元。\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, withoutPreview(tt.text)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
