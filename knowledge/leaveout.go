package knowledge

import "slices"

// named are the articles with one of the given ids, by where they stand.
func (d *side) named(ids map[string]bool) map[int]leaf {
	leaves := map[int]leaf{}
	for a, entry := range d.entries {
		if ids[entry.ID] {
			leaves[a] = d.leaf(a)
		}
	}
	return leaves
}

// isOut reports whether a text of an article is in a fold. That depends on nothing
// else, so that two bases leave out the same ones together. The question never is out.
func (d *side) isOut(article, text, fold int) bool {
	if text == 0 {
		return false
	}
	e := d.entries[article]
	return int(key(wordGrams, e.ID, e.Alternates[text-1])>>2)%folds == fold
}

// without returns the side's judge without the wordings of some articles that are in a
// fold.
func (d *side) without(leaves map[int]leaf, fold int) *judge {
	shapes := slices.Clone(d.judge.matcher.shapes)
	for a := range leaves {
		shapes[a] = nil
	}
	m := d.judge.matcher.with(shapes, func(a int) leaf {
		kept := leaf{body: leaves[a].body}
		for t, text := range leaves[a].texts {
			if !d.isOut(a, t, fold) {
				kept.texts = append(kept.texts, text)
			}
		}
		return kept
	})
	return &judge{matcher: m, verdicts: d.judge.verdicts, correction: d.judge.correction}
}

// marks says of each gram whether the article has it; into is used when it is large
// enough.
func (s *shape) marks(into []bool, grams int) []bool {
	into = slices.Grow(into[:0], grams)[:grams]
	clear(into)
	s.each(func(g int32, _ []int) { into[g] = true })
	return into
}

// unlearnt returns a text as the base would read it if its article, with the grams that
// it has left, were all that ever had it: what no article has then is replaced by
// something that none has now.
func (m *matcher) unlearnt(text *sketch, article *shape, has []bool) *sketch {
	next := uint32(0)
	strange := func(kind int) uint32 {
		for {
			next++
			k := next<<2 | uint32(kind)
			if _, gram := m.gram(k); gram {
				continue
			}
			if _, term := m.term(k); !term {
				return k
			}
		}
	}
	u := &sketch{grams: slices.Clone(text.grams), terms: slices.Clone(text.terms), size: text.size, meaning: text.meaning, evidence: text.evidence}
	for i, g := range u.grams {
		if number, known := m.gram(g.key); known && !has[number] && m.value[number] >= g.weight*m.once {
			u.grams[i].key = strange(g.kind())
		}
	}
	for i, t := range u.terms {
		if rarity, known := m.term(t); known && rarity >= m.once {
			if _, used := article.uses(t); !used {
				u.terms[i] = strange(wordGrams)
			}
		}
	}
	return u
}
