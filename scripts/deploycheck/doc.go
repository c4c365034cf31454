// Package deploycheck reads everything under deploy/ with the parsers of the
// programs it is meant for, and compares it with what jixiao itself takes: its
// flags and settings, its metrics, the names it gives streams and consumers.
//
// Limits: no image is built or pulled and nothing is started on a cluster. That
// a tag exists, or that a cluster's admission rules let a pod in, is not seen.
//
// The package is a module of its own so that Kubernetes, Helm, Compose and
// Prometheus do not become dependencies of the product.
package deploycheck
