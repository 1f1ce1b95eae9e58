package knowledge

import (
	"cmp"
	"math"
	"slices"
)

// leaf is what is compared of one article: its wordings (the question first) and the
// terms of its question and answer, repeated as often as they occur.
type leaf struct {
	texts []*sketch
	body  []uint32
}

// shape is a leaf in the numbers of a lexicon. It is immutable once scaled. Memory:
// 2 bytes for each gram of each wording, and 8 for each gram of the article.
type shape struct {
	grams    [gramKinds]occurrences
	scale    [][gramKinds]float32 // by wording: makes its vector's length 1 in each kind
	centre   [gramKinds]float32   // length of the sum of the wordings' vectors
	terms    []termUse            // by term
	wordings float32              // number of terms in the wordings
	body     float32              // number of terms in question and answer
}

// occurrences say which wordings of an article have a gram.
type occurrences struct {
	grams []int32  // rising
	begin []uint32 // where each gram's wordings begin, and the end
	texts []uint16 // the wordings, rising
}

// newOccurrences orders what is given as gram<<16 | wording.
func newOccurrences(all []uint64) occurrences {
	slices.Sort(all)
	distinct := 0
	for i, u := range all {
		if i == 0 || u>>16 != all[i-1]>>16 {
			distinct++
		}
	}
	o := occurrences{grams: make([]int32, 0, distinct), begin: make([]uint32, 0, distinct+1), texts: make([]uint16, len(all))}
	for i, u := range all {
		if i == 0 || u>>16 != all[i-1]>>16 {
			o.grams, o.begin = append(o.grams, int32(u>>16)), append(o.begin, uint32(i))
		}
		o.texts[i] = uint16(u)
	}
	o.begin = append(o.begin, uint32(len(all)))
	return o
}

// termUse says how often an article uses a term.
type termUse struct {
	term            uint32
	inWording, body uint16
}

// newShape counts a leaf. The lexicon that gives the numbers must scale it.
func newShape(l leaf, number func(gram) int32) *shape {
	s := &shape{scale: make([][gramKinds]float32, len(l.texts))}
	var all [gramKinds][]uint64
	for i, text := range l.texts {
		for _, g := range text.grams {
			all[g.kind()] = append(all[g.kind()], uint64(number(g))<<16|uint64(i))
		}
	}
	for kind := range all {
		s.grams[kind] = newOccurrences(all[kind])
	}
	s.countTerms(l)
	return s
}

func (s *shape) countTerms(l leaf) {
	var all []termUse
	for _, text := range l.texts {
		for _, t := range text.terms {
			all = append(all, termUse{term: t, inWording: 1})
		}
		s.wordings += float32(len(text.terms))
	}
	for _, t := range l.body {
		all = append(all, termUse{term: t, body: 1})
	}
	s.body = float32(len(l.body))
	slices.SortFunc(all, func(a, b termUse) int { return cmp.Compare(a.term, b.term) })
	for _, u := range all {
		if n := len(s.terms); n > 0 && s.terms[n-1].term == u.term {
			s.terms[n-1].inWording += u.inWording
			s.terms[n-1].body += u.body
			continue
		}
		s.terms = append(s.terms, u)
	}
	s.terms = slices.Clip(s.terms)
}

// measure computes the lengths, which need the rarity of every gram.
func (s *shape) measure(value []float32) {
	for kind := range gramKinds {
		o := &s.grams[kind]
		for i, g := range o.grams {
			for _, t := range o.texts[o.begin[i]:o.begin[i+1]] {
				s.scale[t][kind] += value[g] * value[g]
			}
		}
		for t := range s.scale {
			s.scale[t][kind] = 1 / float32(math.Sqrt(float64(max(s.scale[t][kind], 1e-12))))
		}
		var square float64
		for i, g := range o.grams {
			sum := float32(0)
			for _, t := range o.texts[o.begin[i]:o.begin[i+1]] {
				sum += value[g] * s.scale[t][kind]
			}
			square += float64(sum) * float64(sum)
		}
		s.centre[kind] = float32(math.Sqrt(square))
	}
}

// resemble adds up what a compared text has in common with each wording, by kind.
// The sums are the comparison's: they hold until the next call.
func (s *shape) resemble(c *comparison) [][gramKinds]float32 {
	c.sums = slices.Grow(c.sums[:0], len(s.scale))[:len(s.scale)]
	clear(c.sums)
	for kind := range gramKinds {
		o := &s.grams[kind]
		for i, g := range o.grams {
			if c.has[uint32(g)/64]&(1<<(uint32(g)%64)) == 0 {
				continue
			}
			w := c.weight[g]
			for _, t := range o.texts[o.begin[i]:o.begin[i+1]] {
				c.sums[t][kind] += w
			}
		}
	}
	return c.sums
}

// uses returns how often the article uses a term.
func (s *shape) uses(term uint32) (termUse, bool) {
	i, ok := slices.BinarySearchFunc(s.terms, term, func(u termUse, t uint32) int { return cmp.Compare(u.term, t) })
	if !ok {
		return termUse{}, false
	}
	return s.terms[i], true
}
