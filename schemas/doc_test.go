package schemas

import (
	"strings"
	"testing"
)

func TestDocID(t *testing.T) {
	id := IDOf([]byte("abc"))
	if want := DocID("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); id != want || !id.Valid() {
		t.Errorf("IDOf = %s, valid %v", id, id.Valid())
	}
	for name, bad := range map[string]string{
		"empty": "", "short": string(id[1:]), "long": string(id) + "0", "upper": strings.ToUpper(string(id)),
		"path": "../" + string(id[3:]), "letter": "g" + string(id[1:]), "nul": "\x00" + string(id[1:]),
	} {
		if DocID(bad).Valid() {
			t.Errorf("%s: %q is called valid", name, bad)
		}
	}
}
