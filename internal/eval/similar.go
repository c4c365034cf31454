package eval

// enough is how alike two texts must be to count as one.
const enough = 0.85

// similarity returns how alike two values are as texts, 0 to 1: twice the
// characters in common runs over all characters, 0 where the lengths alone
// rule out that it is enough.
func similarity(x, y any) float64 {
	s, t := bare(x), bare(y)
	if s == t {
		return 1
	}
	if s == "" || t == "" {
		return 0
	}
	a, b := []rune(s), []rune(t)
	q := float64(min(len(a), len(b))) / float64(max(len(a), len(b)))
	if q*2/(1+q) < enough {
		return 0
	}
	return 2 * float64(common(a, b)) / float64(len(a)+len(b))
}

// common returns how many characters stand in matching runs: the longest run
// that a and b share, then the longest ones before and behind it, and so on
// (Ratcliff and Obershelp's gestalt matching).
func common(a, b []rune) int {
	where := make(map[rune][]int, len(b))
	for j, r := range b {
		where[r] = append(where[r], j)
	}
	total := 0
	todo := [][4]int{{0, len(a), 0, len(b)}}
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		i, j, n := longest(a, where, p)
		if n == 0 {
			continue
		}
		total += n
		todo = append(todo, [4]int{p[0], i, p[2], j}, [4]int{i + n, p[1], j + n, p[3]})
	}
	return total
}

// longest returns the longest run that a[p[0]:p[1]] shares with b[p[2]:p[3]],
// the earliest in a, then in b, of equal ones. where has the places in b.
func longest(a []rune, where map[rune][]int, p [4]int) (besti, bestj, size int) {
	before := map[int]int{} // lengths of the runs that end at a[i-1] and b[j]
	for i := p[0]; i < p[1]; i++ {
		runs := make(map[int]int, len(before))
		for _, j := range where[a[i]] {
			if j < p[2] {
				continue
			}
			if j >= p[3] {
				break
			}
			n := before[j-1] + 1
			runs[j] = n
			if n > size {
				besti, bestj, size = i-n+1, j-n+1, n
			}
		}
		before = runs
	}
	return besti, bestj, size
}
