package app

import (
	"context"
	"io"
	"path/filepath"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas/event"
)

// backupOf writes a backup of n invented reports and returns its name.
func backupOf(t *testing.T, n int) string {
	t.Helper()
	from, _ := testNode(t, filepath.Join(t.TempDir(), "d"))
	importInto(t, from, reports(t, n))
	path := filepath.Join(t.TempDir(), "b")
	if _, err := WriteBackup(t.Context(), path, func(w io.Writer) error { return from.Backup(t.Context(), w) }); err != nil {
		t.Fatal(err)
	}
	return path
}

// A restore that waits for index workers says so once, ends with its account
// when it is stopped, and by itself when a worker comes.
func TestRestoreSaysWhatItWaitsFor(t *testing.T) {
	path := backupOf(t, 3)
	for name, tt := range map[string]struct {
		elastic string
		comes   bool       // a worker does
		reason  fault.Kind // why nothing is indexed, "" if that is not known
	}{
		"nobody_comes":  {},
		"a_worker":      {comes: true},
		"no_index_here": {elastic: "http://127.0.0.1:1", reason: fault.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			o := clustered(t, natstest.Start(t, 1).URL())
			if _, err := Init(t.Context(), o, false); err != nil {
				t.Fatal(err)
			}
			o.Elastic = tt.elastic
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			told := 0
			r, err := Restore(ctx, o, path, RestoreOptions{Waiting: func(r Restoration, reason error) {
				told++
				if r.Restored != 3 || r.Pending != 3 || (reason == nil) != (tt.reason == "") || reason != nil && fault.KindOf(reason) != tt.reason {
					t.Errorf("waiting: %+v, %v", r, reason)
				}
				if !tt.comes {
					cancel()
					return
				}
				w := serving(t, o, event.StageIndex)
				t.Cleanup(func() {
					if err := w.stop(); err != nil {
						t.Error(err)
					}
				})
			}})
			pending := 3
			if tt.comes {
				pending = 0
			}
			if told != 1 || r.Restored != 3 || r.Pending != pending || (err == nil) != tt.comes {
				t.Errorf("told %d times, %+v, %v", told, r, err)
			}
		})
	}
}
