package main

import (
	"math"
	"slices"

	"jixiao/extractors/check"
	"jixiao/internal/eval"
)

// A problem is the values to fit weights to, as rows of a matrix.
type problem struct {
	names [][2]string // group and name of the columns; the first is the base
	rows  [][]entry
	right []float64
}

// An entry is one number of a row that is not zero.
type entry struct {
	column int
	amount float64
}

// newProblem sets the values up. Features that fewer than least of them have
// are left out: nothing can be learned about them.
func newProblem(seen []eval.Seen, least int) *problem {
	count := map[[2]string]int{}
	for i := range seen {
		seen[i].Features(func(group, name string, _ float64) { count[[2]string{group, name}]++ })
	}
	p := &problem{names: make([][2]string, 1)}
	for name, n := range count {
		if n >= least {
			p.names = append(p.names, name)
		}
	}
	slices.SortFunc(p.names, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	column := map[[2]string]int{}
	for i, name := range p.names {
		column[name] = i
	}
	for i := range seen {
		row := []entry{{0, 1}}
		seen[i].Features(func(group, name string, amount float64) {
			if c, ok := column[[2]string{group, name}]; ok {
				row = append(row, entry{c, amount})
			}
		})
		p.rows = append(p.rows, row)
		p.right = append(p.right, truth(seen[i].Right))
	}
	return p
}

func truth(right bool) float64 {
	if right {
		return 1
	}
	return 0
}

// fit returns the weights under which the values are likeliest, where a weight
// of w costs pull·w²/2: what few values say moves its weight little. The base
// is free. Newton's method, from zero; the sum is convex, so the answer is the
// only one.
func (p *problem) fit(pull float64) check.Model {
	const steps, close = 50, 1e-9
	w := make([]float64, len(p.names))
	for range steps {
		gradient, curve := p.slope(w, pull)
		step := solve(curve, gradient)
		largest := 0.0
		for i := range w {
			w[i] -= step[i]
			largest = math.Max(largest, math.Abs(step[i]))
		}
		if largest < close {
			break
		}
	}
	m := check.Model{Base: w[0], Weights: map[string]map[string]float64{}}
	for i, name := range p.names[1:] {
		if m.Weights[name[0]] == nil {
			m.Weights[name[0]] = map[string]float64{}
		}
		m.Weights[name[0]][name[1]] = w[i+1]
	}
	return m
}

// slope returns the first and second derivatives of the cost at w.
func (p *problem) slope(w []float64, pull float64) (gradient []float64, curve [][]float64) {
	gradient = make([]float64, len(w))
	curve = make([][]float64, len(w))
	for i := range curve {
		curve[i] = make([]float64, len(w))
		if i > 0 {
			gradient[i], curve[i][i] = pull*w[i], pull
		}
	}
	for r, row := range p.rows {
		sum := 0.0
		for _, e := range row {
			sum += w[e.column] * e.amount
		}
		said := 1 / (1 + math.Exp(-sum))
		for _, e := range row {
			gradient[e.column] += (said - p.right[r]) * e.amount
			for _, f := range row {
				curve[e.column][f.column] += said * (1 - said) * e.amount * f.amount
			}
		}
	}
	return gradient, curve
}

// solve returns x with a·x = b for a positive definite a, by elimination.
func solve(a [][]float64, b []float64) []float64 {
	x := slices.Clone(b)
	for i := range a {
		for j := i + 1; j < len(a); j++ {
			if a[j][i] == 0 {
				continue
			}
			q := a[j][i] / a[i][i]
			for k := i; k < len(a); k++ {
				a[j][k] -= q * a[i][k]
			}
			x[j] -= q * x[i]
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := i + 1; k < len(a); k++ {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}
