package knowledge

import "math"

// The features of an article for a text, each 0..1.
const (
	fWordBest = iota
	fWordTop3
	fWordCentre
	fLetterBest
	fLetterTop3
	fLetterCentre
	fConceptBest
	fConceptTop3
	fConceptCentre
	fWordings  // BM25 over the wordings, stop words left out
	fBody      // BM25 over question and answer
	fCovered   // share of the text's terms, by rarity, that the article uses
	fClass     // logarithm of the classifier's probability: e^-8 and less is 0
	fSenseBest // cosine of the meaning with the nearest wording's, by evidence
	fSenseCentre
	fSpread // how unlike each other the wordings are in meaning, by evidence: they may be further off then
	featureCount
)

// features are the features of one article.
type features [featureCount]float32

// features returns the features of one article for a compared text.
func (m *matcher) features(c *comparison, article int) features {
	var f features
	s := m.shapes[article]
	likeness := s.likeness(s.resemble(c))
	for kind, l := range likeness {
		f[fWordBest+3*kind] = min(l.first(), 1)
		f[fWordTop3+3*kind] = min((4*l.first()+2*l.second()+l.third())/7, 1)
		f[fWordCentre+3*kind] = min(l.sum/max(s.centre[kind], 1e-6), 1)
	}
	for i, t := range c.sketch.terms {
		u, ok := s.uses(t)
		if !ok {
			continue
		}
		share := c.rarity[i]
		f[fCovered] += share
		f[fWordings] += share * saturate(float32(u.inWording), s.wordings, m.wordings)
		f[fBody] += share * saturate(float32(u.body), s.body, m.body)
	}
	if c.evidence > 0 {
		best, centre := s.meanings.like(&c.point)
		f[fSenseBest], f[fSenseCentre] = c.evidence*best, c.evidence*centre
		f[fSpread] = c.evidence * s.spread
	}
	if len(c.classes) > 0 {
		f[fClass] = depth(c.classes[article])
	}
	return f
}

// nearest are the cosines of the three nearest wordings, the best first, and the sum over
// all. Numbers that are not below 0 are ordered as their bits are, which are compared
// without a branch.
type nearest struct {
	bits [3]uint32
	sum  float32
}

func (n *nearest) first() float32  { return math.Float32frombits(n.bits[0]) }
func (n *nearest) second() float32 { return math.Float32frombits(n.bits[1]) }
func (n *nearest) third() float32  { return math.Float32frombits(n.bits[2]) }

// likeness returns how near the wordings are, by kind.
func (s *shape) likeness(sums [][gramKinds]float32) (near [gramKinds]nearest) {
	scale := s.scale[:len(sums)]
	for kind := range near {
		var first, second, third uint32
		var sum float32
		for t := range sums {
			cosine := sums[t][kind] * scale[t][kind]
			sum += cosine
			d := math.Float32bits(cosine)
			first, d = max(first, d), min(first, d)
			second, d = max(second, d), min(second, d)
			third = max(third, d)
		}
		near[kind] = nearest{[3]uint32{first, second, third}, sum}
	}
	return near
}

// BM25 with the usual constants (Robertson and Zaragoza 2009).
const (
	bm25K = 1.2
	bm25B = 0.75
)

// saturate is the term weight of BM25 divided by its limit: 0..1.
func saturate(count, length, mean float32) float32 {
	return count / (count + bm25K*(1-bm25B+bm25B*length/mean))
}
