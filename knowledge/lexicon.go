package knowledge

import "maps"

// lexicon numbers the grams of a set of articles and knows how rare each gram and
// each term is among them. It is immutable: grown returns a larger one.
type lexicon struct {
	grams keyed[int32]   // number by gram
	terms keyed[float32] // rarity by term
	// lateGrams and lateTerms came with articles after the count. They are few, and
	// copied whenever they grow, so that the large maps need not be.
	lateGrams map[uint32]int32
	lateTerms map[uint32]float32
	// words and lateWords count the texts that use a word as it is written, by hash.
	words     keyed[int32]
	lateWords map[uint32]int32
	value     []float32 // of a gram by its number: its own weight times its rarity, or 0
	kinds     []int8    // of a gram by its number
	unseen    float32   // rarity of what no article has
	once      float32   // rarity of what one article has
	wordings  float32   // mean number of terms in the wordings of an article
	body      float32   // mean number of terms in its question and answer
}

func (l *lexicon) gram(key uint32) (number int32, ok bool) {
	if number, ok = l.grams.get(key); !ok && l.lateGrams != nil {
		number, ok = l.lateGrams[key]
	}
	return number, ok
}

func (l *lexicon) term(term uint32) (rarity float32, ok bool) {
	if rarity, ok = l.terms.get(term); !ok && l.lateTerms != nil {
		rarity, ok = l.lateTerms[term]
	}
	return rarity, ok
}

// patched reports whether the lexicon grew or lost articles since it was counted.
func (l *lexicon) patched() bool { return l.lateGrams != nil }

// newLexicon counts the leaves and returns their shapes in its numbers. Leaves are
// asked for once, in order, and may be forgotten after that.
func newLexicon(articles int, leafOf func(article int) leaf) (*lexicon, []*shape) {
	l := &lexicon{}
	shapes, on := make([]*shape, articles), newGround(articles)
	var counts, last []int32 // articles that use a gram, and the last of them
	var termCounts keyed[int32]
	for a := range articles {
		leaf := leafOf(a)
		for _, text := range leaf.texts {
			for _, w := range text.words {
				n, _ := l.words.at(w)
				*n++
			}
		}
		s := newShape(leaf, on, func(g gram) int32 {
			at, known := l.grams.at(g.key)
			number := *at
			if !known {
				number = int32(len(counts))
				*at = number
				l.value, l.kinds = append(l.value, g.weight), append(l.kinds, int8(g.kind()))
				counts, last = append(counts, 0), append(last, -1)
			}
			if last[number] != int32(a) {
				last[number] = int32(a)
				counts[number]++
			}
			return number
		})
		for _, u := range s.terms {
			n, _ := termCounts.at(u.term)
			*n++
		}
		l.wordings += s.wordings
		l.body += s.body
		shapes[a] = s
	}
	l.unseen, l.once = rarity(0, articles), rarity(1, articles)
	l.wordings = max(l.wordings/float32(max(articles, 1)), 1)
	l.body = max(l.body/float32(max(articles, 1)), 1)
	for number, n := range counts {
		l.value[number] *= rarity(int(n), articles)
		if l.kinds[number] == letterGrams && saysNothing(int(n), articles) {
			l.value[number] = 0
		}
	}
	termCounts.each(func(term uint32, n *int32) {
		at, _ := l.terms.at(term)
		*at = rarity(int(*n), articles)
	})
	for _, s := range shapes {
		s.measure(l, on)
	}
	return l, shapes
}

// saysNothing reports whether letters that occur in n of all articles are left out of
// every comparison: of nine in ten they are more than half of the work and, as measured
// on all collections, less than a thousandth of the result.
func saysNothing(n, all int) bool { return all >= 20 && 10*n > 9*all }

// grown returns a lexicon that also knows what the leaves use, and their shapes.
// What was counted before keeps its number and its rarity.
func (l *lexicon) grown(leaves []leaf) (*lexicon, []*shape) {
	g := *l
	g.lateGrams, g.lateTerms, g.lateWords = maps.Clone(l.lateGrams), maps.Clone(l.lateTerms), maps.Clone(l.lateWords)
	if g.lateGrams == nil {
		g.lateGrams, g.lateTerms, g.lateWords = map[uint32]int32{}, map[uint32]float32{}, map[uint32]int32{}
	}
	g.value = append(make([]float32, 0, len(l.value)+1024), l.value...)
	g.kinds = append(make([]int8, 0, len(l.kinds)+1024), l.kinds...)
	shapes, on := make([]*shape, len(leaves)), newGround(len(leaves))
	for i, leaf := range leaves {
		for _, text := range leaf.texts {
			for _, w := range text.words {
				if n, _ := l.words.get(w); n == 0 {
					g.lateWords[w]++
				}
			}
		}
		s := newShape(leaf, on, func(gram gram) int32 {
			number, known := g.gram(gram.key)
			if !known {
				number = int32(len(g.value))
				g.lateGrams[gram.key] = number
				g.value, g.kinds = append(g.value, gram.weight*g.once), append(g.kinds, int8(gram.kind()))
			}
			return number
		})
		for _, u := range s.terms {
			if _, known := g.term(u.term); !known {
				g.lateTerms[u.term] = g.once
			}
		}
		s.measure(&g, on)
		shapes[i] = s
	}
	return &g, shapes
}

// known is the share of a text's terms that occur anywhere in the base.
func (l *lexicon) known(terms []uint32) float64 {
	if len(terms) == 0 {
		return 1
	}
	n := 0
	for _, t := range terms {
		if _, ok := l.term(t); ok {
			n++
		}
	}
	return float64(n) / float64(len(terms))
}
