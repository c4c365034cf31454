package app

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jixiao/extractors/pdf/pdfium"
	"jixiao/internal/fault"
	"jixiao/pipeline/sandbox"
)

// The defaults stand twice, in the tags for the help and in DefaultOptions.
func TestDefaultsAgreeWithTags(t *testing.T) {
	o := DefaultOptions()
	if err := o.Validate(); err != nil {
		t.Error(err)
	}
	v := reflect.ValueOf(o)
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("default")
		switch x := v.Field(i).Interface().(type) {
		case string:
			if x != tag {
				t.Errorf("%s: %q in the tag, %q in code", v.Type().Field(i).Name, tag, x)
			}
		case time.Duration:
			if d, err := time.ParseDuration(tag); err != nil || d != x {
				t.Errorf("%s: %q in the tag, %v in code", v.Type().Field(i).Name, tag, x)
			}
		case Size:
			var s Size
			if err := s.UnmarshalText([]byte(tag)); err != nil || s != x {
				t.Errorf("%s: %q in the tag, %v in code", v.Type().Field(i).Name, tag, x)
			}
		}
	}
}

func TestValidateSaysAllFaultsAtOnce(t *testing.T) {
	err := Options{Workers: -1, Servers: Servers{NATS: "http://u:secret@h", NATSCreds: "c"}, Engine: "x", Listen: "nowhere"}.Validate()
	if fault.KindOf(err) != fault.Usage {
		t.Fatal(err)
	}
	for _, word := range []string{"data:", "workers:", "timeout:", "max-memory:", "engine:", "nats:", "listen:"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q is missing in %v", word, err)
		}
	}
	if strings.Contains(err.Error(), "secret") {
		t.Error("a password is told")
	}
}

func TestConfigOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(path, []byte("data: file\nworkers: 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	known := []string{"data", "workers", "max-bytes"}
	c, err := LoadConfig(path, []string{"JIXIAO_DATA=env", "JIXIAO_MAX_BYTES=1", "JIXIAO_TEST_X=1", "HOME=h"}, known)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"data": "env", "workers": "3", "max-bytes": "1"} {
		if got, _, ok := c.Lookup(name); !ok || got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	for in, want := range map[string]Size{"0": 0, "500": 500, "64KB": 64000, "64KiB": 65536, "1.5g": 3 << 29, " 2 MiB ": 2 << 20, "7B": 7} {
		var s Size
		if err := s.UnmarshalText([]byte(in)); err != nil || s != want {
			t.Errorf("%q is %d (%v), want %d", in, s, err, want)
		}
	}
	for _, in := range []string{"", "x", "-1", "1e30GB", "NaN", "inf"} {
		var s Size
		if s.UnmarshalText([]byte(in)) == nil {
			t.Errorf("%q is taken for %d", in, s)
		}
	}
}

func TestChildrenAreToldTheirLimits(t *testing.T) {
	o := DefaultOptions()
	o.Cache, o.Workers, o.Timeout, o.MaxMemory = "here", 3, time.Second, 1<<28
	got := poolOptions(o)
	want := sandbox.Options{Args: []string{ChildCommand}, Env: []string{pdfium.CacheEnv + "=here"}, Size: 3, Timeout: time.Second, Memory: 1 << 28}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(sandbox.Options{}, "Died")); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestServersSayWhatIsWrong(t *testing.T) {
	for name, s := range map[string]Servers{
		"store:":         {Store: StoreNATS},
		"nats-ca:":       {NATSCA: "ca.pem"},
		"nats-cert:":     {NATS: "nats://h", NATSCert: "c.pem"},
		"nats-replicas:": {NATS: "nats://h", NATSReplicas: 2},
		"nats-prefix:":   {NATS: "nats://h", NATSPrefix: "a.b"},
		"nats:":          {NATS: "http://u:secret@h"},
		"nats-tags:":     {NATSTags: "a"},
	} {
		o := DefaultOptions()
		o.Servers = s
		err := o.Validate()
		if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s %v", name, err)
		}
	}
}
