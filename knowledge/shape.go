package knowledge

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// leaf is what is compared of one article: its wordings (the question first) and the
// terms of its question and answer, repeated as often as they occur.
type leaf struct {
	texts []*sketch
	body  []uint32
}

// shape is a leaf in the numbers of a lexicon. It is immutable once scaled.
type shape struct {
	blocks   []block              // blockSize wordings each
	scale    [][gramKinds]float32 // by wording: makes its vector's length 1 in each kind
	centre   [gramKinds]float32   // length of the sum of the wordings' vectors
	terms    []termUse            // by term
	wordings float32              // number of terms in the wordings
	body     float32              // number of terms in question and answer
	meanings meanings             // in the space of the matcher
	spread   float32              // of the meanings, 0..1
}

// termUse says how often an article uses a term.
type termUse struct {
	term            uint32
	inWording, body uint16
}

// newShape counts a leaf. The lexicon that gives the numbers must scale it.
func newShape(l leaf, on *ground, number func(gram) int32) *shape {
	s := &on.shapes.take(1)[0]
	s.scale = on.scale.take(len(l.texts))
	s.blocks = on.blocks.take((len(l.texts) + blockSize - 1) / blockSize)[:0]
	for texts := range slices.Chunk(l.texts, blockSize) {
		all := on.grams[:0]
		for i, text := range texts {
			for _, g := range text.grams {
				all = append(all, uint64(number(g))*blockSize+uint64(i))
			}
		}
		s.blocks = append(s.blocks, newBlock(all, on))
		on.grams = all
	}
	s.countTerms(l, on)
	s.meanings = newMeanings(l, on)
	return s
}

func (s *shape) countTerms(l leaf, on *ground) {
	all := on.uses[:0]
	for _, text := range l.texts {
		for _, t := range text.terms {
			all = append(all, termUse{term: t, inWording: 1})
		}
		s.wordings += float32(len(text.terms))
	}
	for _, t := range l.body {
		all = append(all, termUse{term: t, body: 1})
	}
	on.uses = all
	s.body = float32(len(l.body))
	slices.SortFunc(all, func(a, b termUse) int { return cmp.Compare(a.term, b.term) })
	once := all[:0]
	for _, u := range all {
		if n := len(once); n > 0 && once[n-1].term == u.term {
			once[n-1].inWording += u.inWording
			once[n-1].body += u.body
			continue
		}
		once = append(once, u)
	}
	s.terms = on.terms.take(len(once))
	copy(s.terms, once)
}

// each calls do for each gram of the article with the wordings that have it; texts are
// do's until it returns. A gram comes once for each block.
func (s *shape) each(do func(gram int32, texts []int)) {
	texts := make([]int, 0, blockSize)
	for n := range s.blocks {
		s.blocks[n].each(func(gram int32, in uint32) {
			texts = texts[:0]
			for ; in != 0; in &= in - 1 {
				texts = append(texts, n*blockSize+bits.TrailingZeros32(in))
			}
			do(gram, texts)
		})
	}
}

// measure computes the lengths, which need the rarity of every gram.
func (s *shape) measure(l *lexicon, on *ground) {
	s.each(func(g int32, texts []int) {
		for _, t := range texts {
			s.scale[t][l.kinds[g]] += l.value[g] * l.value[g]
		}
	})
	for t := range s.scale {
		for kind, square := range s.scale[t] {
			s.scale[t][kind] = 1 / float32(math.Sqrt(float64(max(square, 1e-12))))
		}
	}
	sums := on.sums[:0] // of the wordings' vectors
	s.each(func(g int32, texts []int) {
		sum := summed{gram: g}
		for _, t := range texts {
			sum.value += l.value[g] * s.scale[t][l.kinds[g]]
		}
		sums = append(sums, sum)
	})
	on.sums = sums
	if len(s.blocks) > 1 {
		sums = together(sums)
	}
	var squares [gramKinds]float64
	for _, sum := range sums {
		squares[l.kinds[sum.gram]] += float64(sum.value) * float64(sum.value)
	}
	for kind, square := range squares {
		s.centre[kind] = float32(math.Sqrt(square))
	}
}

// summed is one component of a sum of vectors.
type summed struct {
	gram  int32
	value float32
}

// together adds up the values of each gram.
func together(all []summed) []summed {
	slices.SortStableFunc(all, func(a, b summed) int { return cmp.Compare(a.gram, b.gram) })
	var out []summed
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].gram == s.gram {
			out[n-1].value += s.value
			continue
		}
		out = append(out, s)
	}
	return out
}

// resemble adds up what a compared text has in common with each wording, by kind.
// The sums are the comparison's: they hold until the next call.
func (s *shape) resemble(c *comparison) [][gramKinds]float32 {
	c.sums = slices.Grow(c.sums[:0], len(s.scale))[:len(s.scale)]
	clear(c.sums)
	for n := range s.blocks {
		c.common.addTo(c.sums[n*blockSize:], &s.blocks[n])
	}
	return c.sums
}

// uses returns how often the article uses a term. Terms are hashes, so that it stands
// about as far in the list as it is large (interpolation search, Peterson 1957).
func (s *shape) uses(term uint32) (termUse, bool) {
	if len(s.terms) == 0 {
		return termUse{}, false
	}
	at := int(uint64(term) * uint64(len(s.terms)) >> 32)
	for at > 0 && s.terms[at].term > term {
		at--
	}
	for at < len(s.terms)-1 && s.terms[at].term < term {
		at++
	}
	return s.terms[at], s.terms[at].term == term
}
