package deploycheck

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-systemd/v22/unit"
	"sigs.k8s.io/yaml"
)

// hardened is what every unit says, and why not otherwise stands in the unit.
var hardened = map[string]string{
	"DynamicUser": "yes", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
	"PrivateDevices": "yes", "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes", "ProtectControlGroups": "yes",
	"RestrictNamespaces": "yes", "RestrictSUIDSGID": "yes", "LockPersonality": "yes", "CapabilityBoundingSet": "",
	"UMask": "0077", "Type": "exec", "Restart": "on-failure", "KillMode": "mixed",
	// Code made while the program runs is what the PDF engine is.
	"MemoryDenyWriteExecute": "no",
}

// unitConfig stands for the file that an administrator writes.
const unitConfig = "nats: tls://n1:4222\nstore: nats\nelastic: https://e1:9200\n"

// A unitFile is a unit with its instances, "" for one that has none.
var unitFiles = map[string][]string{
	"deploy/systemd/jixiao.service":         {""},
	"deploy/systemd/jixiao-worker@.service": {"extract", "index"},
}

// Units checks the systemd units.
func Units(t Tree, program *Program) error {
	p := &problems{what: "deploy/systemd"}
	for _, file := range slices.Sorted(maps.Keys(unitFiles)) {
		one := &problems{what: file}
		options, err := unit.DeserializeOptions(strings.NewReader(t[file]))
		if err != nil {
			one.add(err)
		}
		service := map[string][]string{}
		for _, o := range options {
			if o.Section == "Service" {
				service[o.Name] = append(service[o.Name], o.Value)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(hardened)) {
			one.check(slices.Equal(service[name], []string{hardened[name]}), "%s is %q, not %q", name, service[name], hardened[name])
		}
		one.check(len(service["MemoryMax"]) == 1, "MemoryMax is missing")
		for _, instance := range unitFiles[file] {
			one.checkStart(service, instance, program)
		}
		p.take(one)
	}
	return p.err()
}

var inBraces = regexp.MustCompile(`\$\{(\w+)\}(/[\w.-]+)?`)

// checkStart checks the command of one instance.
func (p *problems) checkStart(service map[string][]string, instance string, program *Program) {
	if len(service["ExecStart"]) != 1 {
		p.check(false, "ExecStart stands there %d times", len(service["ExecStart"]))
		return
	}
	line := inBraces.ReplaceAllStringFunc(strings.ReplaceAll(service["ExecStart"][0], "%i", instance), func(v string) string {
		m := inBraces.FindStringSubmatch(v)
		switch m[1] {
		case "STATE_DIRECTORY":
			p.check(len(service["StateDirectory"]) == 1, "%s without StateDirectory", v)
		case "CACHE_DIRECTORY":
			p.check(len(service["CacheDirectory"]) == 1, "%s without CacheDirectory", v)
		case "CREDENTIALS_DIRECTORY":
			name := strings.TrimPrefix(m[2], "/") + ":"
			p.check(slices.ContainsFunc(service["LoadCredential"], func(c string) bool { return strings.HasPrefix(c, name) }), "%s without LoadCredential", v)
		default:
			p.check(false, "%s is nothing that systemd sets", v)
		}
		return "/" + strings.ToLower(m[1]) + m[2]
	})
	words := strings.Fields(line)
	p.check(words[0] == binary, "it starts %s, not %s", words[0], binary)
	args, env := words[1:], map[string]string{}
	for _, e := range service["Environment"] {
		name, value, _ := strings.Cut(strings.ReplaceAll(e, "%i", instance), "=")
		env[name] = value
	}
	cache := "/var/cache/" + strings.ReplaceAll(strings.Join(service["CacheDirectory"], ""), "%i", instance)
	p.check(env["TMPDIR"] == cache, "TMPDIR is %q, not the cache folder %q", env["TMPDIR"], cache)
	file := map[string]string{}
	p.add(yaml.UnmarshalStrict([]byte(unitConfig), &file))
	p.add(program.Takes(args, env, unitConfig))
	drain, err := program.Drain(args, env, file)
	p.add(err)
	stop, err := time.ParseDuration(strings.Join(service["TimeoutStopSec"], "") + "s")
	p.add(err)
	p.check(stop > drain, "TimeoutStopSec %v is not longer than --drain (%v)", stop, drain)
}
