package bot

import (
	"slices"
	"strings"
	"sync/atomic"
)

// heard is what the lists, the model and the letters say of one word, whatever stands
// around it. It is immutable.
type heard struct {
	word    string
	meant   *heard     // the word that it is a mistyped form of, nil for none
	accepts []uint64   // a bit for each field of the lists that accepts it
	begins  []*pattern // those that may begin with it, by their set
	classes []string   // the named lists that hold it
	common  string     // itself, or the class that stands for it in pairs
	past    bool       // it looks like a verb of the past
	stop    bool       // it says little about a topic
	known   bool       // the model weighs it
	lean    int        // how Spanish its letters are (grams)
}

// ear hears words: it looks each of them up in everything that is known of words, and
// keeps what it heard last, since people write the same words again. It is safe for
// concurrent use.
type ear struct {
	signals *signals
	model   *model
	grams   grams
	lately  *[2048]atomic.Pointer[heard] // at most one for each remainder of their hashes
}

// longestKept is how long a word is at most that is kept, in bytes: it bounds the memory.
const longestKept = 32

func newEar(s *signals, m *model, g grams) *ear {
	return &ear{signals: s, model: m, grams: g, lately: new([2048]atomic.Pointer[heard])}
}

// hear returns what is known of the words of a message, typing errors in words that
// matter mended.
func (e *ear) hear(said []string) []*heard {
	out := make([]*heard, len(said))
	for i, w := range said {
		out[i] = e.word(w)
		if out[i].meant != nil {
			out[i] = out[i].meant
		}
	}
	return out
}

func (e *ear) word(w string) *heard {
	if len(w) > longestKept {
		return e.listen(w)
	}
	kept := &e.lately[hashOf(hashStart, w)%uint64(len(e.lately))]
	if h := kept.Load(); h != nil && h.word == w {
		return h
	}
	h := e.listen(strings.Clone(w))
	kept.Store(h)
	return h
}

func (e *ear) listen(w string) *heard {
	s := e.signals
	h := &heard{
		word: w, accepts: s.accepting(w), classes: s.classOf[w], common: s.common(w), past: isPast(w), stop: e.model.stops[w], lean: e.grams.weight(w),
	}
	h.begins = s.beginning(h.accepts)
	h.known = e.model.row(hashOf(hashStart, h.common)) >= 0
	if meant, mistyped := s.spelling.mended(w); mistyped {
		h.meant = e.word(meant)
	}
	return h
}

// accept reports whether a field of the lists accepts the word.
func (h *heard) accept(field int32) bool { return h.accepts[field/64]>>(field%64)&1 == 1 }

// of are the patterns of a set that may begin with the word.
func (h *heard) of(set int) []*pattern {
	from, found := slices.BinarySearchFunc(h.begins, set, func(p *pattern, set int) int { return p.set - set })
	if !found {
		return nil
	}
	to := from
	for to < len(h.begins) && h.begins[to].set == set {
		to++
	}
	return h.begins[from:to]
}

// FNV-1a, 64 bits (Fowler, Noll, Vo).
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

func hashOf(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
}
