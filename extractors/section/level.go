package section

import "jixiao/extractors/passage"

// levels gives headings that lost their number the level of the gap that their
// neighbours leave: between (一) and (三) one without number is the missing
// (二), and before the first (一) it is the missing 一、.
func levels(heads []head) {
	for i := range heads {
		if heads[i].marker.Style != passage.NoStyle || heads[i].role == Sign {
			continue
		}
		if j := missing(heads, i); j >= 0 {
			heads[i].level = heads[j].level
		}
	}
	if len(heads) > 1 && heads[0].marker.Style == passage.NoStyle && heads[1].marker.Style != passage.NoStyle && heads[1].marker.Num == 1 && heads[1].marker.Style != passage.Part && heads[1].marker.Style != passage.Han {
		lower(heads, 1)
	}
	for i := range heads { // a level can only grow by one
		if i == 0 {
			heads[i].level = 1
		} else if heads[i].level > heads[i-1].level+1 {
			heads[i].level = heads[i-1].level + 1
		}
	}
}

// missing returns the heading before i whose number is two below that of the
// next one of its style, so that i is the one between; -1 if there is none.
func missing(heads []head, i int) int {
	for k := i + 1; k < len(heads) && k < i+30; k++ {
		m := heads[k].marker
		if m.Style == passage.NoStyle || m.Num < 3 {
			continue
		}
		for j := i - 1; j >= max(0, i-200); j-- {
			p := heads[j].marker
			if p.Style == m.Style && p.Depth == m.Depth {
				if p.Num == m.Num-2 {
					return j
				}
				break
			}
		}
	}
	return -1
}

// lower puts the headings from i on, up to the next of the outermost level
// that is no longer in the style of heads[i], one level down.
func lower(heads []head, i int) {
	style := heads[i].marker.Style
	for k := i; k < len(heads); k++ {
		m := heads[k].marker
		if m.Style != passage.NoStyle && m.Style < style || heads[k].role == Sign {
			return
		}
		heads[k].level++
	}
}
