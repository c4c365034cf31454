package record

import "slices"

// Names returns the different names of subs, in order.
func Names(subs []Submission) []string {
	return distinct(subs, func(s Submission) string { return s.Name })
}

// Batches returns the different batches of subs, in order. Being in none is no
// batch.
func Batches(subs []Submission) []string {
	return distinct(subs, func(s Submission) string { return s.Batch })
}

func distinct(subs []Submission, of func(Submission) string) []string {
	all := []string{}
	for _, s := range subs {
		if v := of(s); v != "" && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}
