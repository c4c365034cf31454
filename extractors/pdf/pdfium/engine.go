// Package pdfium reads the glyphs and rulings of a PDF's pages with pdfium,
// compiled to WebAssembly: its crashes are errors and its memory has an end.
//
// go-pdfium brings the module and what it imports. The calls are made here,
// straight on the module: a page has thousands of glyphs, and its general
// interface costs more for each than pdfium itself.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"testing/fstest"
	"time"

	gopdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"jixiao/extractors/pdf/stubfont"
)

// memoryPages caps the memory of the module, in WebAssembly's pages of 64 KiB:
// 1 GiB, for a document of the largest size and what is decoded from it.
const memoryPages = 16 << 10

// The one engine of the process. It is started by the first document, because
// that takes a tenth of a second, and then serves one document at a time: a
// process that wants more at once starts more processes. Whoever has put a token
// into turn may touch it.
var (
	turn   = make(chan struct{}, 1)
	shared struct {
		pool   gopdfium.Pool
		engine *engine
	}
)

// An engine is one instance of the module.
type engine struct {
	instance gopdfium.Pdfium
	module   api.Module
	calls    map[string]api.Function
	stack    [16]uint64
	scratch  uint32 // 64 bytes of the module's memory for results
	broken   error  // the trap after which nothing in it can be trusted
}

// take returns the engine, started if need be; it is the caller's turn.
func take(ctx context.Context) (*engine, error) {
	if e := shared.engine; e != nil && e.broken == nil {
		return e, nil
	}
	if shared.engine != nil {
		_ = shared.engine.instance.Kill() // it trapped; whatever it says now is of no interest
		shared.engine = nil
	}
	if shared.pool == nil {
		p, err := newPool(ctx)
		if err != nil {
			return nil, fmt.Errorf("start pdfium: %w", err)
		}
		shared.pool = p
	}
	e, err := newEngine(ctx, shared.pool)
	if err != nil {
		return nil, fmt.Errorf("start pdfium: %w", err)
	}
	shared.engine = e
	return e, nil
}

// newPool compiles the module, or loads it from the cache on disk.
func newPool(ctx context.Context) (gopdfium.Pool, error) {
	// No closing on a context's end: it makes every call 2.5 to 6 times as slow.
	// Who wants to stop a page that takes for ever ends the process.
	rc := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages)
	if c := compilationCache(); c != nil {
		rc = rc.WithCompilationCache(c)
	}
	fonts := fstest.MapFS{"usr/share/fonts/stub.ttf": {Data: stubfont.Make(), Mode: 0o444}}
	return webassembly.Init(webassembly.Config{
		Context:       context.WithoutCancel(ctx), // the pool outlives the document that starts it
		MaxIdle:       1,
		MaxTotal:      1,
		RuntimeConfig: rc,
		FSConfig:      wazero.NewFSConfig().WithFSMount(fonts, "/"),
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

func newEngine(ctx context.Context, pool gopdfium.Pool) (*engine, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	in, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, err
	}
	module, err := moduleOf(in)
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	e := &engine{instance: in, module: module, calls: map[string]api.Function{}}
	e.scratch = uint32(e.call("malloc", 64))
	if e.broken != nil || e.scratch == 0 {
		return nil, errors.Join(errors.New("no memory"), e.broken, in.Close())
	}
	return e, nil
}

// moduleOf returns the WebAssembly module behind an instance. Its type is
// internal to go-pdfium but the field is exported; a test fails if a later
// version moves it.
func moduleOf(in gopdfium.Pdfium) (api.Module, error) {
	v := reflect.Indirect(reflect.ValueOf(in.GetImplementation()))
	if v.Kind() == reflect.Struct {
		if f := v.FieldByName("Module"); f.IsValid() && f.CanInterface() {
			if m, ok := f.Interface().(api.Module); ok {
				return m, nil
			}
		}
	}
	return nil, errors.New("go-pdfium no longer shows its module")
}

// call calls an exported function and returns its result. After a trap it does
// nothing and returns 0; broken then says why.
func (e *engine) call(name string, args ...uint64) uint64 {
	if e.broken != nil {
		return 0
	}
	f := e.calls[name]
	if f == nil {
		if f = e.module.ExportedFunction(name); f == nil {
			e.broken = fmt.Errorf("pdfium has no %s", name)
			return 0
		}
		e.calls[name] = f
	}
	e.stack[0] = 0
	copy(e.stack[:], args)
	// Background is right: the module never looks at a context, see newPool.
	if err := f.CallWithStack(context.Background(), e.stack[:]); err != nil {
		e.broken = fmt.Errorf("pdfium died in %s: %w", name, err)
		return 0
	}
	return e.stack[0]
}

// float reads the i-th float32 of the scratch memory.
func (e *engine) float(i uint32) float64 {
	v, _ := e.module.Memory().ReadFloat32Le(e.scratch + 4*i)
	return float64(v)
}

// double reads the i-th float64 of the scratch memory.
func (e *engine) double(i uint32) float64 {
	v, _ := e.module.Memory().ReadFloat64Le(e.scratch + 8*i)
	return v
}

// int reads the i-th int32 of the scratch memory.
func (e *engine) int(i uint32) int32 {
	v, _ := e.module.Memory().ReadUint32Le(e.scratch + 4*i)
	return int32(v)
}

// at is the scratch memory as an argument, off bytes from its start.
func (e *engine) at(off uint32) uint64 { return uint64(e.scratch + off) }
