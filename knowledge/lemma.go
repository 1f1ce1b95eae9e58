package knowledge

import (
	"strings"
	"sync/atomic"
)

// lemma is what is known of a word whatever stands around it. It is immutable.
type lemma struct {
	plain   string // lower case, accents and apostrophes removed
	stem    string // what words are compared by
	stop    bool   // says little about the topic
	sense   sense
	hash    uint32   // of the word as it is written
	term    uint32   // of the stem, as a gram
	letters []uint32 // grams of its letters
	// everyday and synonyms are the wordings that begin with it.
	everyday, synonyms []wording
}

// lemmas keep the words that were read last, since people write the same ones again: at
// most one for each remainder of their hashes. That bounds them at about half a megabyte,
// and needs no lock.
type lemmas [2048]atomic.Pointer[lemma]

// lemma returns what is known of a plain word.
func (r *reader) lemma(plain string) *lemma {
	hash := mix(hashOn(hashStart, plain))
	kept := &r.lemmas[hash%uint32(len(r.lemmas))]
	if l := kept.Load(); l != nil && l.plain == plain {
		return l
	}
	l := r.newLemma(strings.Clone(plain), hash)
	kept.Store(l)
	return l
}

func (r *reader) newLemma(plain string, hash uint32) *lemma {
	l := &lemma{plain: plain, stem: r.stem(plain), stop: r.stops[plain], sense: r.vectors.find(plain), hash: hash, letters: letters(plain)}
	l.term = key(wordGrams, l.stem)
	l.everyday, l.synonyms = r.everyday.byFirst[l.stem], r.synonyms.byFirst[l.stem]
	return l
}

// letters are the letter grams of one word, its ends marked.
func letters(w string) []uint32 {
	marked := []rune("_" + w + "_")
	grams := make([]uint32, 0, 3*len(marked))
	for n := 2; n <= 4; n++ {
		for i := 0; i+n <= len(marked); i++ {
			grams = append(grams, hashRunes(marked[i:i+n]))
		}
	}
	return grams
}
