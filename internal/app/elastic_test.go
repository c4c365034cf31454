package app

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue/natstest"
)

const aSecret = "s3cret-that-nobody-is-told"

func withElastic(change func(*Options)) Options {
	o := DefaultOptions()
	o.Elastic = "https://127.0.0.1:9200"
	change(&o)
	return o
}

func TestElasticOptions(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Options)
		says   string // "" if all is well
	}{
		"right":          {func(*Options) {}, ""},
		"several":        {func(o *Options) { o.Elastic = "http://a:9200, https://u:" + aSecret + "@b:9200" }, ""},
		"no_scheme":      {func(o *Options) { o.Elastic = "http://a:9200,u:" + aSecret + "@b:9200" }, "address 2"},
		"other_scheme":   {func(o *Options) { o.Elastic = "nats://" + aSecret + "@a:9200" }, "address 1"},
		"alias":          {func(o *Options) { o.ElasticAlias = "Reports*" }, "elastic-alias"},
		"shards":         {func(o *Options) { o.ElasticShards = -1 }, "elastic-shards"},
		"replicas":       {func(o *Options) { o.ElasticReplicas = 101 }, "elastic-replicas"},
		"two_ways":       {func(o *Options) { o.ElasticUser, o.ElasticAPIKeyFile = "u", "f" }, "one of them"},
		"key_beside":     {func(o *Options) { o.ElasticUser, o.ElasticAPIKey, o.ElasticPassword = "u", aSecret, aSecret }, "JIXIAO_ELASTIC_API_KEY"},
		"user_in_url":    {func(o *Options) { o.ElasticAPIKey, o.Elastic = aSecret, "https://u:"+aSecret+"@a:9200" }, "address 1"},
		"user_twice":     {func(o *Options) { o.ElasticUser, o.Elastic = "u", "https://h:1,https://u:"+aSecret+"@a:9200" }, "address 2"},
		"nobody":         {func(o *Options) { o.ElasticPasswordFile = "f" }, "whose password"},
		"for_no_cluster": {func(o *Options) { o.Elastic, o.ElasticCA = "", "ca.pem" }, "--elastic"},
	} {
		t.Run(name, func(t *testing.T) {
			err := withElastic(tt.change).Validate()
			if (tt.says == "") != (err == nil) || err != nil && (fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("%v, want %q", err, tt.says)
			}
			if err != nil && strings.Contains(err.Error(), aSecret) {
				t.Errorf("a secret is told: %v", err)
			}
		})
	}
}

// Secrets come out of the environment, and do not stay there for child processes.
func TestTakeSecrets(t *testing.T) {
	t.Setenv("JIXIAO_ELASTIC_PASSWORD", aSecret)
	t.Setenv("JIXIAO_ELASTIC_API_KEY", "k"+aSecret)
	t.Setenv("JIXIAO_ELASTIC", "https://u:"+aSecret+"@h:9200")
	var o Options
	if err := o.TakeSecrets(); err != nil || o.ElasticPassword != aSecret || o.ElasticAPIKey != "k"+aSecret {
		t.Errorf("%v", err)
	}
	if env := strings.Join(os.Environ(), "\n"); strings.Contains(env, aSecret) {
		t.Error("a secret is still in the environment")
	}
	if _, err := LoadConfig("", []string{"JIXIAO_ELASTIC_PASSWORD=x", "JIXIAO_ELASTIC_API_KEY=y"}, []string{"data"}); err != nil {
		t.Error(err)
	}
	file := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(file, []byte("elastic-password: "+aSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadConfig(file, nil, []string{"data"})
	if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), "elastic-password-file") || strings.Contains(err.Error(), aSecret) {
		t.Errorf("a secret in the configuration file: %v", err)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	o := withElastic(func(o *Options) { o.ElasticAPIKey, o.ElasticPassword = aSecret, aSecret })
	b, err := json.Marshal(o.ElasticOptions)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "o", o.ElasticOptions, "s", o.ElasticAPIKey)
	for form, s := range map[string]string{
		"%v": fmt.Sprintf("%v", o), "%+v": fmt.Sprintf("%+v", o), "%#v": fmt.Sprintf("%#v", o), "String": o.ElasticAPIKey.String(), "json": string(b), "slog": log.String(),
	} {
		if strings.Contains(s, aSecret) {
			t.Errorf("%s prints a secret: %s", form, s)
		}
	}
}

func TestElasticCredentials(t *testing.T) {
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, tt := range map[string]struct {
		change              func(*Options)
		user, password, key string
		says                string
	}{
		"nothing":       {change: func(*Options) {}},
		"key":           {change: func(o *Options) { o.ElasticAPIKey = "aWQ6a2V5" }, key: "aWQ6a2V5"},
		"key_in_parts":  {change: func(o *Options) { o.ElasticAPIKey = "id:key" }, key: "aWQ6a2V5"},
		"key_file":      {change: func(o *Options) { o.ElasticAPIKeyFile = file("k", "aWQ6a2V5\n") }, key: "aWQ6a2V5"},
		"user":          {change: func(o *Options) { o.ElasticUser, o.ElasticPassword = "u", "p" }, user: "u", password: "p"},
		"password_file": {change: func(o *Options) { o.ElasticUser, o.ElasticPasswordFile = "u", file("p", " p w\r\n") }, user: "u", password: "p w"},
		"no_password":   {change: func(o *Options) { o.ElasticUser = "u" }, says: "JIXIAO_ELASTIC_PASSWORD"},
		"no_file":       {change: func(o *Options) { o.ElasticAPIKeyFile = "nowhere" }, says: "elastic-api-key-file"},
		"empty_file":    {change: func(o *Options) { o.ElasticAPIKeyFile = file("e", "\n") }, says: "one line"},
		"several_lines": {change: func(o *Options) { o.ElasticAPIKeyFile = file("m", aSecret+"\n"+aSecret) }, says: "one line"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := withElastic(tt.change).elastic()
			if tt.says != "" {
				if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), aSecret) {
					t.Errorf("%v, want %q", err, tt.says)
				}
				return
			}
			if err != nil || e.Username != tt.user || e.Password != tt.password || e.APIKey != tt.key {
				t.Errorf("user %q, password %q, key %q: %v", e.Username, e.Password, e.APIKey, err)
			}
		})
	}
}

// A cluster that does not answer is named by its address, without the password,
// and by the alias that was asked for; the rest of the counts is told.
func TestStatusNamesTheClusterThatIsAway(t *testing.T) {
	o := clustered(t, natstest.Start(t, 1).URL())
	if _, err := Init(t.Context(), o, false); err != nil {
		t.Fatal(err)
	}
	o.Elastic, o.ElasticAlias = "http://u:"+aSecret+"@127.0.0.1:1", "reports"
	n, err := Joined(t.Context(), o, "status")
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	st, err := n.Status(t.Context())
	if err != nil || !strings.HasPrefix(st.Index.Error, `alias "reports": elasticsearch http://127.0.0.1:1: no answer`) {
		t.Errorf("%q, %v", st.Index.Error, err)
	}
	if strings.Contains(st.Index.Error, aSecret) || strings.Contains(st.Index.Error, "index") {
		t.Errorf("a secret, or the index once more: %q", st.Index.Error)
	}
}
