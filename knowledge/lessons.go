package knowledge

// lessons are the wordings of a matcher as a classifier learns them. Grams that come in
// just the same wordings with just the same weights, such as the letters of a rare word,
// learn just the same: they share a row of weights.
type lessons struct {
	examples []example
	row      []int32 // by gram, -1 where no wording has it
	rows     int
}

// example is a wording of an article.
type example struct {
	terms []taught
	class int32
}

// taught is what a wording has of the grams of a row.
type taught struct {
	row  int32
	each float32 // the component of one gram
	all  float32 // of all together
}

func newLessons(m *matcher) lessons {
	var l lessons
	scale, parts := kindScale(), 0
	for a, s := range m.shapes {
		texts := make([]example, len(s.scale))
		for t := range texts {
			texts[t].class = int32(a)
		}
		s.each(func(g int32, in []int) {
			if m.value[g] == 0 {
				return
			}
			kind := m.kinds[g]
			for _, t := range in {
				x := m.value[g] * s.scale[t][kind] * scale[kind]
				texts[t].terms = append(texts[t].terms, taught{g, x, x})
			}
			parts += len(in)
		})
		l.examples = append(l.examples, texts...)
	}
	l.share(m, parts)
	return l
}

// family are grams that came in the same wordings so far, with the same weights.
type family struct {
	row  int32 // -1 until it has one
	used bool
	last int32 // wording that some of the family came in,
	heir int32 // and the family that those are since
}

// share gives rows to the grams, and each example one term for a row. The terms have the
// numbers of their grams until then, of which there are so many parts in all.
func (l *lessons) share(m *matcher, parts int) {
	families := make([]family, 0, parts+1024)
	begin := func(used bool) int32 {
		families = append(families, family{row: -1, used: used, last: -1})
		return int32(len(families) - 1)
	}
	type worth struct {
		kind  int8
		value float32
	}
	of, alike := make([]int32, len(m.value)), map[worth]int32{}
	for g, v := range m.value {
		w := worth{m.kinds[g], v}
		at, ok := alike[w]
		if !ok {
			at = begin(false)
			alike[w] = at
		}
		of[g] = at
	}
	for i, e := range l.examples {
		for _, t := range e.terms {
			from := of[t.row]
			if families[from].last != int32(i) {
				heir := begin(true)
				families[from].last, families[from].heir = int32(i), heir
			}
			of[t.row] = families[from].heir
		}
	}
	l.row = of
	for g, at := range of {
		f := &families[at]
		if f.used && f.row < 0 {
			f.row = int32(l.rows)
			l.rows++
		}
		l.row[g] = f.row
	}
	l.merge()
}

// merge leaves each example one term for a row.
func (l *lessons) merge() {
	at := make([]int, l.rows) // where among the terms of an example a row is
	for i := range l.examples {
		e := &l.examples[i]
		terms := e.terms[:0]
		for _, t := range e.terms {
			row := l.row[t.row]
			if n := at[row]; n < len(terms) && terms[n].row == row {
				terms[n].all += t.all
				continue
			}
			at[row] = len(terms)
			terms = append(terms, taught{row, t.each, t.all})
		}
		e.terms = terms
	}
}
