package main

import (
	"time"

	"github.com/schollz/progressbar/v3"

	"jixiao/internal/app"
)

// progress shows how far an import is: a bar with rate and remaining time on a
// terminal, a line now and then elsewhere.
type progress struct {
	u      *ui
	bar    *progressbar.ProgressBar // nil off a terminal
	total  int
	others bool // do the work: this process only follows it
	begin  time.Time
	told   time.Time
	done   int       // at the last update
	moved  time.Time // when that changed
	stuck  bool      // it was said that nothing changes
}

const (
	barEvery  = 100 * time.Millisecond
	lineEvery = 5 * time.Second
	// stillFor is how long nothing may be finished before that is said: work
	// comes back from a killed worker after half a minute.
	stillFor = 45 * time.Second
)

func newProgress(u *ui, total int) *progress {
	p := &progress{u: u, total: total, begin: time.Now(), told: time.Now(), moved: time.Now()}
	if u.errTerm {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(u.err), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString(u.lang.T("files")), progressbar.OptionThrottle(barEvery),
			progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetDescription(u.lang.T("importing")))
	}
	return p
}

// update is told the counts so far.
func (p *progress) update(r app.Report) {
	done := r.New + r.Known + r.Failed + r.Skipped
	p.watch(done)
	if p.bar != nil {
		_ = p.bar.Set(done) // a bar that cannot be drawn is no reason to stop
		return
	}
	if time.Since(p.told) < lineEvery || done == 0 {
		return
	}
	p.told = time.Now()
	rate := float64(done) / time.Since(p.begin).Seconds()
	left := time.Duration(float64(p.total-done) / rate * float64(time.Second))
	p.u.say("%d of %d files, %.0f a second, %s left, %d failed", done, p.total, rate, left.Round(time.Second).String(), r.Failed)
}

// watch says what to start when others are to work and nobody does.
func (p *progress) watch(done int) {
	switch {
	case done != p.done:
		p.done, p.moved, p.stuck = done, time.Now(), false
	case !p.others || p.stuck || done >= p.total || time.Since(p.moved) < stillFor:
	default:
		p.stuck = true
		p.u.say("nothing was finished for a while: see that workers run with the same servers: jixiao worker --stage extract and --stage index, or jixiao serve")
	}
}

// finish takes the bar away.
func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Clear() // as above
	}
}
