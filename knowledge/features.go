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
	fWordings // BM25 over the wordings, stop words left out
	fBody     // BM25 over question and answer
	fCovered  // share of the text's terms, by rarity, that the article uses
	fClass    // logarithm of the classifier's probability: e^-8 and less is 0
	featureCount
)

// features are the features of one article.
type features [featureCount]float32

// comparison holds the features of every article for one text. It is lent: give it
// back with release.
type comparison struct {
	rows []features
	dots [gramKinds][]float32 // by wording
	// unknown is the share of the text's grams, by kind and rarity, that the base
	// does not have.
	unknown [gramKinds]float32
	vector  []weighed
	classes []float32 // the classifier's probability, by article
}

func (m *matcher) lend() *comparison {
	if c, ok := m.scratch.Get().(*comparison); ok {
		for k := range c.dots {
			clear(c.dots[k])
		}
		clear(c.rows)
		return c
	}
	c := &comparison{rows: make([]features, m.articles())}
	for k := range c.dots {
		c.dots[k] = make([]float32, m.begin[m.articles()])
	}
	return c
}

func (m *matcher) release(c *comparison) { m.scratch.Put(c) }

// compare returns the features of every article but the classifier's.
func (m *matcher) compare(s *sketch) *comparison {
	c := m.lend()
	c.vector = m.vector(s)
	for k := range c.unknown {
		c.unknown[k] = 1
	}
	for _, v := range c.vector {
		dots := c.dots[v.kind]
		for _, p := range m.posts[v.id] {
			dots[p.text] += v.weight * p.weight
		}
		c.unknown[v.kind] -= v.weight * v.weight
	}
	for a := range c.rows {
		row := &c.rows[a]
		for k := range gramKinds {
			best, top3, sum := top(c.dots[k][m.begin[a]:m.begin[a+1]])
			row[fWordBest+3*k] = best
			row[fWordTop3+3*k] = top3
			row[fWordCentre+3*k] = min(sum/max(m.centroid[k][a], 1e-6), 1)
		}
	}
	m.compareTerms(s, c)
	return c
}

// top returns the greatest value, the three greatest weighted 4:2:1, and the sum.
func top(dots []float32) (best, top3, sum float32) {
	var a, b, c float32
	for _, d := range dots {
		sum += d
		switch {
		case d > a:
			a, b, c = d, a, b
		case d > b:
			b, c = d, b
		case d > c:
			c = d
		}
	}
	return min(a, 1), min((4*a+2*b+c)/7, 1), sum
}

// BM25 with the usual constants (Robertson and Zaragoza 2009).
const (
	bm25K = 1.2
	bm25B = 0.75
)

func (m *matcher) compareTerms(s *sketch, c *comparison) {
	var total float32
	for _, t := range s.terms {
		u := m.terms[t]
		if u == nil {
			total += m.unseen
			continue
		}
		total += u.idf
	}
	if total == 0 {
		return
	}
	for _, t := range s.terms {
		u := m.terms[t]
		if u == nil {
			continue
		}
		share := u.idf / total
		for _, p := range u.inWording {
			row := &c.rows[p.article]
			row[fWordings] += share * saturate(p.count, m.wordings, p.article)
			row[fCovered] += share
		}
		i := 0
		for _, p := range u.inBody {
			row := &c.rows[p.article]
			row[fBody] += share * saturate(p.count, m.bodies, p.article)
			for i < len(u.inWording) && u.inWording[i].article < p.article {
				i++
			}
			if i == len(u.inWording) || u.inWording[i].article != p.article {
				row[fCovered] += share
			}
		}
	}
}

// saturate is the term weight of BM25 divided by its limit: 0..1.
func saturate(count float32, l lengths, article int32) float32 {
	return count / (count + bm25K*(1-bm25B+bm25B*l.of[article]/l.mean))
}
