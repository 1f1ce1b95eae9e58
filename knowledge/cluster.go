package knowledge

import (
	"math"
	"slices"
	"unicode"
)

const (
	// alike is the cosine from which a question belongs to a group.
	alike = 0.42
	// stemWeight and conceptWeight are how much words and their everyday meanings count.
	stemWeight, conceptWeight = 1.0, 0.6
)

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// component is one term of a question, by its number.
type component struct {
	term   int
	weight float64
}

// group is a set of questions and the sum of their vectors.
type group struct {
	members []int
	sum     map[int]float64
	square  float64
	seenBy  int // the question that looked at it last
}

// cluster groups questions of one language, oldest first: each joins the group whose
// centre it is most like, or begins one (leader clustering, Hartigan 1975); a second
// round places them again, since centres move. The same list gives the same groups.
func cluster(r *reader, asked []Asked) []Gap {
	vectors := questionVectors(r, asked)
	var groups []*group
	for range 2 {
		groups = place(vectors, groups)
	}
	var gaps []Gap
	for _, g := range groups {
		if len(g.members) == 0 {
			continue
		}
		slices.Sort(g.members)
		gap := Gap{Language: r.language}
		best := -1.0
		for _, i := range g.members {
			gap.add(asked[i])
			if asked[i].Closing == "" {
				if near := g.likeness(vectors[i]); near > best {
					best, gap.Title = near, asked[i].Text
				}
			}
		}
		gaps = append(gaps, gap)
	}
	return gaps
}

// place puts every question into the group that it is most like; groups may be nil.
func place(vectors [][]component, groups []*group) []*group {
	home := map[int]*group{}
	byTerm := map[int][]*group{}
	for _, g := range groups {
		for term := range g.sum {
			byTerm[term] = append(byTerm[term], g)
		}
		for _, i := range g.members {
			home[i] = g
		}
	}
	for i, v := range vectors {
		old := home[i]
		if old != nil {
			old.remove(i, v)
		}
		var best *group
		most := alike
		for _, c := range v {
			for _, g := range byTerm[c.term] {
				if g.seenBy == i {
					continue
				}
				g.seenBy = i
				if near := g.likeness(v); near > most || near == most && g == old {
					best, most = g, near
				}
			}
		}
		if best == nil {
			best = &group{sum: map[int]float64{}, seenBy: -1}
			groups = append(groups, best)
		}
		for _, c := range v {
			if _, known := best.sum[c.term]; !known {
				byTerm[c.term] = append(byTerm[c.term], best)
			}
		}
		best.add(i, v)
	}
	for _, g := range groups {
		g.seenBy = -1
	}
	return groups
}

func (g *group) add(i int, v []component) {
	g.members = append(g.members, i)
	g.change(v, 1)
}

func (g *group) remove(i int, v []component) {
	at := slices.Index(g.members, i)
	g.members = slices.Delete(g.members, at, at+1)
	g.change(v, -1)
}

func (g *group) change(v []component, sign float64) {
	for _, c := range v {
		was := g.sum[c.term]
		g.sum[c.term] = was + sign*c.weight
		g.square += g.sum[c.term]*g.sum[c.term] - was*was
	}
}

// likeness is the cosine of a vector of length 1 with the group's centre, 0..1.
func (g *group) likeness(v []component) float64 {
	if len(g.members) == 0 || g.square <= 1e-12 {
		return 0
	}
	dot := 0.0
	for _, c := range v {
		dot += c.weight * g.sum[c.term]
	}
	return dot / math.Sqrt(g.square)
}

// questionVectors are the questions as vectors of length 1 over stems and concepts,
// rarer ones counting more; a question of stop words only is compared by those.
func questionVectors(r *reader, asked []Asked) [][]component {
	vectors := make([][]component, len(asked))
	numbers := map[string]int{}
	var in []int // questions that have a term
	for i, a := range asked {
		weights := map[int]float64{}
		note := func(term string, weight float64) {
			n, ok := numbers[term]
			if !ok {
				n = len(in)
				numbers[term] = n
				in = append(in, 0)
			}
			if _, twice := weights[n]; !twice {
				in[n]++
			}
			weights[n] = max(weights[n], weight)
		}
		words := r.words(a.Text)
		lone := !slices.ContainsFunc(words, func(w word) bool { return !w.stop })
		for _, w := range words {
			if w.stop && !lone {
				continue
			}
			note(w.stem, stemWeight)
			for _, c := range w.concepts {
				note(c, conceptWeight)
			}
		}
		for n, weight := range weights {
			vectors[i] = append(vectors[i], component{n, weight})
		}
		slices.SortFunc(vectors[i], func(a, b component) int { return a.term - b.term })
	}
	for _, v := range vectors {
		square := 0.0
		for j := range v {
			// Rarity is damped: what everybody asks about is what a group has in common.
			v[j].weight *= 1 + math.Log(float64(1+len(asked))/float64(in[v[j].term]))/4
			square += v[j].weight * v[j].weight
		}
		for j := range v {
			v[j].weight /= math.Sqrt(square)
		}
	}
	return vectors
}
