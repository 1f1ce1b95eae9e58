package knowledge

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
	featureCount
)

// features are the features of one article.
type features [featureCount]float32

// features returns the features of one article for a compared text.
func (m *matcher) features(c *comparison, article int) features {
	var f features
	s := m.shapes[article]
	sums := s.resemble(c)
	for kind := range gramKinds {
		best, top3, sum := s.likeness(sums, kind)
		f[fWordBest+3*kind] = best
		f[fWordTop3+3*kind] = top3
		f[fWordCentre+3*kind] = min(sum/max(s.centre[kind], 1e-6), 1)
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
	}
	if len(c.classes) > 0 {
		f[fClass] = depth(c.classes[article])
	}
	return f
}

// likeness returns the cosine of the best wording, the weighted mean of the three
// best, and the sum over all.
func (s *shape) likeness(sums [][gramKinds]float32, kind int) (best, top3, sum float32) {
	var first, second, third float32
	for t := range sums {
		d := sums[t][kind] * s.scale[t][kind]
		sum += d
		switch {
		case d > first:
			first, second, third = d, first, second
		case d > second:
			second, third = d, second
		case d > third:
			third = d
		}
	}
	return min(first, 1), min((4*first+2*second+third)/7, 1), sum
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
