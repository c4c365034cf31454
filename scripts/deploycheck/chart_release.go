package deploycheck

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

type autoscalingBehavior = autoscaling.HorizontalPodAutoscalerBehavior

// checkRelease checks what no type can say: that the objects fit each other,
// and the program.
func (p *problems) checkRelease(r *release, program *Program) {
	for _, o := range r.objects {
		p.check(len(o.GetName()) > 0 && len(o.GetName()) <= 63, "the name %q is too long or empty", o.GetName())
		for _, label := range []string{"app.kubernetes.io/name", "app.kubernetes.io/instance", "helm.sh/chart"} {
			p.check(o.GetLabels()[label] != "", "%s: label %s is missing", o.GetName(), label)
		}
	}
	p.check(len(r.deployments) == 2, "there are %d deployments", len(r.deployments))
	for _, name := range slices.Sorted(maps.Keys(r.deployments)) {
		part := p.at(name)
		part.checkWorker(r, name, program)
		p.take(part)
	}
	for _, j := range r.jobs {
		part := p.at(j.Name)
		part.check(j.Annotations["helm.sh/hook"] != "", "it is no hook")
		part.checkPod(r, &j.Spec.Template.Spec, j.Annotations["helm.sh/hook-weight"], program)
		p.take(part)
	}
	p.checkScaling(r, program)
	p.checkMonitors(r)
	for _, n := range r.policies {
		part := p.at("networkpolicy " + n.Name)
		part.checkPolicy(r, n)
		p.take(part)
	}
}

func (p *problems) checkWorker(r *release, name string, program *Program) {
	d := r.deployments[name]
	p.check(selects(d.Spec.Selector, d.Spec.Template.Labels), "its selector does not match its pods")
	for other, o := range r.deployments {
		p.check(other == name || !selects(d.Spec.Selector, o.Spec.Template.Labels), "its selector matches the pods of %s", other)
	}
	spec := &d.Spec.Template.Spec
	p.checkPod(r, spec, "", program)
	c := spec.Containers[0]
	p.check(r.accounts[spec.ServiceAccountName] != nil, "there is no service account %q", spec.ServiceAccountName)
	for what, probe := range map[string]*core.Probe{"startup": c.StartupProbe, "liveness": c.LivenessProbe, "readiness": c.ReadinessProbe} {
		if probe == nil || probe.HTTPGet == nil {
			p.check(false, "%s probe is missing", what)
			continue
		}
		p.check(hasPort(c, probe.HTTPGet.Port.String()), "%s probe: there is no port %s", what, probe.HTTPGet.Port.String())
		want := map[bool]string{true: "/readyz", false: "/livez"}[what == "readiness"]
		p.check(probe.HTTPGet.Path == want, "%s probe asks %s, not %s", what, probe.HTTPGet.Path, want)
	}
	env, file := p.settings(r, spec)
	listens := program.Setting("http", c.Args, env, file)
	for _, port := range c.Ports {
		p.check(strings.HasSuffix(listens, ":"+strconv.Itoa(int(port.ContainerPort))), "it listens at %q, not at port %d", listens, port.ContainerPort)
	}
	drain, err := program.Drain(c.Args, env, file)
	p.add(err)
	grace := spec.TerminationGracePeriodSeconds
	p.check(grace != nil && float64(*grace) > drain.Seconds(), "terminationGracePeriodSeconds is not longer than --drain (%v)", drain)
	// As many parsers as there are processors, each of up to --max-memory.
	limits := c.Resources.Limits
	need := limits.Cpu().Value() << 30
	p.check(!slices.Contains(c.Args, "extract") || limits.Memory().Value() > need, "its memory limit is not over %d GiB, what its parsers may take", need>>30)
	for _, s := range spec.TopologySpreadConstraints {
		p.check(selects(s.LabelSelector, d.Spec.Template.Labels), "the spread over %s is of other pods", s.TopologyKey)
	}
}

