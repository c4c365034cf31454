package pdf

import (
	"fmt"
	"strings"
	"testing"
)

func TestFilledInFieldsAreRead(t *testing.T) {
	f := newFile()
	font := f.add("%s", songFont)
	look := f.stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 %d 0 R>>>>", font),
		"/Tx BMC "+show(2, 5, 10, "云溪县水务局")+" EMC")
	field := f.add("<</Type/Annot/Subtype/Widget/FT/Tx/T(unit)/F 4/Rect[160 695 360 715]/AP<</N %d 0 R>>>>", look)
	f.pages(fmt.Sprintf("/Annots[%d 0 R]", field), []string{show(60, 700, 10, "评价单位：")}, songFont)
	d, err := extract(t, f.bytes(), "")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.ReplaceAll(d.Text, "\t", ""); got != "评价单位： 云溪县水务局\n" && got != "评价单位：云溪县水务局\n" {
		t.Errorf("text %q", d.Text)
	}
}
