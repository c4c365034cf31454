package zh

import (
	"os"
	"strings"
	"testing"
)

// TestPlacesOfEveryDivision reads the divisions off the name of a bureau in every
// county of today. The few that are missed look like something else.
func TestPlacesOfEveryDivision(t *testing.T) {
	b, err := os.ReadFile("division/divisions.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for line := range strings.Lines(string(b)) {
		if code, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			names[code] = name
		}
	}
	missed, n := 0, 0
	for code, name := range names {
		path := ""
		for _, outer := range []string{code[:2] + "0000", code[:4] + "00"} {
			if outer != code {
				path += names[outer]
			}
		}
		path += name
		if HasAnySuffix(name, []string{"开发区", "示范区", "园区", "管理区", "实验区", "食品区", "群岛", "委员会", "新城", "海域", "管委会"}) {
			continue // zones that the list has beside the divisions
		}
		n++
		places := Places(path + "农业农村局")
		if len(places) == 0 || places[len(places)-1].End != len(path) {
			missed++
			t.Logf("%s: %v", path, places)
		}
	}
	if missed*300 > n {
		t.Errorf("%d of %d divisions are not read, want at most one in 300", missed, n)
	}
}
