package pdfium

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// one is a page with a line of text in a font that every reader has.
const one = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Rotate 90/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 42>>stream
BT /F1 10 Tf 20 30 Td (AB) Tj ET 0 0 m 50 0 l S
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`

func open(t *testing.T) *Document {
	t.Helper()
	d, err := Open(t.Context(), bytes.NewReader([]byte(one)), int64(len(one)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestGlyphsStandAsAViewerShowsThem(t *testing.T) {
	d := open(t)
	defer d.Close()
	p, err := d.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	if p.Width != 100 || p.Height != 200 {
		t.Errorf("a page of 200 by 100 turned by 90° is %v by %v", p.Width, p.Height)
	}
	if len(p.Glyphs) != 2 || p.Glyphs[0].Text != "A" || p.Glyphs[0].Turn != 1 || p.Glyphs[0].Size != 10 {
		t.Fatalf("glyphs %+v", p.Glyphs)
	}
	// Turned clockwise, the left edge is on top and the lower one on the left.
	if g := p.Glyphs[0]; abs(g.OX-30) > .1 || abs(g.OY-20) > .1 {
		t.Errorf("A begins at (%v, %v), want (30, 20)", g.OX, g.OY)
	}
	if len(p.Rules) != 1 || abs(p.Rules[0].Y1-p.Rules[0].Y0-50) > 2 {
		t.Errorf("rules %+v, want one from top to bottom of 50", p.Rules)
	}
}

func abs(x float64) float64 { return max(x, -x) }

// TestAnotherEngineAfterATrap breaks the engine as a trap in the module does.
func TestAnotherEngineAfterATrap(t *testing.T) {
	d := open(t)
	d.e.broken = errors.New("unreachable")
	if _, err := d.Page(0); err == nil || !d.Broken() {
		t.Errorf("a broken engine read a page, error %v", err)
	}
	d.Close()
	d = open(t)
	defer d.Close()
	if p, err := d.Page(0); err != nil || len(p.Glyphs) != 2 {
		t.Errorf("after it: %v, %v", p, err)
	}
}

func TestDamagedDocuments(t *testing.T) {
	for name, s := range map[string]string{"no_document": "%PDF-1.4 nothing", "empty": ""} {
		if _, err := Open(t.Context(), bytes.NewReader([]byte(s)), int64(len(s))); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

func TestCacheFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(CacheEnv, dir)
	if compilationCache() == nil {
		t.Error("no cache in a folder that can be written")
	}
	if _, err := os.Stat(filepath.Join(dir, "wazero")); err != nil {
		t.Error(err)
	}
	occupied := filepath.Join(dir, "file")
	if err := os.WriteFile(occupied, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(CacheEnv, occupied)
	if compilationCache() != nil {
		t.Error("a cache below a file")
	}
}

func TestWaitingForATurnEndsWithTheContext(t *testing.T) {
	d := open(t)
	defer d.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, bytes.NewReader([]byte(one)), int64(len(one))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("opened beside another document: %v", err)
	}
}
