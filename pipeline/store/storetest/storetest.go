// Package storetest is the exam of every store.
package storetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Run examines the empty stores that open yields.
func Run(t *testing.T, open func(t *testing.T) pipeline.Store) {
	for _, exam := range []struct {
		name string
		run  func(t *testing.T, s pipeline.Store)
	}{
		{"originals", originals},
		{"broken_source", brokenSource},
		{"results", results},
		{"absent", absent},
		{"records_in_order", recordsInOrder},
		{"delete", deletes},
		{"concurrent", concurrent},
		{"canceled", canceled},
	} {
		t.Run(exam.name, func(t *testing.T) { exam.run(t, open(t)) })
	}
}

func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// originals of all sizes come back byte for byte, and the same bytes are the
// same document however often and in whatever pieces they come.
func originals(t *testing.T, s pipeline.Store) {
	for _, size := range []int{0, 1, 9 << 10, 128<<10 - 1, 128 << 10, 128<<10 + 1, 3 << 20} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			want := noise(size)
			for range 2 {
				id, n, err := s.PutOriginal(t.Context(), iotestOne{bytes.NewReader(want)})
				if err != nil || id != schemas.IDOf(want) || n != int64(size) {
					t.Fatalf("PutOriginal = %s, %d, %v; want %s, %d", id, n, err, schemas.IDOf(want), size)
				}
			}
			r, n, err := s.Original(t.Context(), schemas.IDOf(want))
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			got, err := io.ReadAll(r)
			if err != nil || n != int64(size) || !bytes.Equal(got, want) {
				t.Fatalf("Original: %d of %d bytes, size %d, same %v, err %v", len(got), size, n, bytes.Equal(got, want), err)
			}
			if _, err := r.Seek(int64(size/2), io.SeekStart); err != nil {
				t.Fatal(err)
			}
			if got, _ := io.ReadAll(r); !bytes.Equal(got, want[size/2:]) {
				t.Error("after Seek other bytes are read")
			}
		})
	}
}

// iotestOne returns fewer bytes a read than asked for.
type iotestOne struct{ r io.Reader }

func (o iotestOne) Read(p []byte) (int, error) { return o.r.Read(p[:min(len(p), 40_000)]) }

var errBroken = errors.New("the cable was pulled")

// brokenSource leaves nothing behind and is not taken for the store's fault.
func brokenSource(t *testing.T, s pipeline.Store) {
	for _, size := range []int{100, 3 << 20} {
		b := noise(size)
		id, _, err := s.PutOriginal(t.Context(), io.MultiReader(bytes.NewReader(b), &broken{}))
		if !errors.Is(err, errBroken) {
			t.Fatalf("PutOriginal = %s, %v; want the reader's error", id, err)
		}
		if k := fault.KindOf(err); k == fault.Full || k == fault.Internal {
			t.Errorf("kind %q", k)
		}
		if _, _, err := s.Original(t.Context(), schemas.IDOf(b)); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Original of what was never whole: %v", err)
		}
	}
}

type broken struct{}

func (*broken) Read([]byte) (int, error) { return 0, errBroken }

// Result returns a small layout with its record, for n of any kind.
func Result(n int) (*layout.Doc, *record.Record) {
	text := fmt.Sprintf("第%d份报告\n%s", n, strings.Repeat("部门整体支出绩效自评。", n%7))
	doc := &layout.Doc{Text: text, Format: "text"}
	span := layout.Span{Start: 0, End: len("第")}
	rec := &record.Record{
		ID: schemas.IDOf([]byte(text)), Schema: schemas.Version, State: record.Read, Title: fmt.Sprint("报告", n),
		Fields: []record.Field{{
			Key: "unit", Value: record.Text("某单位"), Raw: "某单位", Confidence: .5, Rule: "r@1",
			Evidence: []record.Evidence{{Role: record.RoleValue, Span: span, Quote: "第"}},
		}},
		Sections: []record.Section{}, Findings: []record.Finding{}, Gaps: []record.Gap{},
	}
	return doc, rec
}

func put(t *testing.T, s pipeline.Store, n int) *record.Record {
	t.Helper()
	doc, rec := Result(n)
	if err := s.PutResult(t.Context(), doc, rec); err != nil {
		t.Fatal(err)
	}
	return rec
}

// results come back as they were put, and the later ones replace the earlier.
func results(t *testing.T, s pipeline.Store) {
	doc, rec := Result(3)
	for _, title := range []string{"first", "second"} {
		rec.Title = title
		doc.Encoding = title
		if err := s.PutResult(t.Context(), doc, rec); err != nil {
			t.Fatal(err)
		}
		gotRec, err := s.Record(t.Context(), rec.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(rec, gotRec, cmp.Comparer(func(a, b record.Value) bool { return fmt.Sprint(a) == fmt.Sprint(b) })); d != "" {
			t.Errorf("record (-put +got):\n%s", d)
		}
		gotDoc, err := s.Layout(t.Context(), rec.ID)
		if err != nil {
			t.Fatal(err)
		}
		if gotDoc.Text != doc.Text || gotDoc.Encoding != title {
			t.Errorf("layout = %+v, want %+v", gotDoc, doc)
		}
		both, text, err := s.Document(t.Context(), rec.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(gotRec, both); d != "" || text != doc.Text {
			t.Errorf("document with text %q (-record +got):\n%s", text, d)
		}
	}
}

// absent things are NotFound, and so are names that are no ids: none of them
// may become a path.
func absent(t *testing.T, s pipeline.Store) {
	put(t, s, 1)
	for _, id := range []schemas.DocID{schemas.IDOf([]byte("nobody")), "", "../../etc/passwd", "ab"} {
		_, _, oErr := s.Original(t.Context(), id)
		_, lErr := s.Layout(t.Context(), id)
		_, rErr := s.Record(t.Context(), id)
		_, _, dErr := s.Document(t.Context(), id)
		for i, err := range []error{oErr, lErr, rErr, dErr} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%d of %q: %v, want not_found", i, id, err)
			}
		}
		if err := s.Delete(t.Context(), id); err != nil {
			t.Errorf("Delete(%q) = %v", id, err)
		}
	}
}

