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
// about 4 bytes for each gram of each wording.
type shape struct {
	texts    []vector
	centre   [gramKinds]float32 // length of the sum of the texts' vectors
	terms    []termUse          // by term
	wordings float32            // number of terms in the wordings
	body     float32            // number of terms in question and answer
}

// vector holds the numbers of a text's grams, kind after kind.
type vector struct {
	grams []int32
	end   [gramKinds]int32   // where each kind ends in grams
	scale [gramKinds]float32 // makes the vector's length 1 in each kind
}

// of returns the grams of one kind.
func (v *vector) of(kind int) []int32 {
	begin := int32(0)
	if kind > 0 {
		begin = v.end[kind-1]
	}
	return v.grams[begin:v.end[kind]]
}

// termUse says how often an article uses a term.
type termUse struct {
	term            uint32
	inWording, body uint16
}

func newVector(s *sketch, number func(gram) int32) vector {
	v := vector{grams: make([]int32, 0, len(s.grams))}
	for kind := range gramKinds {
		for _, g := range s.grams {
			if g.kind() == kind {
				v.grams = append(v.grams, number(g))
			}
		}
		v.end[kind] = int32(len(v.grams))
	}
	return v
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

// scale computes the lengths that need the rarity of every gram.
func (s *shape) scale(value []float32) {
	sum := map[int32]float32{}
	for i := range s.texts {
		v := &s.texts[i]
		for kind := range gramKinds {
			var square float32
			for _, g := range v.of(kind) {
				square += value[g] * value[g]
			}
			v.scale[kind] = 1 / float32(math.Sqrt(float64(max(square, 1e-12))))
		}
	}
	for kind := range gramKinds {
		clear(sum)
		for i := range s.texts {
			v := &s.texts[i]
			for _, g := range v.of(kind) {
				sum[g] += value[g] * v.scale[kind]
			}
		}
		var square float64
		for _, g := range s.numbers(kind, sum) {
			square += float64(sum[g]) * float64(sum[g])
		}
		s.centre[kind] = float32(math.Sqrt(square))
	}
}

// numbers are the grams of one kind in a fixed order, so that sums over them do not
// depend on the order of a map.
func (s *shape) numbers(kind int, of map[int32]float32) []int32 {
	numbers := make([]int32, 0, len(of))
	for i := range s.texts {
		numbers = append(numbers, s.texts[i].of(kind)...)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// uses returns how often the article uses a term.
func (s *shape) uses(term uint32) (termUse, bool) {
	i, ok := slices.BinarySearchFunc(s.terms, term, func(u termUse, t uint32) int { return cmp.Compare(u.term, t) })
	if !ok {
		return termUse{}, false
	}
	return s.terms[i], true
}
