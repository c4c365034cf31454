package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// starts returns what a process says that ends by itself, nil if it works.
func starts(t *testing.T, o Options, stages ...string) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err := Serve(ctx, o, "worker", stages, func(*Node) { cancel() })
	if fault.KindOf(err) == fault.Canceled {
		return nil
	}
	return err
}

func ended(n *Node, err error) error {
	if err != nil {
		return err
	}
	return n.Close()
}

// All who share servers have one index: who says another one, or forgets to say
// which, is refused and leaves nothing behind.
func TestServersHaveOneIndex(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	o := clustered(t, url)
	o.Elastic, o.ElasticAlias = "http://127.0.0.1:1", "reports"
	if err := starts(t, o, event.StageIndex); err != nil { // it waits for the cluster
		t.Fatal(err)
	}
	other, forgot := o, clustered(t, url)
	other.ElasticAlias = ""
	for name, try := range map[string]func(Options) error{
		"worker":  func(o Options) error { return starts(t, o, event.StageIndex) },
		"serve":   func(o Options) error { return starts(t, o) },
		"import":  func(o Options) error { return ended(Importer(t.Context(), o)) },
		"reindex": func(o Options) error { return ended(Rebuilder(t.Context(), o)) },
	} {
		for which, o := range map[string]Options{"another": other, "forgotten": forgot} {
			t.Run(name+"_"+which, func(t *testing.T) {
				err := try(o)
				if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), `under "reports" in Elasticsearch`) {
					t.Errorf("%v", err)
				}
				if !strings.Contains(fault.HintOf(err), "--elastic URL --elastic-alias reports") {
					t.Errorf("hint: %s", fault.HintOf(err))
				}
			})
		}
	}
	if _, err := os.Stat(forgot.Data); !os.IsNotExist(err) {
		t.Errorf("who was refused has made a data folder: %v", err)
	}
	t.Run("search", func(t *testing.T) {
		err := Ask(t.Context(), forgot, "search", func(s Service) error { _, err := s.Search(t.Context(), search.Query{}); return err })
		if !strings.Contains(err.Error(), "reports") || !strings.Contains(fault.HintOf(err), "--elastic-alias reports") {
			t.Errorf("%v (%s)", err, fault.HintOf(err))
		}
	})
	t.Run("readers_have_none", func(t *testing.T) {
		if err := starts(t, forgot, event.StageExtract); err != nil {
			t.Error(err)
		}
	})
	t.Run("the_same", func(t *testing.T) {
		if err := starts(t, o, event.StageIndex); err != nil {
			t.Error(err)
		}
	})
}

// A second folder would get a part of the documents.
func TestServersHaveOneIndexFolder(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	o := clustered(t, url)
	w := serving(t, o)
	boss, err := Importer(t.Context(), clustered(t, url))
	if err != nil {
		t.Fatal(err)
	}
	defer boss.Close()
	if r := importInto(t, boss, reports(t, 3)); r.New != 3 {
		t.Errorf("%+v", r)
	}
	second, inElastic := clustered(t, url), clustered(t, url)
	inElastic.Elastic = "http://127.0.0.1:1"
	for name, o := range map[string]Options{"folder": second, "elastic": inElastic} {
		err := starts(t, o, event.StageIndex)
		if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), w.node.opts.Data) || !strings.Contains(fault.HintOf(err), "--data") {
			t.Errorf("%s: %v (%s)", name, err, fault.HintOf(err))
		}
	}
	err = Ask(t.Context(), second, "search", func(s Service) error { _, err := s.Search(t.Context(), search.Query{}); return err })
	if err == nil || !strings.Contains(err.Error(), o.Data) {
		t.Errorf("search elsewhere: %v", err)
	}
	if err := w.stop(); fault.KindOf(err) != fault.Canceled && err != nil {
		t.Error(err)
	}
	moved := o
	moved.Data = filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(o.Data, moved.Data); err != nil {
		t.Fatal(err)
	}
	if err := starts(t, moved, event.StageIndex); err != nil {
		t.Errorf("moved: %v", err)
	}
	if err := os.RemoveAll(moved.Data); err != nil {
		t.Fatal(err)
	}
	if err := starts(t, moved, event.StageIndex); err != nil {
		t.Errorf("lost: %v", err)
	}
}

// Who moves the index fills the new one first; workers of the old one end, and
// nothing is missing.
func TestIndexMovesToAnotherFolder(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	o := clustered(t, url)
	done := make(chan error, 1)
	ready := make(chan bool, 1)
	go func() { done <- Serve(t.Context(), o, "worker", nil, func(*Node) { ready <- true }) }()
	<-ready
	boss, err := Importer(t.Context(), clustered(t, url))
	if err != nil {
		t.Fatal(err)
	}
	defer boss.Close()
	importInto(t, boss, reports(t, 5))
	there := clustered(t, url)
	n, err := Mover(t.Context(), there)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := n.Reindex(t.Context(), nil); err != nil || r.Documents != 5 {
		t.Errorf("%+v, %v", r, err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		if !strings.Contains(err.Error(), there.Data) || !strings.Contains(fault.HintOf(err), there.Data) {
			t.Errorf("the old worker: %v (%s)", err, fault.HintOf(err))
		}
	case <-time.After(20 * time.Second):
		t.Fatal("a worker of the old index goes on")
	}
	if err := starts(t, o, event.StageIndex); fault.KindOf(err) != fault.Usage {
		t.Errorf("back in the old folder: %v", err)
	}
	wantIndexed(t, serving(t, there).node, 5)
}

// Without a store on the servers the documents lie in one folder: another would
// have none of them, and give all up.
func TestServersHaveOneFolder(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	o := clustered(t, url)
	o.Store, o.Elastic = StoreLocal, "http://127.0.0.1:1"
	if err := starts(t, o); err != nil {
		t.Fatal(err)
	}
	other := o
	other.Data = filepath.Join(t.TempDir(), "other")
	err := starts(t, other)
	if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), o.Data) || !strings.Contains(fault.HintOf(err), "--data") {
		t.Errorf("%v (%s)", err, fault.HintOf(err))
	}
	if _, err := os.Stat(other.Data); !os.IsNotExist(err) {
		t.Errorf("who was refused has made a data folder: %v", err)
	}
	if err := starts(t, o); err != nil {
		t.Errorf("again: %v", err)
	}
}
