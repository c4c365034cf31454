package deploycheck

import (
	"maps"
	"strings"
	"testing"
)

// A mistake is a change to a file that a check must see.
type mistake struct {
	name, file, old, new, want string
}

const (
	compose     = "deploy/compose.yaml"
	cluster     = "deploy/compose.cluster.yaml"
	workers     = chartFolder + "/templates/workers.yaml"
	scaling     = chartFolder + "/templates/scaling.yaml"
	helpers     = chartFolder + "/templates/_helpers.tpl"
	workerUnit  = "deploy/systemd/jixiao-worker@.service"
	serviceUnit = "deploy/systemd/jixiao.service"
)

var mistakes = []mistake{
	{"docker-syntax", dockerfile, "WORKDIR /src", "WORKDIRR /src", "WORKDIRR"},
	{"docker-root", dockerfile, "USER 65532:65532", "USER root", "USER"},
	{"docker-latest", dockerfile, "golang:1.26.8-trixie", "golang", "not pinned"},
	{"docker-registry", dockerfile, "golang:1.26.8-trixie", "example.org/golang:1.26.8", "not pinned"},
	{"docker-old-go", dockerfile, "golang:1.26.8-trixie", "golang:1.24.1", "go.mod"},
	{"docker-source", dockerfile, "COPY LICENSE NOTICE", "COPY LICENSE NOTES", "no such file"},
	{"docker-shell", dockerfile, `ENTRYPOINT ["/usr/bin/jixiao"]`, "ENTRYPOINT /usr/bin/jixiao", "shell"},
	{"docker-owner", dockerfile, "--chown=65532:65532 /out/var/cache", "/out/var/cache", "owner"},

	{"compose-syntax", compose, "read_only: true", "readonly: true", "readonly"},
	{"compose-flag", compose, "[serve, --http,", "[serve, --htpp,", "--htpp"},
	{"compose-env", compose, "JIXIAO_STORE:", "JIXIAO_STOER:", "JIXIAO_STOER"},
	{"compose-value", compose, "JIXIAO_STORE: nats", "JIXIAO_STORE: s3", "s3"},
	{"compose-writable", compose, "read_only: true", "read_only: false", "read-only"},
	{"compose-open-port", compose, "127.0.0.1:9464:9464", "9464:9464", "open to everybody"},
	{"compose-tag", compose, "nats:2.15.2-alpine", "nats:latest", "not pinned"},
	{"compose-missing-file", compose, "./nats/one.conf", "./nats/two.conf", "no such file"},
	{"compose-grace", compose, "stop_grace_period: 30s", "stop_grace_period: 10s", "stop_grace_period"},
	{"compose-no-scratch", compose, `tmpfs: ["/var/cache/jixiao`, `tmpfs: ["/var/cache/other`, "cannot be written"},
	{"compose-no-init", compose, "      init: {condition: service_completed_successfully}\n", "", "init"},
	{"compose-endless-init", compose, "restart: on-failure:5", "restart: always", "for ever"},
	{"compose-health", compose, `"/usr/bin/jixiao", "status", "--json"]`, `"/usr/bin/jixiao", "health"]`, "health"},
	{"compose-user", compose, `user: "65532:65532"`, `user: "0:0"`, "user is"},
	{"cluster-secret", cluster, "  secrets: [elastic_jixiao]\n  volumes", "  volumes", "is not given"},
	{"cluster-secret-file", cluster, "{file: ./secrets/elastic_jixiao}", "{file: ./secrets/elastic}", "secrets.sh"},
	{"cluster-stage", cluster, "[worker, --stage, index,", "[worker, --stage, index, --stages, x,", "--stages"},
	{"cluster-capability", cluster, "cap_drop: [ALL]", "cap_drop: [NET_RAW]", "cap_drop"},

	{"chart-yaml", workers, "      automountServiceAccountToken: false", "      automountServiceAcountToken: false", "automountServiceAcountToken"},
	{"chart-template", workers, `{{ include "jixiao.name" $ }}-{{ $stage }}`, `{{ include "jixiao.fullname" $ }}-{{ $stage }}`, "jixiao.fullname"},
	{"chart-flag", workers, "--http, ", "--metrics, ", "--metrics"},
	{"chart-port", workers, "containerPort: 9464", "containerPort: 9090", "not at port 9090"},
	{"chart-probe", workers, "httpGet: {path: /readyz, port: http}", "httpGet: {path: /livez, port: http}", "readiness"},
	{"chart-probe-port", workers, "httpGet: {path: /readyz, port: http}", "httpGet: {path: /readyz, port: web}", "no port web"},
	{"chart-selector", workers, "      app.kubernetes.io/component: {{ $stage }}\n  template:", "      app.kubernetes.io/component: work\n  template:", "does not match its pods"},
	{"chart-selects-both", workers, "      app.kubernetes.io/component: {{ $stage }}\n  template:", "  template:", "matches the pods of"},
	{"chart-links", workers, "enableServiceLinks: false", "enableServiceLinks: true", "enableServiceLinks"},
	{"chart-grace", workers, "add $.Values.drainSeconds 15", "sub $.Values.drainSeconds 15", "terminationGracePeriodSeconds"},
	{"chart-memory", chartFolder + "/values.yaml", `limits: {cpu: "2", memory: 3Gi}`, `limits: {cpu: "4", memory: 3Gi}`, "memory limit"},
	{"chart-root", helpers, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "read-only root"},
	{"chart-nonroot", helpers, "runAsNonRoot: true", "runAsNonRoot: false", "non-root"},
	{"chart-setting", helpers, `set $s "elastic-alias"`, `set $s "elastic-index"`, "elastic-index"},
	{"chart-mount", helpers, "- {name: scratch, mountPath: /var/cache/jixiao}", "- {name: scratch, mountPath: /var/scratch}", "cannot be written"},
	{"chart-secret-mount", helpers, "mountPath: /etc/jixiao/{{ $folder }}, readOnly", "mountPath: /etc/secrets/{{ $folder }}, readOnly", "nothing is mounted"},
	{"chart-secret-mode", helpers, "defaultMode: 0440", "defaultMode: 0444", "open to everybody"},
	{"chart-stream", scaling, "%s_WORK", "%s_JOBS", "no consumer"},
	{"chart-consumer", scaling, "consumer: {{ $stage }}", "consumer: worker-{{ $stage }}", "no consumer"},
	{"chart-keda", scaling, "maxReplicaCount:", "maxReplicas:", "maxReplicas"},
	{"chart-both-scale", workers, "{{- if not $.Values.keda.enabled }}", "{{- if true }}", "as well"},
	{"chart-budget", scaling, "      app.kubernetes.io/component: {{ $stage }}\n{{- end }}\n{{- end }}", "      app.kubernetes.io/component: worker\n{{- end }}\n{{- end }}", "disruption budgets"},
	{"chart-monitor", chartFolder + "/templates/metrics.yaml", "{port: http, path: /metrics", "{port: metrics, path: /metrics", `port "metrics"`},
	{"chart-monitor-labels", chartFolder + "/templates/metrics.yaml", "    app.kubernetes.io/component: metrics\nspec:\n  clusterIP", "spec:\n  clusterIP", "does not select"},
	{"chart-egress", chartFolder + "/templates/networkpolicy.yaml", ".Values.networkPolicy.nats .Values.networkPolicy.elastic", ".Values.networkPolicy.nats", "cannot be reached"},
	{"chart-ingress", chartFolder + "/templates/networkpolicy.yaml", "policyTypes: [Ingress, Egress]", "policyTypes: [Egress]", "types"},
	{"chart-hook-order", chartFolder + "/templates/init.yaml", `helm.sh/hook-weight: "-10"`, `helm.sh/hook-weight: "10"`, "not there yet"},
	{"chart-schema", chartFolder + "/values.schema.json", `"minItems": 1`, `"minItems": 0`, "these values are taken"},
	{"chart-value", chartFolder + "/values.yaml", "  pollingInterval: 15", "  poolingInterval: 15", "poolingInterval"},

	{"unit-flag", serviceUnit, "serve --config", "serve --conf", "--conf"},
	{"unit-jit", serviceUnit, "MemoryDenyWriteExecute=no", "MemoryDenyWriteExecute=yes", "MemoryDenyWriteExecute"},
	{"unit-root", workerUnit, "DynamicUser=yes", "User=root", "DynamicUser"},
	{"unit-credential", workerUnit, "LoadCredential=nats.creds", "LoadCredential=nats.cred", "without LoadCredential"},
	{"unit-credential-name", workerUnit, "/elastic.api-key --log", "/elastic.key --log", "without LoadCredential"},
	{"unit-stop", workerUnit, "TimeoutStopSec=40", "TimeoutStopSec=10", "TimeoutStopSec"},
	{"unit-folder", serviceUnit, "StateDirectory=jixiao\n", "", "without StateDirectory"},
	{"unit-section", serviceUnit, "[Service]", "[Service", "DynamicUser is []"},

	{"example-key", example, "workers: 0", "worker: 0", "worker"},
	{"example-suggestion", example, "# elastic-alias:", "# elastic-index:", "elastic-index"},
	{"example-missing", example, "# nats-tags:", "# tags:", "nats-tags"},

	{"rule-syntax", rulesFile, "expr: jixiao_ready == 0", "expr: jixiao_ready = 0", "JixiaoNotReady"},
	{"rule-metric", rulesFile, "expr: jixiao_ready == 0", "expr: jixiao_reddy == 0", `no metric "jixiao_reddy"`},
	{"rule-label", rulesFile, `increase(jixiao_documents_total{outcome="failed"}`, `increase(jixiao_documents_total{result="failed"}`, `no label "result"`},
	{"rule-label-value", rulesFile, `outcome="failed"`, `outcome="broken"`, `outcome="broken"`},
	{"rule-grouping", rulesFile, "by (namespace, job, status)", "by (namespace, job, code)", `label "code"`},
	{"rule-key", rulesFile, "        for: 1h", "        during: 1h", "during"},
	{"rule-template", rulesFile, "{{ $labels.instance }} cannot work", "{{ $label.instance }} cannot work", "label"},
	{"rule-threshold", rulesFile, "jixiao_orphans) > 0", "jixiao_orphans) > 1", "JixiaoOrphans"},
	{"rule-for", rulesFile, "for: 5m\n        labels: {severity: critical}\n        annotations:\n          summary: No process", "for: 1m\n        labels: {severity: critical}\n        annotations:\n          summary: No process", "JixiaoAbsent"},
	{"rule-noise", rulesFile, "expr: delta(jixiao:dead_letters:max[15m]) > 0", "expr: jixiao:dead_letters:max > 0", "healthy"},
	{"rule-untested", rulesFile, "alert: JixiaoFailed", "alert: JixiaoBroken", "never seen to fire"},

	{"board-syntax", dashboardFile, `"schemaVersion": 39,`, `"schemaVersion": 39`, "invalid character"},
	{"board-metric", dashboardFile, "jixiao_bytes_in_flight", "jixiao_bytes_in_air", "jixiao_bytes_in_air"},
	{"board-expr", dashboardFile, "histogram_quantile(0.95,", "histogram_quantile(", "histogram_quantile"},
	{"board-variable", dashboardFile, `"name": "prometheus"`, `"name": "prom"`, "is no variable"},
	{"board-field", dashboardFile, "problem_words", "problem_terms", "problem_terms"},
	{"board-overlap", dashboardFile, `"x": 8,`, `"x": 4,`, "it lies on"},
	{"metric-unseen", "docs/operations.md", "| `jixiao_orphans` |", "| `jixiao_orphans` | gauge | x | y |\n| `jixiao_new_thing` |", "no panel shows jixiao_new_thing"},
}

// Every check is seen to find what it is there for.
func TestMistakesAreFound(t *testing.T) {
	sound := load(t)
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			if !strings.Contains(sound[m.file], m.old) {
				t.Fatalf("%s holds no %q: the mistake cannot be made", m.file, m.old)
			}
			tree := maps.Clone(sound)
			tree[m.file] = strings.ReplaceAll(sound[m.file], m.old, m.new)
			err := checkOf(m.name)(tree)
			if err == nil || !strings.Contains(err.Error(), m.want) {
				t.Errorf("found %v, want %q", err, m.want)
			}
		})
	}
}

// checkOf returns the check that the first word of a mistake's name stands for.
func checkOf(name string) func(Tree) error {
	word, _, _ := strings.Cut(name, "-")
	with := func(check func(Tree, *Program) error) func(Tree) error {
		return func(t Tree) error { return check(t, program) }
	}
	return map[string]func(Tree) error{
		"docker": Dockerfile, "compose": with(Compose), "cluster": with(Compose), "chart": with(Chart), "unit": with(Units),
		"example": with(Example), "rule": Rules, "board": Dashboard, "metric": Dashboard,
	}[word]
}
