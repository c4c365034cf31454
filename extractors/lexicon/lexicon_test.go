package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestStandardLoads(t *testing.T) {
	if _, err := standard(); err != nil {
		t.Fatal(err)
	}
	if v := Version(); len(v) != 10 {
		t.Errorf("Version() = %q, want ten hex digits", v)
	}
}

func TestScan(t *testing.T) {
	l := Standard()
	got := []string{}
	text := "年初部门预算612万元，离退休9人"
	for _, h := range l.Scan(nil, text) {
		got = append(got, text[h.Start:h.End])
	}
	if d := cmp.Diff([]string{"年初部门预算", "离退休"}, got); d != "" {
		t.Errorf("words (-want +got):\n%s", d)
	}
}

func TestLoadRefuses(t *testing.T) {
	const good = "words: {a: [编制], b: [车辆编制]}\nlabels: [{id: x, key: headcount.authorized.total, kind: count, with: [a], weight: 1, match: [编制], no_match: [车辆编制]}]\n"
	if _, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(good)}}); err != nil {
		t.Fatalf("the good file: %v", err)
	}
	tests := map[string]struct{ old, new, want string }{
		"match_fails":     {"match: [编制]", "match: [人员]", "must take"},
		"no_match_fails":  {"no_match: [车辆编制]", "no_match: [编制]", "must not take"},
		"unknown_key":     {"headcount.authorized.total", "headcount.all", "key of the catalogue"},
		"unknown_feature": {"with: [a]", "with: [c]", "no word has the feature"},
		"unknown_field":   {"weight: 1", "wait: 1", "wait"},
		"no_examples":     {"match: [编制], ", "", "match"},
		"empty_word":      {"[车辆编制]}", "[' ']}", "empty word"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(good, tt.old, tt.new, 1)
			_, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(bad)}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
		})
	}
}

func BenchmarkScan(b *testing.B) {
	l := Standard()
	text := strings.Repeat("二〇二一年，本中心预决算信息按规定时限公开，年初部门预算612.40万元，固定资产建卡入账。", 100)
	b.SetBytes(int64(len(text)))
	var hits []Hit
	for b.Loop() {
		hits = l.Scan(hits[:0], text)
	}
}
