package knowledge

import (
	"cmp"
	"slices"
)

// directory finds articles that share terms with a text, as the index does, for a
// rehearsal: it is made in memory for each fold and thrown away. It is immutable.
type directory struct {
	articles int
	having   map[uint32][]int32 // articles by term
}

func newDirectory(m *matcher) directory {
	d := directory{len(m.shapes), map[uint32][]int32{}}
	for a, s := range m.shapes {
		for _, u := range s.terms {
			d.having[u.term] = append(d.having[u.term], int32(a))
		}
	}
	return d
}

// find returns the articles that share the rarest terms with a compared text, at most
// limit, best first.
func (d directory) find(c *comparison, limit int) []int {
	c.shared = slices.Grow(c.shared[:0], d.articles)[:d.articles]
	clear(c.shared)
	for i, term := range c.sketch.terms {
		for _, a := range d.having[term] {
			c.shared[a] += c.rarity[i]
		}
	}
	found := make([]int, 0, limit+1)
	for a, shared := range c.shared {
		if shared > 0 {
			found = inserted(found, a, limit, func(a, b int) int { return cmp.Compare(c.shared[b], c.shared[a]) })
		}
	}
	return found
}
