package knowledge

import (
	"context"
	"fmt"
	"slices"
)

// leftOut is what a base says to a wording of an article while it does not have it.
type leftOut struct {
	article, wording string
	Said
}

// leaveOut takes a fifth of the alternates of the named articles away, five times over,
// and returns what the rest of the base says to them (cross-validation, Stone 1974).
// Only the named articles are read anew: how rare words are is taken from the whole
// base, but a word that only a wording left out had counts as one that nobody knows.
// done is told how far it is, 0..1.
func (d *side) leaveOut(ctx context.Context, only map[string]bool, done func(float64)) ([]leftOut, error) {
	var named []int
	leaves := map[int]leaf{}
	for a, entry := range d.entries {
		if only[entry.ID] {
			named = append(named, a)
			leaves[a] = d.leaf(a)
		}
	}
	var found []leftOut
	var has []bool // by gram: the article that is looked at has it
	for fold := range folds {
		m := d.judge.matcher.without(leaves, func(a, t int) bool { return d.isOut(a, t, fold) })
		part := &judge{matcher: m, verdicts: d.judge.verdicts}
		for _, a := range named {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("leaving wordings out: %w", err)
			}
			has = m.shapes[a].marks(has, len(m.value))
			for t, text := range leaves[a].texts {
				if d.shown[a] && d.isOut(a, t, fold) {
					said := d.say(part, m.unlearnt(text, m.shapes[a], has))
					found = append(found, leftOut{d.entries[a].ID, d.entries[a].Alternates[t-1], said})
				}
			}
		}
		done(float64(fold+1) / folds)
	}
	return found, nil
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

// without returns the matcher without some texts of some articles.
func (m *matcher) without(leaves map[int]leaf, out func(article, text int) bool) *matcher {
	shapes := append([]*shape(nil), m.shapes...)
	for a := range leaves {
		shapes[a] = nil
	}
	return m.with(shapes, func(a int) leaf {
		kept := leaf{body: leaves[a].body}
		for t, text := range leaves[a].texts {
			if !out(a, t) {
				kept.texts = append(kept.texts, text)
			}
		}
		return kept
	})
}

// marks says of each gram whether the article has it; into is used when it is large
// enough.
func (s *shape) marks(into []bool, grams int) []bool {
	into = slices.Grow(into[:0], grams)[:grams]
	clear(into)
	for i := range s.texts {
		for _, g := range s.texts[i].grams {
			into[g] = true
		}
	}
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
	u := &sketch{grams: slices.Clone(text.grams), terms: slices.Clone(text.terms), size: text.size}
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
