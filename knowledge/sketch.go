package knowledge

import (
	"math"
	"slices"
)

// The kinds of gram that a text is compared by.
const (
	wordGrams    = iota // stems and pairs of neighbouring stems
	letterGrams         // two to four letters of one word; forgive typing errors
	conceptGrams        // synonym groups and pairs of them
	gramKinds
)

// Weights of pairs against singles.
const (
	wordPair    = 0.4
	conceptPair = 0.5
)

// gram is one feature of a text: a hash whose two lowest bits are its kind, and how
// much it counts before rarity is taken into account.
type gram struct {
	key    uint32
	weight float32
}

func (g gram) kind() int { return int(g.key & 3) }

// sketch is what is kept of a text for comparing it with others.
type sketch struct {
	grams []gram   // by key, once each
	terms []uint32 // stems that are not stop words, in order, once each
	words []uint32 // hashes of the words as they are written
	size  int      // words, groups not counted
	// meaning is the mean of the vectors of the words, nil where none is known, and
	// evidence how much there is to it.
	meaning  []float32
	evidence float32
}

// sketch reads a text. Its cost is linear in the text's length, at most maxWords words.
func (r *reader) sketch(text string) *sketch { return sketchOf(r.words(text)) }

func sketchOf(words []word) *sketch {
	var h hearing
	s := *h.read(words)
	s.grams, s.meaning = slices.Clone(s.grams), slices.Clone(s.meaning) // without the room around them
	return &s
}

// termsOf appends the terms of a sketch of the words.
func termsOf(to []uint32, words []word) []uint32 {
	for _, w := range words {
		if !w.stop {
			to = append(to, w.term)
		}
	}
	slices.Sort(to)
	return slices.Compact(to)
}

// terms appends the terms of a text as often as they occur.
func (r *reader) terms(to []uint32, text string) []uint32 {
	for _, w := range r.words(text) {
		if !w.stop {
			to = append(to, w.term)
		}
	}
	return to
}

// once sorts grams and keeps the greatest weight of each. They are sorted as whole
// numbers, the key before the weight: weights are above 0, and so are ordered as their
// bits are. packed is room for that.
func once(grams []gram, packed []uint64) (kept []gram, _ []uint64) {
	packed = packed[:0]
	for _, g := range grams {
		packed = append(packed, uint64(g.key)<<32|uint64(math.Float32bits(g.weight)))
	}
	slices.Sort(packed)
	kept = grams[:0]
	for i, p := range packed {
		if i+1 < len(packed) && packed[i+1]>>32 == p>>32 {
			continue // a greater weight follows
		}
		kept = append(kept, gram{uint32(p >> 32), math.Float32frombits(uint32(p))})
	}
	return kept, packed
}

// FNV-1a, 32 bits (Fowler, Noll, Vo).
const (
	hashStart = 2166136261
	hashPrime = 16777619
)

func key(kind int, parts ...string) uint32 {
	h := uint32(hashStart)
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint32(p[i])) * hashPrime
		}
		h = (h ^ 0xff) * hashPrime
	}
	return mix(h)<<2 | uint32(kind)
}

func hashRunes(runes []rune) uint32 {
	h := uint32(hashStart)
	for _, r := range runes {
		h = (h ^ uint32(r)) * hashPrime
	}
	return mix(h)<<2 | letterGrams
}

// mix spreads a hash over all bits, since two are given to the kind.
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	return h
}

// rarity is the inverse document frequency of something that occurs in n of all
// articles: ln((all+1)/(n+1/2)), at least a little.
func rarity(n, all int) float32 {
	return float32(math.Max(math.Log(float64(all+1)/(float64(n)+0.5)), 0.01))
}
