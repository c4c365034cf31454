package pdfium

import (
	"os"
	"path/filepath"

	"github.com/tetratelabs/wazero"
)

// CacheEnv names the environment variable that overrides the folder for
// compiled code, by default jixiao in the user's cache folder.
const CacheEnv = "JIXIAO_CACHE"

// compilationCache returns the cache on disk without which every process
// compiles the module again, for seconds; nil if there is no place for it, as
// in a container with a read-only root: slower, not wrong.
func compilationCache() wazero.CompilationCache {
	dir := os.Getenv(CacheEnv)
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(user, "jixiao")
	}
	dir = filepath.Join(dir, "wazero")
	if !writable(dir) {
		return nil
	}
	c, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return c
}

// writable reports whether files can be made in dir: wazero finds out too late,
// when it has compiled and fails to store.
func writable(dir string) bool {
	if os.MkdirAll(dir, 0o700) != nil {
		return false
	}
	f, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return false
	}
	_ = f.Close()
	return os.Remove(f.Name()) == nil
}