// settings returns the environment of a pod and its configuration file.
func (p *problems) settings(r *release, spec *core.PodSpec) (env, file map[string]string) {
	env, file = map[string]string{}, map[string]string{}
	for _, e := range spec.Containers[0].Env {
		env[e.Name] = e.Value
		if e.ValueFrom != nil { // a Secret nobody has here
			env[e.Name] = "nats://user:password@nats:4222"
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(r.config(spec)), "\n") {
		name, value, _ := strings.Cut(line, ": ")
		file[name] = strings.Trim(value, `"`)
	}
	return env, file
}

// config returns the configuration file of a pod.
func (r *release) config(spec *core.PodSpec) string {
	for _, v := range spec.Volumes {
		if v.ConfigMap != nil && r.configs[v.ConfigMap.Name] != nil {
			return r.configs[v.ConfigMap.Name].Data["jixiao.yaml"]
		}
	}
	return ""
}

// checkScaling checks KEDA's objects and the disruption budgets.
func (p *problems) checkScaling(r *release, program *Program) {
	made := map[string]string{} // consumers by deployment
	for _, s := range r.scaled {
		part := p.at("scaledobject " + s.Name)
		d := r.deployments[s.Spec.ScaleTargetRef.Name]
		part.check(d != nil, "there is no deployment %q", s.Spec.ScaleTargetRef.Name)
		part.check(d == nil || d.Spec.Replicas == nil, "the deployment sets its replicas as well")
		part.check(s.Spec.MinReplicaCount >= 1 && s.Spec.MaxReplicaCount >= s.Spec.MinReplicaCount, "replicas from %d to %d", s.Spec.MinReplicaCount, s.Spec.MaxReplicaCount)
		for _, t := range s.Spec.Triggers {
			part.check(t.Type == "nats-jetstream", "the trigger is %q", t.Type)
			for _, key := range []string{"natsServerMonitoringEndpoint", "account", "stream", "consumer", "lagThreshold"} {
				part.check(t.Metadata[key] != "", "%s is missing", key)
			}
			part.add(program.hasConsumer(r.prefix(), t.Metadata["stream"], t.Metadata["consumer"]))
			part.check(d == nil || slices.Contains(d.Spec.Template.Spec.Containers[0].Args, t.Metadata["consumer"]), "it counts what waits for %s", t.Metadata["consumer"])
			made[s.Spec.ScaleTargetRef.Name] = t.Metadata["consumer"]
		}
		p.take(part)
	}
	p.check(len(made) == len(r.scaled), "two scaled objects for one deployment")
	for _, name := range slices.Sorted(maps.Keys(r.deployments)) {
		d := r.deployments[name]
		p.check(len(r.scaled) > 0 && made[name] != "" || len(r.scaled) == 0 && d.Spec.Replicas != nil, "%s: nobody says how many", name)
		n := 0
		for _, b := range r.budgets {
			if selects(b.Spec.Selector, d.Spec.Template.Labels) {
				n++
			}
		}
		p.check(n == 1 || len(r.budgets) == 0, "%d disruption budgets for %s", n, name)
	}
}

// hasConsumer reports a consumer that the program does not make.
func (p *Program) hasConsumer(prefix, stream, consumer string) error {
	key := "names of " + prefix
	if _, ok := p.taken[key]; !ok {
		names, err := p.Names(prefix)
		p.taken[key] = err
		for _, n := range names {
			p.taken[key+n] = nil
		}
	}
	if err := p.taken[key]; err != nil {
		return err
	}
	if _, ok := p.taken[key+"consumer "+stream+"/"+consumer]; !ok {
		return fmt.Errorf("jixiao makes no consumer %s on a stream %s when its prefix is %s", consumer, stream, prefix)
	}
	return nil
}

func (r *release) prefix() string {
	n, _ := r.values["nats"].(map[string]any)
	s, _ := n["prefix"].(string)
	return s
}

// checkMonitors sees that every pod is asked for its metrics, and by whom.
func (p *problems) checkMonitors(r *release) {
	p.check(len(r.services) == 1, "there are %d services", len(r.services))
	for _, s := range r.services {
		for _, d := range r.deployments {
			p.check(labels.SelectorFromSet(s.Spec.Selector).Matches(labels.Set(d.Spec.Template.Labels)), "service %s does not select %s", s.Name, d.Name)
			for _, port := range s.Spec.Ports {
				p.check(hasPort(d.Spec.Template.Spec.Containers[0], port.TargetPort.String()), "service %s: %s has no port %s", s.Name, d.Name, port.TargetPort.String())
			}
		}
		p.check(s.Spec.PublishNotReadyAddresses, "service %s hides what is not ready", s.Name)
		for _, m := range r.monitors {
			p.check(selects(&m.Spec.Selector, s.Labels), "servicemonitor %s does not select service %s", m.Name, s.Name)
			for _, e := range m.Spec.Endpoints {
				known := slices.ContainsFunc(s.Spec.Ports, func(port core.ServicePort) bool { return port.Name == e.Port })
				p.check(known && e.Path == "/metrics", "servicemonitor %s asks port %q at %q", m.Name, e.Port, e.Path)
			}
		}
	}
}

// checkPolicy sees that all is closed but what the pods need.
func (p *problems) checkPolicy(r *release, n *networking.NetworkPolicy) {
	for _, l := range r.labelsOfPods {
		p.check(selects(&n.Spec.PodSelector, l), "it does not hold for pods of %s", l["app.kubernetes.io/component"])
	}
	p.check(slices.Equal(n.Spec.PolicyTypes, []networking.PolicyType{"Ingress", "Egress"}), "its types are %v", n.Spec.PolicyTypes)
	for _, in := range n.Spec.Ingress {
		p.check(len(in.From) > 0 && len(in.Ports) == 1 && in.Ports[0].Port.String() == "http", "more comes in than questions for metrics")
	}
	open := map[string]bool{}
	for _, out := range n.Spec.Egress {
		p.check(len(out.Ports) > 0, "everything may go out")
		for _, port := range out.Ports {
			open[port.Port.String()] = true
		}
	}
	p.check(open["53"], "names cannot be asked for")
	for _, d := range r.deployments {
		_, file := p.settings(r, &d.Spec.Template.Spec)
		for _, list := range []string{file["nats"], file["elastic"]} {
			for _, address := range strings.Split(list, ",") {
				port := address[strings.LastIndexByte(address, ':')+1:]
				p.check(list == "" || open[port], "%s cannot be reached", address)
			}
		}
	}
}

func selects(s *meta.LabelSelector, l map[string]string) bool {
	selector, err := meta.LabelSelectorAsSelector(s)
	return err == nil && !selector.Empty() && selector.Matches(labels.Set(l))
}

func hasPort(c core.Container, name string) bool {
	return slices.ContainsFunc(c.Ports, func(p core.ContainerPort) bool { return p.Name == name || strconv.Itoa(int(p.ContainerPort)) == name })
}
