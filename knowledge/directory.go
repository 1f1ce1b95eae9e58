package knowledge

import (
	"cmp"
	"slices"
)

// directory finds articles that share terms with a text, as the index does, for a
// rehearsal: it is made in memory for each fold and thrown away.
type directory map[uint32][]int32

func newDirectory(m *matcher) directory {
	d := directory{}
	for a, s := range m.shapes {
		for _, u := range s.terms {
			d[u.term] = append(d[u.term], int32(a))
		}
	}
	return d
}

// find returns the articles that share the rarest terms with a compared text, at most
// limit, best first.
func (d directory) find(c *comparison, limit int) []int {
	shared := map[int]float32{}
	for i, term := range c.sketch.terms {
		for _, a := range d[term] {
			shared[int(a)] += c.rarity[i]
		}
	}
	found := make([]int, 0, len(shared))
	for a := range shared {
		found = append(found, a)
	}
	slices.SortFunc(found, func(a, b int) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
	return found[:min(limit, len(found))]
}
