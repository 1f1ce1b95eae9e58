package knowledge

import (
	"math"
	"slices"
	"sync"
)

// matcher compares a text with the wordings of articles. It is immutable and safe for
// concurrent use.
type matcher struct {
	*lexicon
	shapes  []*shape // by article
	space   *space   // nil where no wording has a meaning
	spread  float32  // the usual one of articles
	scratch *sync.Pool
}

func newMatcher(articles int, leafOf func(article int) leaf) *matcher {
	l, shapes := newLexicon(articles, leafOf)
	m := &matcher{lexicon: l, shapes: shapes, space: newSpace(shapes), scratch: &sync.Pool{}}
	if m.space == nil {
		return m
	}
	several := float32(0)
	for _, s := range shapes {
		s.meanings.place(m.space)
		if spread, ok := s.meanings.spread(); ok {
			several++
			m.spread += (spread - m.spread) / several
		}
	}
	for _, s := range shapes {
		s.spread = m.spreadOf(s)
	}
	return m
}

// spreadOf is the spread of an article's meanings, the usual one where too few tell.
func (m *matcher) spreadOf(s *shape) float32 {
	if spread, ok := s.meanings.spread(); ok {
		return spread
	}
	return m.spread
}

// weighed is one component of a text's vector.
type weighed struct {
	gram   int32
	kind   int8
	weight float32
}

// components returns the known components of a text, in the room given, its length over all grams,
// unknown ones included, being 1 for each kind that the text has.
func (l *lexicon) components(out []weighed, s *sketch) []weighed {
	out = out[:0]
	var square [gramKinds]float32
	for _, g := range s.grams {
		w := g.weight * l.unseen
		if number, ok := l.gram(g.key); ok {
			w = l.value[number]
			if w == 0 {
				continue
			}
			out = append(out, weighed{number, int8(g.kind()), w})
		}
		square[g.kind()] += w * w
	}
	for k := range square {
		square[k] = 1 / float32(math.Sqrt(float64(max(square[k], 1e-12))))
	}
	for i := range out {
		out[i].weight *= square[out[i].kind]
	}
	return out
}

// comparison holds what one text has in common with articles, and the room in which it is
// read and judged. It is lent: give it back with release.
type comparison struct {
	hearing    hearing
	sketch     *sketch
	components []weighed
	common     common
	// unknown is the share of the text's grams, by kind and rarity, that the base
	// does not have.
	unknown [gramKinds]float32
	rarity  []float32 // of the text's terms, as shares of their sum
	classes []float32 // the classifier's probability, by article; empty without one
	lanes   lanesOf
	sums    [][gramKinds]float32 // of the article looked at, by wording
	// point is the text's meaning in the space of the matcher, evidence how much there is
	// to it.
	point    wide
	evidence float32

	found   []int     // articles that may answer
	shared  []float32 // by article: how much of the text's terms it uses; room of a directory
	seen    []bool    // by article; all false between questions
	rows    []features
	scored  []scored
	ranking ranking // the last one
}

// lend returns a comparison for compareIn.
func (m *matcher) lend() *comparison {
	if c, ok := m.scratch.Get().(*comparison); ok {
		return c
	}
	return &comparison{}
}

// compareIn prepares the comparison of a text. It may be called once until the comparison
// is given back.
func (m *matcher) compareIn(c *comparison, s *sketch) {
	c.sketch, c.components, c.classes = s, m.components(c.components, s), c.classes[:0]
	for k := range c.unknown {
		c.unknown[k] = 1
	}
	c.common.fill(c.components, m.value)
	for _, w := range c.components {
		c.unknown[w.kind] -= w.weight * w.weight
	}
	c.evidence = 0
	if m.space != nil && s.meaning != nil {
		v := [vectorSize]float32(s.meaning)
		m.space.place(&v)
		p := newPoint(v[:])
		c.point, c.evidence = p.wide(), s.evidence
	}
	c.rarity = slices.Grow(c.rarity[:0], len(s.terms))[:len(s.terms)]
	total := float32(0)
	for i, t := range s.terms {
		rarity, known := m.term(t)
		if !known {
			rarity = m.unseen
		}
		c.rarity[i] = rarity
		total += rarity
	}
	for i := range c.rarity {
		c.rarity[i] /= total
	}
}

func (m *matcher) release(c *comparison) {
	c.common.empty()
	m.scratch.Put(c)
}

// having is how many articles have something of this rarity.
func (m *matcher) having(rarity float32) float64 {
	return float64(len(m.shapes)+1)/math.Exp(float64(rarity)) - 0.5
}

// with returns the matcher after changes: shapes of the new articles in order, where
// those of unchanged ones are taken over and nil stands for one to be made.
func (m *matcher) with(shapes []*shape, leafOf func(article int) leaf) *matcher {
	var made []int
	var leaves []leaf
	for a, s := range shapes {
		if s == nil {
			made = append(made, a)
			leaves = append(leaves, leafOf(a))
		}
	}
	l, fresh := m.grown(leaves)
	for i, a := range made {
		shapes[a] = fresh[i]
		if m.space != nil {
			fresh[i].meanings.place(m.space)
			fresh[i].spread = m.spreadOf(fresh[i])
		}
	}
	return &matcher{lexicon: l, shapes: shapes, space: m.space, spread: m.spread, scratch: m.scratch}
}
