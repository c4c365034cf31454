package app

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/internal/sample"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// testNode returns a started Node on a folder of its own, and its options.
func testNode(t *testing.T, data string) (*Node, Options) {
	t.Helper()
	o := DefaultOptions()
	o.Data, o.Workers, o.Drain = data, 2, 5*time.Second
	return owned(t, o), o
}

// owned returns a Node of o that is closed with the test.
func owned(t *testing.T, o Options) *Node {
	t.Helper()
	n, err := Own(t.Context(), o, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// reports writes n invented reports and returns their folder.
func reports(t *testing.T, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in")
	if err := sample.Write(dir, n, 3); err != nil {
		t.Fatal(err)
	}
	return dir
}

func importInto(t *testing.T, n *Node, paths ...string) Report {
	t.Helper()
	r, err := n.Import(t.Context(), Walk(t.Context(), n.opts.Data, paths...), ImportOptions{Batch: "b"})
	if err != nil {
		t.Fatal(err)
	}
	if r.Seen != r.New+r.Known+r.Failed+r.Skipped+r.Pending {
		t.Errorf("the report does not add up: %+v", r)
	}
	return r
}

func collectAll[T any](t *testing.T, seq iter.Seq2[T, error]) (all []T) {
	t.Helper()
	for x, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	return all
}

func TestNothingLeaksAndStopIsRepeatable(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	in := reports(t, 3)
	o := DefaultOptions()
	o.Data = t.TempDir()
	for range 2 {
		n, err := Own(t.Context(), o, "test")
		if err != nil {
			t.Fatal(err)
		}
		if r := importInto(t, n, in); r.Seen != 3 || r.Failed != 0 {
			t.Errorf("%+v", r)
		}
		if _, err := n.Search(t.Context(), search.Query{Text: "绩效", Limit: 1}); err != nil {
			t.Error(err)
		}
		for range 2 {
			if err := n.Stop(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if _, err := n.Status(t.Context()); fault.KindOf(err) == fault.None {
			t.Error("a stopped node answers")
		}
	}
	left, err := os.ReadDir(o.Data)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		if e.Name() == ownerFile || e.Name() == socketName {
			t.Errorf("%s is left behind", e.Name())
		}
	}
}

// A second process gets the same answers from the first one.
func TestClientAnswersAsTheNode(t *testing.T) {
	for name, data := range map[string]string{
		"short_path": filepath.Join(t.TempDir(), "d"),
		"long_path":  filepath.Join(t.TempDir(), strings.Repeat("长", 30), strings.Repeat("b", 60)),
	} {
		t.Run(name, func(t *testing.T) { compareClient(t, data) })
	}
}

func compareClient(t *testing.T, data string) {
	n, o := testNode(t, data)
	in := reports(t, 4)
	empty := filepath.Join(in, "empty.txt")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := importInto(t, n, in); r.New != 4 || r.Failed != 1 {
		t.Fatalf("%+v", r)
	}
	s, err := Open(t.Context(), o, "second")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, ok := s.(*Client); !ok {
		t.Fatalf("the folder has two owners: %T", s)
	}
	ctx := t.Context()
	same := func(what string, a, b any) {
		t.Helper()
		opts := cmp.Options{cmpopts.EquateEmpty(), cmp.Comparer(func(a, b record.Value) bool { return a.Equal(b) }), cmpopts.EquateApproxTime(0)}
		if d := cmp.Diff(a, b, opts); d != "" {
			t.Errorf("%s (-node +client):\n%s", what, d)
		}
	}
	q := search.Query{Text: "绩效", Facets: []string{"year"}, Limit: 10}
	same("search", must(n.Search(ctx, q))(t), must(s.Search(ctx, q))(t))
	entries := collectAll(t, n.List(ctx, search.Listing{}))
	if len(entries) != 5 {
		t.Fatalf("%d entries", len(entries))
	}
	same("list", entries, collectAll(t, s.List(ctx, search.Listing{})))
	same("details", collectAll(t, n.Details(ctx, search.Listing{})), collectAll(t, s.Details(ctx, search.Listing{})))
	same("status", must(n.Status(ctx))(t), must(s.Status(ctx))(t))
	same("failed", collectAll(t, n.Failed(ctx)), collectAll(t, s.Failed(ctx)))
	id := string(entries[0].ID)
	same("show", must(n.Show(ctx, id[:10]))(t), must(s.Show(ctx, id[:10]))(t))
	same("original", readAll(t, n, id), readAll(t, s, id))
	_, here := n.Show(ctx, "0000")
	_, there := s.Show(ctx, "0000")
	if fault.KindOf(there) != fault.NotFound || there.Error() != here.Error() || fault.HintOf(there) != fault.HintOf(here) {
		t.Errorf("node says %v, client %v", here, there)
	}
	if _, err := s.Original(ctx, "0000"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("original of nothing: %v", err)
	}
	same("remove", must(s.Remove(ctx, id))(t)[0], entries[0].ID)
	if left := collectAll(t, n.List(ctx, search.Listing{})); len(left) != 4 {
		t.Errorf("%d left", len(left))
	}
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func readAll(t *testing.T, s Service, id string) string {
	t.Helper()
	r := must(s.Original(t.Context(), id))(t)
	defer r.Close()
	return string(must(io.ReadAll(r))(t))
}

// An index of another form, or a lost one, is built again when it is needed.
func TestEmptyIndexIsFilled(t *testing.T) {
	data := filepath.Join(t.TempDir(), "d")
	n, o := testNode(t, data)
	importInto(t, n, reports(t, 3))
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(data, indexDir)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), o, "search")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if r, err := s.Search(t.Context(), search.Query{Limit: 1}); err != nil || r.Total != 3 {
		t.Errorf("%d of 3 found, %v", r.Total, err)
	}
}

func TestReindex(t *testing.T) {
	data := filepath.Join(t.TempDir(), "d")
	n, o := testNode(t, data)
	importInto(t, n, reports(t, 3))
	told := 0
	if r, err := n.Reindex(t.Context(), func(done, total int) { told = total }); err != nil || r.Documents != 3 || told != 3 {
		t.Fatalf("%+v, told %d, %v", r, told, err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	again := owned(t, o)
	st, err := again.Status(t.Context())
	if err != nil || st.Index.Documents != 3 || st.Index.Behind != 0 {
		t.Errorf("%+v, %v", st.Index, err)
	}
}

func TestOwnNamesTheOwner(t *testing.T) {
	_, o := testNode(t, filepath.Join(t.TempDir(), "d"))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := Own(ctx, o, "import")
	if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "jixiao test") || fault.HintOf(err) == "" {
		t.Errorf("got %v (%s)", err, fault.HintOf(err))
	}
}

func TestOpenOfNothing(t *testing.T) {
	o := DefaultOptions()
	o.Data = filepath.Join(t.TempDir(), "none")
	if _, err := Open(t.Context(), o, "list"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(o.Data); err == nil {
		t.Error("a question made a folder")
	}
}

func TestDuplicatesAndPages(t *testing.T) {
	n, _ := testNode(t, filepath.Join(t.TempDir(), "d"))
	importInto(t, n, reports(t, 5))
	all := collectAll(t, n.List(t.Context(), search.Listing{}))
	if d, err := n.Show(t.Context(), strings.ToUpper(string(all[0].ID[:20]))); err != nil || d.ID != all[0].ID {
		t.Errorf("an id in capitals: %v, %v", d.ID, err)
	}
	got := collectAll(t, n.List(t.Context(), search.Listing{Offset: 1, Limit: 2}))
	if !slices.EqualFunc(got, all[1:3], func(a, b search.Entry) bool { return a.ID == b.ID }) {
		t.Errorf("a page is %v of %v", got, all)
	}
	if got := collectAll(t, n.List(t.Context(), search.Listing{Offset: 9})); len(got) != 0 {
		t.Errorf("beyond the end: %v", got)
	}
	if got := collectAll(t, n.List(t.Context(), search.Listing{States: []string{"failed"}})); len(got) != 0 {
		t.Errorf("failed: %v", got)
	}
}

func TestGroupsOfDuplicates(t *testing.T) {
	entries := func(yield func(search.Entry, error) bool) {
		for _, e := range []search.Entry{
			{ID: "1", Unit: "甲 局", Year: 2021, Scope: "整体"}, {ID: "2", Unit: "乙局", Year: 2021, Scope: "整体"},
			{ID: "3", Unit: "甲局", Year: 2021, Scope: "整体"}, {ID: "4", Unit: "甲局", Year: 2020}, {ID: "5", Year: 2021}, {ID: "6", Year: 2021}, {ID: "7", Unit: "乙局", Year: 2021, Project: "x"},
		} {
			if !yield(e, nil) {
				return
			}
		}
	}
	got := map[string]int{}
	for _, e := range collectAll(t, groupSame(entries, search.Listing{})) {
		got[string(e.ID)] = e.Group
	}
	if d := cmp.Diff(map[string]int{"1": 1, "3": 1}, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// Projects are the same by name, or by title where the name is not known; a page
// never cuts a group.
func TestGroupsOfProjects(t *testing.T) {
	all := []search.Entry{
		{ID: "1", Unit: "甲局", Year: 2021, Scope: "项目", Title: "路灯项目自评"},
		{ID: "2", Unit: "甲局", Year: 2021, Scope: "项目", Title: "道路项目自评"},
		{ID: "3", Unit: "甲局", Year: 2021, Scope: "项目", Title: "路灯项目自评"},
		{ID: "4", Unit: "甲局", Year: 2021, Scope: "项目"},
		{ID: "5", Unit: "甲局", Year: 2021, Scope: "项目"},
		{ID: "6", Unit: "甲局", Year: 2021, Scope: "政策", Project: "补贴", Title: "一"},
		{ID: "7", Unit: "甲局", Year: 2021, Scope: "政策", Project: "补贴", Title: "二"},
		{ID: "8", Unit: "甲局", Year: 2021, Scope: "整体"},
		{ID: "9", Unit: "甲局", Year: 2021, Scope: "整体"},
	}
	entries := func(yield func(search.Entry, error) bool) {
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
	for _, c := range []struct {
		name string
		page search.Listing
		want string
	}{
		{"all", search.Listing{}, "1=1 3=1 6=2 7=2 8=3 9=3"},
		{"cut", search.Listing{Limit: 3}, "1=1 3=1 6=2 7=2"},
		{"next", search.Listing{Limit: 3, Offset: 3}, "8=3 9=3"},
		{"over", search.Listing{Offset: 6}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, e := range collectAll(t, groupSame(entries, c.page)) {
				got = append(got, fmt.Sprintf("%s=%d", e.ID, e.Group))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

// Many short commands at once: each owns the folder or is answered by one that
// does, even if that one is just leaving.
func TestManyAskersAtOnce(t *testing.T) {
	n, o := testNode(t, filepath.Join(t.TempDir(), "d"))
	importInto(t, n, reports(t, 3))
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	var g errgroup.Group
	for range 12 {
		g.Go(func() error {
			return Ask(t.Context(), o, "status", func(s Service) error {
				st, err := s.Status(t.Context())
				if err == nil && st.Total != 3 {
					err = fmt.Errorf("%d documents", st.Total)
				}
				return err
			})
		})
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
}
