// Package sandbox does work on untrusted bytes in child processes of the same
// program, so that a parser that overflows its stack, never ends or eats all
// memory costs one document and nothing else.
//
// The parent holds a Pool of warm children and gives each job to one of them;
// the child runs Main. They talk in frames over the child's stdin and stdout.
// What holds whatever the child does:
//
//   - A job ends within Options.Timeout: its child is killed with everything it
//     started (on Windows the child alone).
//   - A child whose memory grows over Options.Memory is killed. On Linux the parent
//     looks at the resident anonymous memory many times a second, and a limit on
//     the data segment of the child bounds what it can take between two looks. On
//     other systems there is only Go's soft limit, to which the collector keeps.
//   - A child dies with its parent: at the end of its stdin, and on Linux by a
//     signal from the kernel, even when the parent was killed.
//   - What a child writes to stderr is kept to some kilobytes and is found in Detail
//     of the error, not in its message: a trace may quote the document.
package sandbox

import (
	"runtime"
	"time"
)

// Options say how a Pool works. The zero value of a field means its default.
type Options struct {
	Program string   // default: this executable
	Args    []string // of the child, which must come to call Main
	Env     []string // added to this process's environment

	Size    int           // children at most; default: the number of CPUs
	Timeout time.Duration // for one job; default: one minute
	Memory  int64         // bytes a child may hold; default: 512 MiB

	RecycleJobs   int   // a child ends after so many jobs; default: 200
	RecycleMemory int64 // or when it holds more than this after one; default: half of Memory
	MaxAnswer     int64 // bytes of an answer; default: 256 MiB

	// Died is called for every child that ended before its time: it crashed, was
	// killed for its time or memory, or by somebody else. It must be quick.
	Died func()
}

const (
	startTimeout = time.Minute             // until a new child says that it is ready
	endGrace     = 2 * time.Second         // for a child to end by itself
	lookEvery    = 20 * time.Millisecond   // at a working child's memory
	dataSlack    = 512 << 20               // of the data segment's limit over Memory: address space is not memory
	envMemory    = "JIXIAO_SANDBOX_MEMORY" // tells the child its limit
)

func (o Options) withDefaults() Options {
	if o.Size <= 0 {
		o.Size = runtime.NumCPU()
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	if o.Memory <= 0 {
		o.Memory = 512 << 20
	}
	if o.RecycleJobs <= 0 {
		o.RecycleJobs = 200
	}
	if o.RecycleMemory <= 0 {
		o.RecycleMemory = o.Memory / 2
	}
	if o.MaxAnswer <= 0 {
		o.MaxAnswer = 256 << 20
	}
	if o.Died == nil {
		o.Died = func() {}
	}
	return o
}
