package archive

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

var head = NewHeader("test", time.Date(2024, 6, 1, 2, 3, 4, 5, time.UTC))

// paper is one document to be written.
type paper struct {
	doc   *Document
	bytes []byte // nil for none
}

// report is a paper that was read.
func report(text string) paper {
	id := schemas.IDOf([]byte(text))
	at := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	doc := &layout.Doc{Format: "text", Text: text, Pages: []layout.Page{{Span: layout.Span{End: len(text)}, Lines: []layout.Line{{Span: layout.Span{End: len(text)}}}}}}
	doc.FillLists()
	rec := &record.Record{ID: id, Schema: schemas.Version, State: record.Read, Title: text, Fields: []record.Field{{
		Key: "unit", Value: record.Text(text), Raw: text, Confidence: 0.9, Rule: "r",
		Evidence: []record.Evidence{{Role: record.RoleValue, Span: layout.Span{End: len(text)}, Quote: text}},
	}}}
	rec.FillLists()
	st := event.State{ID: id, Phase: event.PhaseIndexed, Revision: 3, Round: 2, Record: record.Read, Submissions: []record.Submission{{Name: "甲.txt", Batch: "b", At: at}}, Updated: at}
	return paper{&Document{State: st, Record: rec, Layout: doc}, []byte(text)}
}

// failed is a paper that could not be read.
func failed(text string) paper {
	id := schemas.IDOf([]byte(text))
	st := event.State{ID: id, Phase: event.PhaseFailed, Fault: &event.Fault{Stage: event.StageExtract, Kind: "invalid", Message: "m"}}
	return paper{&Document{State: st, Letters: []event.Failed{{ID: id, Stage: event.StageExtract, Kind: "invalid", Message: "m"}}}, []byte(text)}
}

func sorted(papers ...paper) []paper {
	slices.SortFunc(papers, func(a, b paper) int { return strings.Compare(string(a.doc.State.ID), string(b.doc.State.ID)) })
	return papers
}

func write(t testing.TB, papers ...paper) ([]byte, Manifest) {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, head)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range sorted(papers...) {
		var r io.Reader
		if p.bytes != nil {
			r = bytes.NewReader(p.bytes)
		}
		if err := w.Add(t.Context(), p.doc, r, int64(len(p.bytes))); err != nil {
			t.Fatal(err)
		}
	}
	m, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), m
}

// collect reads an archive into papers.
func collect(ctx context.Context, b []byte) (papers []paper, m Manifest, err error) {
	var original []byte
	m, err = Read(ctx, bytes.NewReader(b), Visitor{
		Original: func(_ schemas.DocID, _ int64, r io.Reader) (err error) { original, err = io.ReadAll(r); return err },
		Document: func(d *Document) error {
			papers = append(papers, paper{d, original})
			original = nil
			return nil
		},
	})
	return papers, m, err
}

var values = cmp.Comparer(func(a, b record.Value) bool { return a.Equal(b) })

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		byID := map[schemas.DocID]paper{}
		for range rapid.IntRange(0, 8).Draw(rt, "documents") {
			p := rapid.SampledFrom([]func(string) paper{report, failed}).Draw(rt, "kind")(rapid.StringN(1, 300, -1).Draw(rt, "text"))
			if rapid.IntRange(0, 5).Draw(rt, "lost") == 0 {
				p.bytes = nil
			}
			byID[p.doc.State.ID] = p
		}
		var want []paper
		for _, p := range byID {
			want = append(want, p)
		}
		b, wrote := write(t, want...)
		got, m, err := collect(t.Context(), b)
		if err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(sorted(want...), got, values, cmp.AllowUnexported(paper{})); d != "" {
			rt.Errorf("papers (-written +read):\n%s", d)
		}
		if d := cmp.Diff(wrote, m); d != "" {
			rt.Errorf("manifest (-written +read):\n%s", d)
		}
	})
}

// member is one entry of a tar archive, to be spoilt.
type member struct {
	h *tar.Header
	b []byte
}

func unpacked(t testing.TB, b []byte) (all []member) {
	t.Helper()
	z, err := zstd.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, member{h, b})
	}
}