func collect(t *testing.T, s pipeline.Store, after schemas.DocID) (ids []schemas.DocID) {
	t.Helper()
	for id, err := range s.Records(t.Context(), after) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// recordsInOrder lists all, ascending, from anywhere, across any paging, and
// while the list is being changed.
func recordsInOrder(t *testing.T, s pipeline.Store) {
	var want []schemas.DocID
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(32)
	for n := range 1300 {
		g.Go(func() error {
			doc, rec := Result(n)
			mu.Lock()
			want = append(want, rec.ID)
			mu.Unlock()
			return s.PutResult(t.Context(), doc, rec)
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.PutOriginal(t.Context(), strings.NewReader("no record")); err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	if d := cmp.Diff(want, collect(t, s, "")); d != "" {
		t.Fatalf("all (-want +got):\n%s", d)
	}
	if d := cmp.Diff(want[701:], collect(t, s, want[700])); d != "" {
		t.Errorf("after the 701st (-want +got):\n%s", d)
	}
	if got := collect(t, s, want[len(want)-1]); len(got) != 0 {
		t.Errorf("after the last: %v", got)
	}
	n := 0
	for id, err := range s.Records(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if n++; n == 900 {
			break
		}
	}
	if d := cmp.Diff(want[900:], collect(t, s, "")); d != "" {
		t.Errorf("after deleting while listing (-want +got):\n%s", d)
	}
}

// deletes leave nothing, and what was deleted can come again.
func deletes(t *testing.T, s pipeline.Store) {
	for _, size := range []int{100, 2 << 20} {
		b := noise(size)
		doc, rec := Result(2)
		rec.ID = schemas.IDOf(b)
		for range 2 {
			if _, _, err := s.PutOriginal(t.Context(), bytes.NewReader(b)); err != nil {
				t.Fatal(err)
			}
			if err := s.PutResult(t.Context(), doc, rec); err != nil {
				t.Fatal(err)
			}
			if err := s.Delete(t.Context(), rec.ID); err != nil {
				t.Fatal(err)
			}
			_, _, oErr := s.Original(t.Context(), rec.ID)
			_, lErr := s.Layout(t.Context(), rec.ID)
			_, rErr := s.Record(t.Context(), rec.ID)
			for i, err := range []error{oErr, lErr, rErr} {
				if fault.KindOf(err) != fault.NotFound {
					t.Errorf("%d after Delete: %v", i, err)
				}
			}
			if ids := collect(t, s, ""); len(ids) != 0 {
				t.Errorf("still listed: %v", ids)
			}
		}
	}
}

// concurrent writers of the same and of different documents disturb nobody.
func concurrent(t *testing.T, s pipeline.Store) {
	var wg sync.WaitGroup
	large, small := noise(300<<10), noise(300)
	for n := range 32 {
		wg.Go(func() {
			for _, same := range [][]byte{large, small} {
				if _, _, err := s.PutOriginal(t.Context(), bytes.NewReader(same)); err != nil {
					t.Error(err)
				}
			}
			doc, rec := Result(n)
			if err := s.PutResult(t.Context(), doc, rec); err != nil {
				t.Error(err)
			}
			if got, err := s.Record(t.Context(), rec.ID); err != nil || got.ID != rec.ID {
				t.Errorf("Record = %v, %v", got, err)
			}
		})
	}
	wg.Wait()
	if n := len(collect(t, s, "")); n != 32 {
		t.Errorf("%d records, want 32", n)
	}
	for _, same := range [][]byte{large, small} {
		r, n, err := s.Original(t.Context(), schemas.IDOf(same))
		if err != nil || n != int64(len(same)) {
			t.Fatalf("Original: %d, %v", n, err)
		}
		r.Close()
	}
}

// canceled calls do nothing and say so.
func canceled(t *testing.T, s pipeline.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := noise(2 << 20)
	if _, _, err := s.PutOriginal(ctx, bytes.NewReader(b)); !errors.Is(err, context.Canceled) {
		t.Errorf("PutOriginal: %v", err)
	}
	doc, rec := Result(1)
	if err := s.PutResult(ctx, doc, rec); !errors.Is(err, context.Canceled) {
		t.Errorf("PutResult: %v", err)
	}
	for _, err := range s.Records(ctx, "") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Records: %v", err)
		}
	}
	if ids := collect(t, s, ""); len(ids) != 0 {
		t.Errorf("records: %v", ids)
	}
}
