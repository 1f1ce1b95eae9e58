package knowledge

// hearing is the room in which one text after another is read, so that a question leaves
// nothing behind that must be collected. What it returns holds until the next text. The
// zero value is ready.
type hearing struct {
	plain  []string
	meant  []string // the plain words without errors
	words  []word
	packed []uint64
	sketch sketch
	mean   [vectorSize]float32
}

// read sketches words.
func (h *hearing) read(words []word) *sketch {
	s := &h.sketch
	*s = sketch{grams: s.grams[:0], terms: termsOf(s.terms[:0], words), words: s.words[:0]}
	previous := "^"
	var before []string // concepts of the previous word that has any
	for _, w := range words {
		if w.group {
			continue
		}
		s.size++
		s.words = append(s.words, w.hash)
		s.grams = append(s.grams, gram{w.term, 1}, gram{key(wordGrams, previous, w.stem), wordPair})
		previous = w.stem
		for _, l := range w.letters {
			s.grams = append(s.grams, gram{l, 1})
		}
		for _, c := range w.concepts {
			s.grams = append(s.grams, gram{key(conceptGrams, c), 1})
			for _, b := range before {
				s.grams = append(s.grams, gram{key(conceptGrams, b, c), conceptPair})
			}
		}
		if len(w.concepts) > 0 {
			before = w.concepts
		}
	}
	if s.size > 0 {
		s.grams = append(s.grams, gram{key(wordGrams, previous, "$"), wordPair})
	}
	s.grams, h.packed = once(s.grams, h.packed)
	s.meaning, s.evidence = meaningIn(&h.mean, words)
	return s
}
