package app

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"jixiao/internal/fault"
)

// DefaultConfig is read from the working folder when no file is named.
const DefaultConfig = "jixiao.yaml"

const (
	envPrefix     = "JIXIAO_"
	envTestPrefix = "JIXIAO_TEST_" // set by people who run the tests, no setting
	maxConfig     = 1 << 20
)

// Config is the settings of one file and of the environment, by the names of
// the flags.
type Config struct {
	env, file map[string]string
	path      string
}

// LoadConfig reads the environment and the file at path; "" takes
// DefaultConfig if there is one. Names outside known are refused, all of them
// in one error.
func LoadConfig(path string, environ []string, known []string) (*Config, error) {
	c := &Config{env: map[string]string{}, file: map[string]string{}, path: path}
	var bad []error
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if !strings.HasPrefix(name, envPrefix) || strings.HasPrefix(name, envTestPrefix) {
			continue
		}
		key := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, envPrefix), "_", "-"))
		if slices.Contains(secretNames, key) { // for Options.TakeSecrets
			continue
		}
		if !slices.Contains(known, key) {
			bad = append(bad, unknown("environment variable "+name, key, known, EnvName))
			continue
		}
		c.env[key] = value
	}
	bad = append(bad, c.loadFile(known))
	if err := errors.Join(bad...); err != nil {
		return nil, fault.Mark(fault.Usage, err)
	}
	return c, nil
}

// Lookup returns the setting of the flag name and where it comes from.
func (c *Config) Lookup(name string) (value, from string, ok bool) {
	if v, ok := c.env[name]; ok {
		return v, EnvName(name), true
	}
	v, ok := c.file[name]
	return v, c.path, ok
}

// EnvName returns the environment variable that sets the flag name.
func EnvName(name string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

func (c *Config) loadFile(known []string) error {
	named := c.path != ""
	if !named {
		c.path = DefaultConfig
	}
	f, err := os.Open(c.path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil
	}
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxConfig))
	if err != nil {
		return fmt.Errorf("config %s: %w", c.path, err)
	}
	settings := map[string]any{}
	if err := yaml.Unmarshal(b, &settings); err != nil {
		return fmt.Errorf("config %s: %w", c.path, err)
	}
	return c.takeFile(settings, known)
}

func (c *Config) takeFile(settings map[string]any, known []string) error {
	var bad []error
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		switch v := settings[key].(type) {
		case nil, map[string]any, []any:
			bad = append(bad, fmt.Errorf("config %s: %s: one value is wanted", c.path, key))
		default:
			if slices.Contains(secretNames, key) {
				bad = append(bad, fmt.Errorf("config %s: %s: a secret belongs into the environment (%s) or into a file of its own (%s-file)", c.path, key, EnvName(key), key))
				continue
			}
			if !slices.Contains(known, key) {
				bad = append(bad, unknown("config "+c.path+": key "+key, key, known, func(s string) string { return s }))
				continue
			}
			c.file[key] = fmt.Sprint(v)
		}
	}
	return errors.Join(bad...)
}

// unknown says that what is not a setting, and which one may be meant.
func unknown(what, key string, known []string, write func(string) string) error {
	best, far := "", 3
	for _, k := range known {
		if d := distance(key, k); d < far {
			best, far = k, d
		}
	}
	if best != "" {
		return fmt.Errorf("%s is not known, did you mean %s?", what, write(best))
	}
	return fmt.Errorf("%s is not known", what)
}

// distance is the number of characters to insert, delete or replace to make a
// into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		prev := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := prev
			if a[i] != b[j] {
				cost++
			}
			prev = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
