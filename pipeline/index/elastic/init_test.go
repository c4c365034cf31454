package elastic_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/elastic"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/schemas/search"
)

func TestInit(t *testing.T) {
	o := options(t)
	x, err := elastic.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Ready(t.Context()); fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.HintOf(err), "init") {
		t.Errorf("Ready before Init: %v of kind %q, hint %q", err, fault.KindOf(err), fault.HintOf(err))
	}
	wouldDo := changes(t, x, true)
	if status, _ := elastictest.Send(t, http.MethodGet, o.Addresses[0]+"/_index_template/"+o.Alias, ""); status != http.StatusNotFound {
		t.Error("a dry run made the template")
	}
	if did := changes(t, x, false); did != wouldDo || !strings.Contains(did, "create template "+o.Alias) || !strings.Contains(did, "create alias "+o.Alias+"-write") {
		t.Errorf("did\n%s\nsaid it would do\n%s", did, wouldDo)
	}
	if again := changes(t, x, false); again != "" {
		t.Errorf("did again:\n%s", again)
	}
	if err := x.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	o.Replicas = 2
	y := open(t, o)
	if again := changes(t, y, true); again != "" {
		t.Errorf("did again:\n%s", again)
	}
}

func changes(t *testing.T, x *elastic.Index, dryRun bool) string {
	t.Helper()
	cs, err := x.Init(t.Context(), dryRun)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range cs {
		lines = append(lines, c.String())
	}
	return strings.Join(lines, "\n")
}

// TestInitByMany lets several programs start at once on an empty cluster.
func TestInitByMany(t *testing.T) {
	o := options(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			x, err := elastic.Open(t.Context(), o)
			if err == nil {
				_, err = x.Init(t.Context(), false)
				x.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := &index.Service{Backend: open(t, o)}
	if err := s.Index(t.Context(), documents(0, 3)...); err != nil {
		t.Fatal(err)
	}
	wantAll(t, s, 3)
}

// TestInitMends puts back an alias that somebody took away.
func TestInitMends(t *testing.T) {
	o := options(t)
	x := open(t, o)
	if err := x.Put(t.Context(), index.Flatten(document(0))); err != nil {
		t.Fatal(err)
	}
	for _, alias := range []string{o.Alias, o.Alias + "-write"} {
		elastictest.Send(t, http.MethodDelete, fmt.Sprintf("%s/%s-v*/_alias/%s", o.Addresses[0], o.Alias, alias), "")
		if c := changes(t, x, false); !strings.HasPrefix(c, "create alias "+alias+":") {
			t.Errorf("changes %q", c)
		}
	}
	wantAll(t, &index.Service{Backend: x}, 1)
}

func TestForeignNames(t *testing.T) {
	for name, make := range map[string]func(url, alias string) (path, body string){
		"index": func(_, a string) (string, string) { return "/" + a, `{}` },
		"alias": func(_, a string) (string, string) { return "/" + a + "-other", `{"aliases":{"` + a + `":{}}}` },
		"index_of_form": func(_, a string) (string, string) {
			return fmt.Sprintf("/%s-v%d-000001", a, index.Version), `{"aliases":{"` + a + `":{}}}`
		},
		"template": func(_, a string) (string, string) {
			return "/_index_template/" + a, `{"index_patterns":["` + a + `-x*"]}`
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			path, body := make(o.Addresses[0], o.Alias)
			if status, answer := elastictest.Send(t, http.MethodPut, o.Addresses[0]+path, body); status != http.StatusOK {
				t.Fatal(answer)
			}
			if name != "template" {
				t.Cleanup(func() { elastictest.Send(t, http.MethodDelete, o.Addresses[0]+path, "") })
			}
			x, err := elastic.Open(t.Context(), o)
			if err == nil {
				_, err = x.Init(t.Context(), false)
				x.Close()
			}
			if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "did not make") || fault.HintOf(err) == "" {
				t.Errorf("%v of kind %q, hint %q", err, fault.KindOf(err), fault.HintOf(err))
			}
		})
	}
}

// TestOtherForm meets an index that another version of the program made.
func TestOtherForm(t *testing.T) {
	o := options(t)
	status, answer := elastictest.Send(t, http.MethodPut, o.Addresses[0]+"/"+o.Alias+"-v0-000001",
		`{"aliases":{"`+o.Alias+`":{},"`+o.Alias+`-write":{}},"mappings":{"_meta":{"jixiao":{"version":0,"form":"x"}}}}`)
	if status != http.StatusOK {
		t.Fatal(answer)
	}
	x := open(t, o)
	if c := changes(t, x, true); !strings.Contains(c, "rebuild index "+o.Alias+"-v0-000001") {
		t.Errorf("changes %q", c)
	}
	s := &index.Service{Backend: x}
	_, searching := s.Search(t.Context(), search.Query{})
	for what, err := range map[string]error{"Ready": x.Ready(t.Context()), "Search": searching, "Index": s.Index(t.Context(), document(0))} {
		if fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.HintOf(err), "reindex") {
			t.Errorf("%s: %v of kind %q, hint %q", what, err, fault.KindOf(err), fault.HintOf(err))
		}
	}
	next, err := x.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Index(t.Context(), document(0)); err != nil {
		t.Errorf("Index while a fitting index is built: %v", err)
	}
	if _, err := x.Switch(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	wantAll(t, s, 1)
}
