package deploycheck

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

const dockerfile = "deploy/Dockerfile"

// pinned is an image of Docker's own library or of this machine, with a tag
// that is a version.
var pinned = regexp.MustCompile(`^[a-z0-9][a-z0-9_/-]*:v?\d[\w.-]*$`)

// binary is where every file under deploy/ expects the program.
const binary = "/usr/bin/jixiao"

// An image is what a container inherits from the Dockerfile.
type image struct {
	user    string
	env     map[string]string
	workdir string
}

// Dockerfile checks the Dockerfile.
func Dockerfile(t Tree) error {
	p := &problems{what: dockerfile}
	stages, err := stagesOf(t)
	if err != nil {
		p.add(err)
		return p.err()
	}
	names := map[string]bool{"scratch": true}
	for _, s := range stages {
		p.check(names[s.BaseName] || pinned.MatchString(s.BaseName), "base image %q is not pinned to a version", s.BaseName)
		names[s.Name] = true
		for _, c := range s.Commands {
			if c, ok := c.(*instructions.CopyCommand); ok && c.From == "" {
				for _, src := range c.SourcePaths {
					p.check(t.has(src), "COPY %s: there is no such file", src)
				}
			} else if ok {
				p.check(names[c.From], "COPY --from=%s: there is no such stage", c.From)
			}
		}
	}
	p.checkGo(t, stages[0])
	p.checkFinal(stages[len(stages)-1])
	return p.err()
}

func stagesOf(t Tree) ([]instructions.Stage, error) {
	r, err := parser.Parse(strings.NewReader(t[dockerfile]))
	if err != nil {
		return nil, err
	}
	for _, w := range r.Warnings {
		return nil, fmt.Errorf("%s", w.Short)
	}
	stages, _, err := instructions.Parse(r.AST, nil)
	return stages, err
}

// checkGo compares the compiler with the one that go.mod asks for.
func (p *problems) checkGo(t Tree, build instructions.Stage) {
	m := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(t["go.mod"])
	p.check(m != nil && strings.HasPrefix(build.BaseName, "golang:"+m[1]), "base image %q is not the Go of go.mod", build.BaseName)
}

func (p *problems) checkFinal(s instructions.Stage) {
	p.check(s.BaseName == "scratch", "the last stage is from %q: scratch has no shell", s.BaseName)
	img, put := image{env: map[string]string{}}, map[string]bool{}
	var entry []string
	for _, c := range s.Commands {
		switch c := c.(type) {
		case *instructions.UserCommand:
			img.user = c.User
		case *instructions.WorkdirCommand:
			img.workdir = c.Path
		case *instructions.EntrypointCommand:
			entry = c.CmdLine
			p.check(!c.PrependShell, "ENTRYPOINT wants a shell: there is none")
		case *instructions.CmdCommand:
			p.check(!c.PrependShell, "CMD wants a shell: there is none")
		case *instructions.RunCommand:
			p.check(false, "RUN in the last stage: there is no shell")
		case *instructions.CopyCommand:
			put[c.DestPath] = true
			owned := c.DestPath == "/var/lib/jixiao" || c.DestPath == "/var/cache/jixiao"
			p.check(owned == (c.Chown == "65532:65532"), "COPY to %s: owner is %q", c.DestPath, c.Chown)
		}
	}
	p.check(regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(img.user), "USER %q is not a number that is not root, so that runAsNonRoot can see it", img.user)
	p.check(len(entry) == 1 && entry[0] == binary, "ENTRYPOINT is %q, not %s", entry, binary)
	p.check(put["/usr"] || put[path.Dir(binary)] || put[binary], "nothing is copied to %s", binary)
	p.check(put["/etc"], "certificates of authorities are missing")
}

// imageOf returns what the last stage says about the containers.
func imageOf(t Tree) (image, error) {
	img := image{env: map[string]string{}}
	stages, err := stagesOf(t)
	if err != nil {
		return img, err
	}
	for _, c := range stages[len(stages)-1].Commands {
		switch c := c.(type) {
		case *instructions.EnvCommand:
			for _, kv := range c.Env {
				img.env[kv.Key] = kv.Value
			}
		case *instructions.UserCommand:
			img.user = c.User
		case *instructions.WorkdirCommand:
			img.workdir = c.Path
		}
	}
	return img, nil
}
