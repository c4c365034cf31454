{{- define "jixiao.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "jixiao.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "jixiao.labels" -}}
{{ include "jixiao.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "jixiao.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* jixiao.settings is jixiao.yaml. What values set by themselves is stronger than .Values.settings. */}}
{{- define "jixiao.settings" -}}
{{- $v := .Values -}}
{{- $s := dict "store" "nats" "nats-prefix" $v.nats.prefix "nats-replicas" $v.nats.replicas -}}
{{- $_ := set $s "elastic" (join "," $v.elastic.urls) -}}
{{- $_ := set $s "elastic-alias" $v.elastic.alias -}}
{{- $_ := set $s "elastic-shards" $v.elastic.shards -}}
{{- $_ := set $s "elastic-replicas" $v.elastic.replicas -}}
{{- $_ := set $s "drain" (printf "%ds" (int $v.drainSeconds)) -}}
{{- $_ := set $s "log-format" "json" -}}
{{- $_ := set $s "cache" "/var/cache/jixiao" -}}
{{- if not $v.nats.urlSecret.name }}{{ $_ := set $s "nats" (join "," $v.nats.urls) }}{{ end -}}
{{- if $v.nats.credsSecret.name }}{{ $_ := set $s "nats-creds" (printf "/etc/jixiao/nats-creds/%s" $v.nats.credsSecret.key) }}{{ end -}}
{{- if $v.nats.caSecret.name }}{{ $_ := set $s "nats-ca" (printf "/etc/jixiao/nats-ca/%s" $v.nats.caSecret.key) }}{{ end -}}
{{- with $v.nats.clientSecret }}{{ if .name }}
{{- $_ := set $s "nats-cert" (printf "/etc/jixiao/nats-client/%s" .cert) -}}
{{- $_ := set $s "nats-key" (printf "/etc/jixiao/nats-client/%s" .key) -}}
{{- end }}{{ end -}}
{{- if $v.elastic.caSecret.name }}{{ $_ := set $s "elastic-ca" (printf "/etc/jixiao/elastic-ca/%s" $v.elastic.caSecret.key) }}{{ end -}}
{{- if $v.elastic.user -}}
{{- $_ := set $s "elastic-user" $v.elastic.user -}}
{{- $_ := required "elastic.passwordSecret.name: whose key is the password of elastic.user" $v.elastic.passwordSecret.name -}}
{{- $_ := set $s "elastic-password-file" (printf "/etc/jixiao/elastic-auth/%s" $v.elastic.passwordSecret.key) -}}
{{- else if $v.elastic.apiKeySecret.name -}}
{{- $_ := set $s "elastic-api-key-file" (printf "/etc/jixiao/elastic-auth/%s" $v.elastic.apiKeySecret.key) -}}
{{- end -}}
{{- toYaml (merge $s (deepCopy $v.settings)) }}
{{- end }}

{{/* jixiao.secrets lists the Secrets to mount: folder below /etc/jixiao, and name. */}}
{{- define "jixiao.secrets" -}}
{{- $v := .Values -}}
{{- $auth := ternary $v.elastic.passwordSecret.name $v.elastic.apiKeySecret.name (not (empty $v.elastic.user)) -}}
{{- range $folder, $name := dict "nats-creds" $v.nats.credsSecret.name "nats-ca" $v.nats.caSecret.name "nats-client" $v.nats.clientSecret.name "elastic-ca" $v.elastic.caSecret.name "elastic-auth" $auth }}
{{- if $name }}
{{ $folder }}: {{ $name }}
{{- end }}
{{- end }}
{{- end }}

{{- define "jixiao.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "jixiao.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "jixiao.env" -}}
- {name: JIXIAO_CONFIG, value: /etc/jixiao/config/jixiao.yaml}
- {name: TMPDIR, value: /var/cache/jixiao}
{{- with .Values.nats.urlSecret }}{{ if .name }}
- name: JIXIAO_NATS
  valueFrom: {secretKeyRef: {name: {{ .name | quote }}, key: {{ .key | quote }}}}
{{- end }}{{ end }}
{{- end }}

{{- define "jixiao.mounts" -}}
- {name: config, mountPath: /etc/jixiao/config, readOnly: true}
- {name: scratch, mountPath: /var/cache/jixiao}
{{- range $folder, $_ := include "jixiao.secrets" . | fromYaml }}
- {name: {{ $folder }}, mountPath: /etc/jixiao/{{ $folder }}, readOnly: true}
{{- end }}
{{- end }}

{{/* jixiao.volumes takes root, config (the name of the ConfigMap) and scratch. */}}
{{- define "jixiao.volumes" -}}
- name: config
  configMap: {name: {{ .config }}}
- name: scratch
  emptyDir: {sizeLimit: {{ .scratch }}}
{{- range $folder, $name := include "jixiao.secrets" .root | fromYaml }}
- name: {{ $folder }}
  secret: {secretName: {{ $name | quote }}, defaultMode: 0440}
{{- end }}
{{- end }}
