package knowledge

import "unicode/utf8"

const (
	// fewestSpelled is how many letters a word must have to be taken for a mistyped one:
	// a shorter one is one letter away from too many others.
	fewestSpelled = 4
	// mostSpelled is how many it has at most, and mostTriedWords how many words of a text
	// are looked up: they bound the work on what is no language.
	mostSpelled, mostTriedWords = 20, 20
	// fewestJoined is how many letters each of two words has that are read out of one.
	fewestJoined = 3
)

// understood returns the words of a text as its writer meant them: one that the base
// does not know, that is no common word, and that is one typing error away from one that
// its wordings use, is read as that one. A typing error is a letter too many, one too
// few, a wrong one, or two that changed places (Damerau 1964). Of several words the one
// that most wordings use is taken. A space too many ("pass port") or too few ("greencard")
// is such an error too.
func (r *reader) understood(text string, l *lexicon) []word {
	return r.understand(new(hearing), text, l)
}

// understand is understood with the room that it needs.
func (r *reader) understand(h *hearing, text string, l *lexicon) []word {
	h.plain = r.split(h.plain[:0], text)
	h.words = r.read(h.words[:0], h.plain)
	h.meant = h.meant[:0]
	mended, tried := false, 0
	for i := 0; i < len(h.plain); i++ {
		p, w := h.plain[i], h.words[i]
		if i+1 < len(h.plain) && l.parted(w, h.words[i+1]) {
			h.meant, mended = append(h.meant, p+h.plain[i+1]), true
			i++
			continue
		}
		if tried < mostTriedWords && l.strange(w) {
			tried++
			if meant, ok := l.spell(p); ok {
				p, mended = meant, true
			} else if first, second, ok := l.joined(p); ok {
				h.meant = append(h.meant, first)
				p, mended = second, true
			}
		}
		h.meant = append(h.meant, p)
	}
	if mended {
		h.words = r.read(h.words[:0], h.meant)
	}
	return h.words
}

// strange reports whether a word is none that the base knows and no common one.
func (l *lexicon) strange(w word) bool {
	if w.stop || len(w.concepts) > 0 || w.sense.common() || l.usesOf(w.hash) > 0 {
		return false
	}
	_, known := l.term(w.term)
	return !known
}

// parted reports whether two neighbouring words are one that wordings use, written as two:
// more of them than use the rarer of the two, so that the base too writes it as one.
func (l *lexicon) parted(a, b word) bool {
	if a.stop || b.stop || !isLetters(a.plain) || !isLetters(b.plain) {
		return false
	}
	whole := l.usesOf(mix(hashOn(hashOn(hashStart, a.plain), b.plain)))
	return whole > min(l.usesOf(a.hash), l.usesOf(b.hash))
}

// joined returns the two words that wordings use where a strange one is both, written as
// one: those of which the rarer one is the commonest.
func (l *lexicon) joined(w string) (first, second string, ok bool) {
	if len(w) > mostSpelled || !isLetters(w) {
		return "", "", false
	}
	most := int32(0)
	for i := fewestJoined; i <= len(w)-fewestJoined; i++ {
		n := min(l.usesOf(mix(hashOn(hashStart, w[:i]))), l.usesOf(mix(hashOn(hashStart, w[i:]))))
		if n > most {
			most, first, second = n, w[:i], w[i:]
		}
	}
	return first, second, most > 0
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
