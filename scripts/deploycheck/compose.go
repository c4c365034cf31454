package deploycheck

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// composeFiles are the two ways to run it with Docker.
var composeFiles = []string{"deploy/compose.yaml", "deploy/compose.cluster.yaml"}

// ours is the image that the Dockerfile makes.
const ours = "jixiao:local"

// Compose checks the compose files.
func Compose(t Tree, program *Program) error {
	p := &problems{what: "deploy"}
	img, err := imageOf(t)
	p.add(err)
	for _, file := range composeFiles {
		one := &problems{what: file}
		project, err := composeProject(file, t[file])
		if err != nil {
			one.add(err)
			p.take(one)
			continue
		}
		built := false
		for _, name := range slices.Sorted(maps.Keys(project.Services)) {
			s := project.Services[name]
			part := one.at(name)
			part.checkService(t, project, s)
			if s.Image == ours {
				part.checkJixiao(s, img, program)
				built = built || s.Build != nil
			}
			one.take(part)
		}
		one.check(built, "no service builds %s", ours)
		one.checkSecrets(t, project)
		p.take(one)
	}
	return p.err()
}

func composeProject(file, content string) (*types.Project, error) {
	return loader.LoadWithContext(context.Background(), types.ConfigDetails{
		WorkingDir:  "/deploy",
		ConfigFiles: []types.ConfigFile{{Filename: file, Content: []byte(content)}},
		Environment: types.Mapping{"NATS_PASSWORD": "k123"},
	}, func(o *loader.Options) { o.Profiles = []string{"*"} })
}

// checkService checks what holds for every container.
func (p *problems) checkService(t Tree, project *types.Project, s types.ServiceConfig) {
	p.check(s.Image == ours || pinned.MatchString(s.Image), "image %q is not pinned to a version", s.Image)
	p.check(slices.Equal(s.CapDrop, []string{"ALL"}), "cap_drop is %v, not [ALL]", s.CapDrop)
	p.check(slices.Contains(s.SecurityOpt, "no-new-privileges:true"), "security_opt lacks no-new-privileges")
	p.check(!s.Privileged && s.NetworkMode == "" && s.Pid == "", "it shares the host's privileges or namespaces")
	p.check(s.ReadOnly || strings.HasPrefix(s.Image, "elasticsearch:"), "its root is not read-only")
	p.check(s.MemLimit > 0 && s.PidsLimit > 0, "mem_limit or pids_limit is missing")
	p.check(s.Restart != "", "restart is missing")
	for _, port := range s.Ports {
		p.check(port.HostIP == "127.0.0.1", "port %s is open to everybody", port.Published)
	}
	for name, on := range s.DependsOn {
		other := project.Services[name]
		forever := other.Restart == types.RestartPolicyUnlessStopped || other.Restart == types.RestartPolicyAlways
		p.check(on.Condition != types.ServiceConditionHealthy || other.HealthCheck != nil, "it waits for %s to be healthy, which has no healthcheck", name)
		p.check(on.Condition != types.ServiceConditionCompletedSuccessfully || !forever, "it waits for the end of %s, which is started again for ever", name)
	}
	for _, v := range s.Volumes {
		if v.Type == types.VolumeTypeBind {
			p.check(t.has(strings.TrimPrefix(v.Source, "/")), "volume %s: there is no such file", v.Source)
			p.check(v.ReadOnly, "volume %s can be written", v.Source)
		}
	}
}

// checkJixiao checks a container of the program itself.
func (p *problems) checkJixiao(s types.ServiceConfig, img image, program *Program) {
	env := maps.Clone(img.env)
	for name, value := range s.Environment {
		if value != nil {
			env[name] = *value
		}
	}
	p.add(program.Takes(s.Command, env, ""))
	p.check(s.User == img.user, "user is %q, the image's is %q", s.User, img.user)
	p.check(len(s.Entrypoint) == 0, "the entrypoint is replaced")
	for _, folder := range []string{env["JIXIAO_CACHE"], env["TMPDIR"]} {
		p.check(folder != "" && writable(s, folder), "%q cannot be written", folder)
	}
	remote := program.Setting("store", s.Command, env, nil) == "nats" && program.Setting("elastic", s.Command, env, nil) != ""
	works := s.Command[0] == "serve" || s.Command[0] == "worker"
	p.check(!works || remote || writable(s, env["JIXIAO_DATA"]), "the data folder %q cannot be written", env["JIXIAO_DATA"])
	p.check(!works || s.DependsOn["init"].Condition == types.ServiceConditionCompletedSuccessfully, "it does not wait for init")
	p.check(s.Command[0] != "worker" || program.Setting("nats", s.Command, env, nil) != "", "a worker needs the address of a NATS server")
	drain, err := program.Drain(s.Command, env, nil)
	p.add(err)
	p.check(!works || s.StopGracePeriod != nil && time.Duration(*s.StopGracePeriod) > drain, "stop_grace_period is not longer than --drain (%v)", drain)
	p.check(!works || s.HealthCheck != nil, "healthcheck is missing")
	if h := s.HealthCheck; h != nil {
		p.check(len(h.Test) > 1 && h.Test[0] == "CMD" && h.Test[1] == binary, "healthcheck %v does not run %s", h.Test, binary)
		if len(h.Test) > 2 {
			p.add(program.Takes(h.Test[2:], env, ""))
		}
	}
	for _, value := range env {
		if name, ok := strings.CutPrefix(value, "/run/secrets/"); ok {
			p.check(slices.ContainsFunc(s.Secrets, func(c types.ServiceSecretConfig) bool { return c.Source == name }), "secret %s is not given to it", name)
		}
	}
}

// writable reports whether folder is below a mount that can be written.
func writable(s types.ServiceConfig, folder string) bool {
	under := func(mount string) bool { return folder == mount || strings.HasPrefix(folder, mount+"/") }
	for _, m := range s.Tmpfs {
		mount, _, _ := strings.Cut(m, ":")
		if under(mount) {
			return true
		}
	}
	return slices.ContainsFunc(s.Volumes, func(v types.ServiceVolumeConfig) bool { return !v.ReadOnly && under(v.Target) })
}

// checkSecrets sees that secrets are files that secrets.sh makes, and no text
// of the repository.
func (p *problems) checkSecrets(t Tree, project *types.Project) {
	for name, s := range project.Secrets {
		p.check(path.Dir(s.File) == "/deploy/secrets", "secret %s is not a file in secrets/", name)
		p.check(slices.Contains(strings.FieldsFunc(t["deploy/secrets.sh"], func(r rune) bool { return strings.ContainsRune(" ;\n", r) }), path.Base(s.File)), "secret %s is not made by secrets.sh", name)
	}
	p.check(!t.has("deploy/secrets") && !t.has("deploy/.env") || strings.Contains(t["deploy/.gitignore"], "/secrets/"), "secrets would be committed")
}
