package deploycheck

import (
	"embed"
	"errors"
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

const chartFolder = "deploy/helm/jixiao"

// valueSets are what the chart is rendered with, and what it must refuse.
//
//go:embed testdata/values testdata/refused
var valueSets embed.FS

// Chart checks the Helm chart with every set of values.
func Chart(t Tree, program *Program) error {
	p := &problems{what: chartFolder}
	c, err := loadChart(t)
	if err != nil {
		p.add(err)
		return p.err()
	}
	p.eachSet("testdata/values", func(part *problems, values map[string]any) {
		r, err := render(c, values)
		part.add(err)
		if err == nil {
			part.checkRelease(r, program)
		}
	})
	p.eachSet("testdata/refused", func(part *problems, values map[string]any) {
		_, err := render(c, values)
		part.check(err != nil, "these values are taken")
	})
	return p.err()
}

func (p *problems) eachSet(folder string, do func(*problems, map[string]any)) {
	entries, err := valueSets.ReadDir(folder)
	p.add(err)
	for _, e := range entries {
		part := p.at(path.Base(folder) + "/" + e.Name())
		b, err := valueSets.ReadFile(path.Join(folder, e.Name()))
		part.add(err)
		var values map[string]any
		part.add(yaml.UnmarshalStrict(b, &values))
		do(part, values)
		p.take(part)
	}
}

func loadChart(t Tree) (*chart.Chart, error) {
	var files []*loader.BufferedFile
	for name, content := range t.below(chartFolder) {
		files = append(files, &loader.BufferedFile{Name: name, Data: []byte(content)})
	}
	c, err := loader.LoadFiles(files)
	if err != nil {
		return nil, err
	}
	return c, errors.Join(c.Validate(), strictMetadata(t))
}

func strictMetadata(t Tree) error {
	return yaml.UnmarshalStrict([]byte(t[chartFolder+"/Chart.yaml"]), &chart.Metadata{})
}

// A release is what the chart makes of a set of values.
type release struct {
	values       map[string]any
	objects      []object
	configs      map[string]*core.ConfigMap
	accounts     map[string]*core.ServiceAccount
	services     []*core.Service
	deployments  map[string]*apps.Deployment
	jobs         []*batch.Job
	budgets      []*policy.PodDisruptionBudget
	policies     []*networking.NetworkPolicy
	monitors     []*monitoring.ServiceMonitor
	scaled       []*scaledObject
	labelsOfPods []map[string]string
}

// An object is what all objects have.
type object interface{ meta.Object }

// A scaledObject is KEDA's, as far as the chart uses it; KEDA's own types bring
// its whole operator with them.
type scaledObject struct {
	meta.TypeMeta   `json:",inline"`
	meta.ObjectMeta `json:"metadata"`
	Spec            struct {
		ScaleTargetRef  struct{ Name string } `json:"scaleTargetRef"`
		PollingInterval int32                 `json:"pollingInterval"`
		MinReplicaCount int32                 `json:"minReplicaCount"`
		MaxReplicaCount int32                 `json:"maxReplicaCount"`
		Fallback        struct {
			FailureThreshold int32 `json:"failureThreshold"`
			Replicas         int32 `json:"replicas"`
		} `json:"fallback"`
		Advanced struct {
			HorizontalPodAutoscalerConfig struct {
				Behavior autoscalingBehavior `json:"behavior"`
			} `json:"horizontalPodAutoscalerConfig"`
		} `json:"advanced"`
		Triggers []struct {
			Type     string            `json:"type"`
			Metadata map[string]string `json:"metadata"`
		} `json:"triggers"`
	} `json:"spec"`
}

// render makes the objects of a release named "fin".
func render(c *chart.Chart, values map[string]any) (*release, error) {
	v, err := chartutil.ToRenderValues(c, values, chartutil.ReleaseOptions{Name: "fin", Namespace: "reports", Revision: 1, IsInstall: true}, chartutil.DefaultCapabilities.Copy())
	if err != nil {
		return nil, err
	}
	files, err := engine.Engine{Strict: true}.Render(c, v)
	if err != nil {
		return nil, err
	}
	all, err := v.Table("Values")
	if err != nil {
		return nil, err
	}
	r := &release{values: all, configs: map[string]*core.ConfigMap{}, accounts: map[string]*core.ServiceAccount{}, deployments: map[string]*apps.Deployment{}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".yaml") {
			if strings.TrimSpace(files[name]) == "" && strings.HasSuffix(name, ".txt") {
				return nil, fmt.Errorf("%s is empty", name)
			}
			continue
		}
		for _, doc := range regexp.MustCompile(`(?m)^---$`).Split(files[name], -1) {
			if err := r.decode(doc); err != nil {
				return nil, fmt.Errorf("%s: %w\n%s", name, err, doc)
			}
		}
	}
	return r, nil
}

// decode reads one object with Kubernetes' own type, which must know every key.
func (r *release) decode(doc string) error {
	var head meta.TypeMeta
	if err := yaml.Unmarshal([]byte(doc), &head); err != nil {
		return err
	}
	into := map[string]object{
		"": nil, "v1/ConfigMap": &core.ConfigMap{}, "v1/ServiceAccount": &core.ServiceAccount{}, "v1/Service": &core.Service{},
		"apps/v1/Deployment": &apps.Deployment{}, "batch/v1/Job": &batch.Job{}, "policy/v1/PodDisruptionBudget": &policy.PodDisruptionBudget{},
		"networking.k8s.io/v1/NetworkPolicy":      &networking.NetworkPolicy{},
		"monitoring.coreos.com/v1/ServiceMonitor": &monitoring.ServiceMonitor{}, "keda.sh/v1alpha1/ScaledObject": &scaledObject{},
	}
	if head.Kind == "" {
		var rest any
		if err := yaml.Unmarshal([]byte(doc), &rest); err != nil || rest != nil {
			return fmt.Errorf("an object without a kind: %w", err)
		}
		return nil
	}
	o := into[head.APIVersion+"/"+head.Kind]
	if o == nil {
		return fmt.Errorf("%s %s is not expected", head.APIVersion, head.Kind)
	}
	if err := yaml.UnmarshalStrict([]byte(doc), o); err != nil {
		return err
	}
	r.objects = append(r.objects, o)
	r.keep(o)
	return nil
}

func (r *release) keep(o object) {
	switch o := o.(type) {
	case *core.ConfigMap:
		r.configs[o.Name] = o
	case *core.ServiceAccount:
		r.accounts[o.Name] = o
	case *core.Service:
		r.services = append(r.services, o)
	case *apps.Deployment:
		r.deployments[o.Name] = o
		r.labelsOfPods = append(r.labelsOfPods, o.Spec.Template.Labels)
	case *batch.Job:
		r.jobs = append(r.jobs, o)
	case *policy.PodDisruptionBudget:
		r.budgets = append(r.budgets, o)
	case *networking.NetworkPolicy:
		r.policies = append(r.policies, o)
	case *monitoring.ServiceMonitor:
		r.monitors = append(r.monitors, o)
	case *scaledObject:
		r.scaled = append(r.scaled, o)
	default:
		panic(reflect.TypeOf(o).String())
	}
}