func packed(t testing.TB, all []member, tail ...byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range all {
		if m.h.Typeflag == tar.TypeReg {
			m.h.Size = int64(len(m.b))
		}
		if err := w.WriteHeader(m.h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(m.b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return squeezed(t, append(b.Bytes(), tail...))
}

func squeezed(t testing.TB, b []byte) []byte {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return z.EncodeAll(b, nil)
}

// reseal makes hashes and manifest right again, so that only what was spoilt is
// wrong.
func reseal(all []member) []member {
	var sums strings.Builder
	body := all[:len(all)-2]
	for _, m := range body {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(m.b), m.h.Name)
	}
	all[len(all)-2].b = []byte(sums.String())
	var m Manifest
	_ = json.Unmarshal(all[len(all)-1].b, &m) // it was written here
	m.Sums = fmt.Sprintf("%x", sha256.Sum256([]byte(sums.String())))
	all[len(all)-1].b, _ = json.Marshal(m)
	return all
}

func edit(all []member, name string, from, to string) []member {
	for i := range all {
		if strings.HasPrefix(all[i].h.Name, name) {
			all[i].b = bytes.Replace(all[i].b, []byte(from), []byte(to), 1)
		}
	}
	return all
}

// Nothing that was tampered with is taken, and the reason is said.
func TestSpoiltArchives(t *testing.T) {
	whole, _ := write(t, report("甲单位"), report("乙单位"), failed("丙"))
	id := string(sorted(report("甲单位"), report("乙单位"), failed("丙"))[0].doc.State.ID)
	plain := func(name string) *tar.Header { return &tar.Header{Name: name, Mode: 0o600, Typeflag: tar.TypeReg} }
	for _, tt := range []struct {
		name  string
		spoil func(all []member) []member
		want  string
		kind  fault.Kind // Invalid if it is not set
	}{
		{"path", func(all []member) []member {
			return slices.Insert(all, 1, member{plain("../../etc/passwd"), []byte("x")})
		}, "does not belong there", ""},
		{"absolute_path", func(all []member) []member { all[1].h.Name = "/" + all[1].h.Name; return reseal(all) }, "does not belong there", ""},
		{"upper_case_id", func(all []member) []member {
			all[1].h.Name = "originals/" + strings.Repeat("A", 64)
			return reseal(all)
		}, "does not belong there", ""},
		{"link", func(all []member) []member {
			return slices.Insert(all, 1, member{&tar.Header{Name: "originals/" + id, Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}, nil})
		}, "no plain file", ""},
		{"twice", func(all []member) []member { return reseal(slices.Insert(all, 3, all[1], all[2])) }, "there twice", ""},
		{"original_twice", func(all []member) []member { return reseal(slices.Insert(all, 2, all[1])) }, "is missing", ""},
		{"order", func(all []member) []member {
			all[1], all[2], all[3], all[4] = all[3], all[4], all[1], all[2]
			return reseal(all)
		}, "out of its order", ""},
		{"original_alone", func(all []member) []member { return reseal(slices.Delete(all, 2, 3)) }, "is missing", ""},
		{"last_document_missing", func(all []member) []member { return reseal(slices.Delete(all, 6, 7)) }, "is missing", ""},
		{"other_bytes", func(all []member) []member { all[1].b = []byte("other"); return reseal(all) }, "another hash than its name", ""},
		{"other_record", func(all []member) []member { return edit(all, "documents/", `"revision":3`, `"revision":4`) }, "another hash than it was written with", ""},
		{"document_dropped", func(all []member) []member { return slices.Delete(all, 1, 3) }, "other members than there are", ""},
		{"document_dropped_resealed", func(all []member) []member { return reseal(slices.Delete(all, 1, 3)) }, "manifest is about another archive", ""},
		{"counts", func(all []member) []member { return edit(all, "manifest", `"documents": 3`, `"documents": 2`) }, "manifest is about another archive", ""},
		{"no_manifest", func(all []member) []member { return all[:len(all)-1] }, "ends too early", ""},
		{"no_sums", func(all []member) []member { return all[:len(all)-2] }, "ends too early", ""},
		{"more_behind", func(all []member) []member { return append(all, member{plain("x"), []byte("x")}) }, "does not belong there", ""},
		{"begins_otherwise", func(all []member) []member { return all[1:] }, "begins with", ""},
		{"newer_form", func(all []member) []member { return reseal(edit(all, headerName, `"format":1`, `"format":2`)) }, "newer version", fault.Unsupported},
		{"newer_schema", func(all []member) []member { return reseal(edit(all, headerName, `"schema":1`, `"schema":9`)) }, "newer version", fault.Unsupported},
		{"state_of_another", func(all []member) []member { return reseal(edit(all, "documents/", `"id":"`, `"id":"0`)) }, "its state is of", ""},
		{"removed", func(all []member) []member {
			return reseal(edit(all, "documents/", `"state":"indexed"`, `"state":"removed"`))
		}, "it is ", ""},
		{"quote", func(all []member) []member { return reseal(edit(all, "documents/", `"quote":"`, `"quote":"x`)) }, "quote", ""},
		{"span", func(all []member) []member {
			return reseal(edit(all, "documents/", `"start":0,"end":9`, `"start":0,"end":999`))
		}, "outside text", ""},
		{"line", func(all []member) []member {
			return reseal(edit(all, "documents/", `"lines":[{"start":0`, `"lines":[{"start":-7`))
		}, "is not in the text", ""},
		{"no_json", func(all []member) []member { return reseal(edit(all, "documents/", `{"state"`, `{state`)) }, "invalid character", ""},
		{"letter", func(all []member) []member {
			return reseal(edit(all, "documents/", `"stage":"extract","kind":"invalid","message":"m","attempts"`, `"stage":"x","kind":"invalid","message":"m","attempts"`))
		}, "letter is not about it", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantRefused(t, packed(t, tt.spoil(unpacked(t, whole))), tt.want, cmpOr(tt.kind, fault.Invalid))
		})
	}
	t.Run("tail", func(t *testing.T) {
		wantRefused(t, packed(t, unpacked(t, whole), make([]byte, 1<<20)...), "behind its end", fault.Invalid)
	})
	t.Run("second_frame", func(t *testing.T) {
		wantRefused(t, append(bytes.Clone(whole), whole...), "behind its end", fault.Invalid)
	})
	t.Run("rubbish_behind", func(t *testing.T) { wantRefused(t, append(bytes.Clone(whole), "rubbish"...), "damaged", fault.Invalid) })
	t.Run("empty", func(t *testing.T) { wantRefused(t, nil, "is no backup", fault.Invalid) })
	t.Run("zip", func(t *testing.T) { wantRefused(t, []byte("PK\x03\x04 and so on"), "is no backup", fault.Invalid) })
	t.Run("untouched", func(t *testing.T) {
		if _, _, err := collect(t.Context(), packed(t, unpacked(t, whole))); err != nil {
			t.Errorf("packed again as it was: %v", err)
		}
	})
}

func cmpOr(a, b fault.Kind) fault.Kind {
	if a == "" {
		return b
	}
	return a
}

func wantRefused(t *testing.T, b []byte, want string, kind fault.Kind) {
	t.Helper()
	_, _, err := collect(t.Context(), b)
	if err == nil || fault.KindOf(err) != kind || !strings.Contains(err.Error(), want) || fault.HintOf(err) == "" {
		t.Errorf("got %v (%s, hint %q), want %s with %q and a hint", err, fault.KindOf(err), fault.HintOf(err), kind, want)
	}
}

// A file that was cut anywhere, or has a flipped bit, is never taken for whole.
func TestCutAndFlipped(t *testing.T) {
	whole, _ := write(t, report("甲单位"), failed("丙"))
	for n := range whole {
		if _, _, err := collect(t.Context(), whole[:n]); err == nil {
			t.Fatalf("cut to %d of %d bytes: taken", n, len(whole))
		}
		spoilt := bytes.Clone(whole)
		spoilt[n] ^= 0x10
		papers, m, err := collect(t.Context(), spoilt)
		if err == nil && (len(papers) != 2 || m.Counts.Documents != 2) {
			t.Fatalf("bit of byte %d flipped: %d papers, %+v", n, len(papers), m)
		}
	}
}

// A member that says it is larger than anything that is taken is refused before
// it is read.
func TestTooLarge(t *testing.T) {
	for name, size := range map[string]int64{"originals/" + strings.Repeat("a", 64): maxOriginal + 1, "documents/" + strings.Repeat("a", 64) + ".json": maxDocument + 1} {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		j, _ := json.Marshal(head)
		_ = w.WriteHeader(header(headerName, int64(len(j))))
		_, _ = w.Write(j)
		if err := w.WriteHeader(&tar.Header{Name: name, Size: size, Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := collect(t.Context(), squeezed(t, b.Bytes())); fault.KindOf(err) != fault.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVisitorEndsTheReading(t *testing.T) {
	whole, _ := write(t, report("甲单位"))
	stop := fmt.Errorf("no more")
	_, err := Read(t.Context(), bytes.NewReader(whole), Visitor{Document: func(*Document) error { return stop }})
	if !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := collect(ctx, whole); fault.KindOf(err) != fault.Canceled {
		t.Errorf("canceled: %v", err)
	}
}

func TestWriterRefuses(t *testing.T) {
	w, err := NewWriter(io.Discard, head)
	if err != nil {
		t.Fatal(err)
	}
	p := report("甲单位")
	if err := w.Add(t.Context(), p.doc, strings.NewReader("other"), 5); fault.KindOf(err) != fault.Internal {
		t.Errorf("other bytes: %v", err)
	}
	if err := w.Add(t.Context(), p.doc, nil, 0); fault.KindOf(err) != fault.Internal {
		t.Errorf("twice: %v", err)
	}
}

// Whatever a file says, reading it ends without a panic, and what is taken for
// whole is the same at the second reading, every document of it valid.
func FuzzRead(f *testing.F) {
	whole, _ := write(f, report("甲单位"), failed("丙"))
	z, err := zstd.NewReader(nil)
	if err != nil {
		f.Fatal(err)
	}
	raw, err := z.DecodeAll(whole, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw, true)
	f.Add(whole, false)
	f.Add([]byte{}, true)
	f.Fuzz(func(t *testing.T, b []byte, squeeze bool) {
		if squeeze {
			b = squeezed(t, b)
		}
		papers, m, err := collect(t.Context(), b)
		for _, p := range papers {
			if err := p.doc.Validate(p.doc.State.ID); err != nil {
				t.Errorf("a document is not valid: %v", err)
			}
			if p.bytes != nil && schemas.IDOf(p.bytes) != p.doc.State.ID {
				t.Error("bytes of another document")
			}
		}
		again, m2, err2 := collect(t.Context(), b)
		if (err == nil) != (err2 == nil) || len(again) != len(papers) || cmp.Diff(m, m2) != "" {
			t.Errorf("read twice: %v and %v, %d and %d", err, err2, len(papers), len(again))
		}
		if err == nil && m.Counts.Documents != len(papers) {
			t.Errorf("%d papers, the manifest says %+v", len(papers), m.Counts)
		}
	})
}
