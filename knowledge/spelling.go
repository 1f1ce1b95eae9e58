package knowledge

import "unicode/utf8"

const (
	// fewestSpelled is how many letters a word must have to be taken for a mistyped one:
	// a shorter one is one letter away from too many others.
	fewestSpelled = 4
	// mostSpelled is how many it has at most, and mostTriedWords how many words of a text
	// are looked up: they bound the work on what is no language.
	mostSpelled, mostTriedWords = 20, 20
)

// understood returns the words of a text as its writer meant them: one that the base
// does not know, that is no common word, and that is one typing error away from one that
// its wordings use, is read as that one. A typing error is a letter too many, one too
// few, a wrong one, or two that changed places (Damerau 1964). Of several words the one
// that most wordings use is taken.
func (r *reader) understood(text string, l *lexicon) []word {
	return r.understand(new(hearing), text, l)
}

// understand is understood with the room that it needs.
func (r *reader) understand(h *hearing, text string, l *lexicon) []word {
	h.plain = r.split(h.plain[:0], text)
	h.words = r.read(h.words[:0], h.plain)
	plain, words := h.plain, h.words
	mended, tried := false, 0
	for i, p := range plain {
		if w := words[i]; w.stop || len(w.concepts) > 0 || w.sense.common() || l.usesOf(w.hash) > 0 {
			continue
		} else if _, known := l.term(w.term); known {
			continue
		}
		if tried++; tried > mostTriedWords {
			break
		}
		if meant, ok := l.spell(p); ok {
			plain[i], mended = meant, true
		}
	}
	if mended {
		h.words = r.read(h.words[:0], plain)
	}
	return h.words
}

// spell returns the word that a mistyped one was meant to be.
func (l *lexicon) spell(w string) (meant string, ok bool) {
	if len(w) < fewestSpelled || len(w) > mostSpelled || !isLetters(w) {
		return "", false
	}
	most := int32(0)
	try := func(h uint32, variant func() string) {
		if n := l.usesOf(mix(h)); n > most {
			most, meant = n, variant()
		}
	}
	start := uint32(hashStart)
	for i := 0; i <= len(w); i++ {
		rest := w[min(i+1, len(w)):]
		if i < len(w) {
			try(hashOn(start, rest), func() string { return w[:i] + rest })
		}
		if i+1 < len(w) && w[i] != w[i+1] {
			try(hashOn(start, string([]byte{w[i+1], w[i]})+w[i+2:]), func() string { return w[:i] + string([]byte{w[i+1], w[i]}) + w[i+2:] })
		}
		for c := byte('a'); c <= 'z'; c++ {
			h := hashByte(start, c)
			if i < len(w) {
				try(hashOn(h, rest), func() string { return w[:i] + string(rune(c)) + rest })
			}
			try(hashOn(h, w[i:]), func() string { return w[:i] + string(rune(c)) + w[i:] })
		}
		if i < len(w) {
			start = hashByte(start, w[i])
		}
	}
	return meant, most > 0
}

// usesOf is how many texts of articles use a word just as it is written, by its hash.
func (l *lexicon) usesOf(h uint32) int32 {
	n, _ := l.words.get(h)
	return n + l.lateWords[h]
}

func isLetters(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf || w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

func hashByte(h uint32, b byte) uint32 { return (h ^ uint32(b)) * hashPrime }

func hashOn(h uint32, s string) uint32 {
	for i := range len(s) {
		h = hashByte(h, s[i])
	}
	return h
}
