package deploycheck

import (
	"path"
	"slices"
	"strconv"
	"strings"

	core "k8s.io/api/core/v1"
)

// checkPod checks what holds for every pod. weight is that of the hook that
// makes it, "" for none.
func (p *problems) checkPod(r *release, spec *core.PodSpec, weight string, program *Program) {
	p.check(spec.AutomountServiceAccountToken != nil && !*spec.AutomountServiceAccountToken, "it gets a token of its service account")
	p.check(spec.EnableServiceLinks != nil && !*spec.EnableServiceLinks, "enableServiceLinks is on: variables of a service named jixiao would be refused")
	p.check(!spec.HostNetwork && !spec.HostPID && !spec.HostIPC, "it shares namespaces of the host")
	if s := spec.SecurityContext; s == nil || s.RunAsNonRoot == nil || !*s.RunAsNonRoot || s.RunAsUser == nil || *s.RunAsUser == 0 ||
		s.FSGroup == nil || s.SeccompProfile == nil || s.SeccompProfile.Type != core.SeccompProfileTypeRuntimeDefault {
		p.check(false, "securityContext of the pod lacks non-root, fsGroup or seccomp")
	}
	if len(spec.Containers) != 1 || len(spec.InitContainers) > 0 {
		p.check(false, "it has %d containers", len(spec.Containers)+len(spec.InitContainers))
		return
	}
	c := spec.Containers[0]
	p.checkContainer(c)
	p.checkVolumes(r, spec, weight)
	env, file := p.settings(r, spec)
	p.add(program.Takes(c.Args, env, r.config(spec)))
	p.checkPaths(c, env, file)
}

func (p *problems) checkContainer(c core.Container) {
	if s := c.SecurityContext; s == nil || s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation || s.ReadOnlyRootFilesystem == nil ||
		!*s.ReadOnlyRootFilesystem || s.Capabilities == nil || !slices.Equal(s.Capabilities.Drop, []core.Capability{"ALL"}) || len(s.Capabilities.Add) > 0 {
		p.check(false, "securityContext of the container lacks read-only root, no escalation or no capabilities")
	}
	p.check(len(c.Command) == 0, "the image's entrypoint is replaced")
	p.check(pinned.MatchString(c.Image) || strings.Contains(c.Image, "@sha256:"), "image %q is not pinned to a version", c.Image)
	p.check(!c.Resources.Limits.Memory().IsZero() && !c.Resources.Requests.Cpu().IsZero() && !c.Resources.Requests.Memory().IsZero(), "requests or limits are missing")
}

func (p *problems) checkVolumes(r *release, spec *core.PodSpec, weight string) {
	mounted := map[string]bool{}
	for _, m := range spec.Containers[0].VolumeMounts {
		mounted[m.Name] = true
		p.check(slices.ContainsFunc(spec.Volumes, func(v core.Volume) bool { return v.Name == m.Name }), "mount %s has no volume", m.Name)
	}
	for _, v := range spec.Volumes {
		p.check(mounted[v.Name], "volume %s is not mounted", v.Name)
		switch {
		case v.ConfigMap != nil:
			config := r.configs[v.ConfigMap.Name]
			p.check(config != nil, "there is no ConfigMap %q", v.ConfigMap.Name)
			if config != nil && weight != "" {
				w, err := strconv.Atoi(config.Annotations["helm.sh/hook-weight"])
				own, _ := strconv.Atoi(weight)
				p.check(err == nil && w < own, "ConfigMap %q is not there yet when the hook runs", config.Name)
			}
		case v.Secret != nil:
			p.check(v.Secret.SecretName != "" && v.Secret.DefaultMode != nil && *v.Secret.DefaultMode&0o007 == 0, "secret %s has no name or is open to everybody", v.Name)
		case v.EmptyDir != nil:
			p.check(v.EmptyDir.SizeLimit != nil, "volume %s has no limit", v.Name)
		default:
			p.check(false, "volume %s is of a kind that is not expected", v.Name)
		}
	}
}

// checkPaths sees that every path in the settings is below a mount.
func (p *problems) checkPaths(c core.Container, env, file map[string]string) {
	writable := func(name string) bool {
		return slices.ContainsFunc(c.VolumeMounts, func(m core.VolumeMount) bool { return m.MountPath == name && !m.ReadOnly })
	}
	p.check(env["TMPDIR"] != "" && writable(env["TMPDIR"]), "TMPDIR %q cannot be written", env["TMPDIR"])
	p.check(file["cache"] != "" && writable(file["cache"]), "cache %q cannot be written", file["cache"])
	for _, value := range append([]string{env["JIXIAO_CONFIG"]}, file["nats-creds"], file["nats-ca"], file["nats-cert"], file["nats-key"],
		file["elastic-ca"], file["elastic-password-file"], file["elastic-api-key-file"]) {
		p.check(value == "" || slices.ContainsFunc(c.VolumeMounts, func(m core.VolumeMount) bool { return m.MountPath == path.Dir(value) }), "nothing is mounted at %s", value)
	}
}
