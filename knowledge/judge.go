package knowledge

import (
	"cmp"
	"math"
	"slices"
)

// judge ranks the articles of one edition for a text and says how sure it is of the
// first. It is immutable and safe for concurrent use.
type judge struct {
	matcher    *matcher
	classifier *classifier // nil when there is none
	fitted     bool        // nothing better is to be expected for these articles
	rehearsed  bool        // the verdicts were fitted on just these articles
	correction Correction
	verdicts
}

// verdict is what is fitted on top of matcher and classifier.
type verdict struct {
	Ranker     ranker     `json:"ranker"`
	Confidence confidence `json:"confidence"`
	Promise    Promise    `json:"promise"`
}

// verdicts are the verdict for a judge that has a classifier and that for one that
// has none: of a large base, and of every base until a classifier is trained.
type verdicts struct {
	Classified verdict `json:"classified"`
	Plain      verdict `json:"plain"`
}

// verdict is the one in force. It must not be changed.
func (j *judge) verdict() *verdict {
	if j.classifier != nil {
		return &j.Classified
	}
	return &j.Plain
}

// compare prepares the judgement of a text. Give the comparison back with
// j.matcher.release.
func (j *judge) compare(s *sketch) *comparison {
	c := j.matcher.lend()
	j.compareIn(c, s)
	return c
}

// compareIn is compare in a comparison that was lent.
func (j *judge) compareIn(c *comparison, s *sketch) {
	j.matcher.compareIn(c, s)
	if j.classifier != nil {
		c.classes = slices.Grow(c.classes, j.classifier.classes)[:j.classifier.classes]
		j.classifier.probabilities(c.components, &c.lanes, c.classes)
	}
}

// classDepth is the depth of the classifier's logarithm that counts.
const classDepth = 8.0

func depth(p float32) float32 {
	return float32(max(1+math.Log(float64(max(p, 1e-9)))/classDepth, 0))
}

// favourites appends the articles that the classifier thinks likeliest, at most limit.
func (c *comparison) favourites(to []int, limit int) []int {
	none := len(to)
	to = slices.Grow(to, limit+1)
	for a, p := range c.classes {
		if len(to) == none+limit && p <= c.classes[to[len(to)-1]] {
			continue
		}
		best := inserted(to[none:], a, limit, func(a, b int) int { return cmp.Compare(c.classes[b], c.classes[a]) })
		to = append(to[:none], best...)
	}
	return to
}

// ranking is the judgement of a text.
type ranking struct {
	articles []int      // best first
	rows     []features // of the articles, in their order
	scores   []float64
	shares   []float64 // softmax of the scores of the first articles
	signs    signs
	sure     float64 // the probability that the first article is the right one
}

// rank orders articles for a compared text and keeps the first, at most candidates. The
// ranking is the comparison's: it holds until the next one, or until the comparison is
// given back.
func (j *judge) rank(c *comparison, articles []int) ranking {
	c.rows = c.rows[:0]
	for _, a := range articles {
		c.rows = append(c.rows, j.matcher.features(c, a))
	}
	return j.rankRows(c, articles, c.rows)
}

// rankRows is rank where the features of the articles are known.
func (j *judge) rankRows(c *comparison, articles []int, rows []features) ranking {
	v := j.verdict()
	r := ranking{
		articles: c.ranking.articles[:0], rows: c.ranking.rows[:0], scores: c.ranking.scores[:0], shares: c.ranking.shares[:0],
		signs: j.matcher.signs(c),
	}
	c.scored = v.Ranker.best(c.scored[:0], rows, candidates)
	for _, s := range c.scored {
		r.articles = append(r.articles, articles[s.index])
		r.rows = append(r.rows, rows[s.index])
		r.scores = append(r.scores, s.score)
	}
	if len(r.articles) == 0 {
		return r
	}
	rivals := withRival(r.rows)
	r.shares = v.Ranker.shares(rivals, r.shares)
	r.signs.read(&v.Ranker, rivals, r.shares)
	r.shares = r.shares[:len(r.rows)]
	r.sure = j.correction.correct(v.Confidence.probability(&r.signs))
	c.ranking = r
	if r.rows[0].wordForWord() && (len(r.rows) == 1 || !r.rows[1].wordForWord()) {
		r.sure = max(r.sure, sureOfOwn)
	}
	return r
}

// withRival sets an article that has nothing in common with the text beside one that is
// alone: being the only one found says nothing of it, and the others of the base are such.
func withRival(rows []features) []features {
	if len(rows) == 1 {
		return append(rows[:1:1], features{})
	}
	return rows
}

// sureOfOwn is how sure an article is the right one for a text that is one of its
// wordings, word for word, and none of another article's: its editor said so. A
// rehearsal, which never asks what the base holds, knows nothing of that.
const sureOfOwn = 0.99

// wordForWord reports whether the text is one of the article's wordings.
func (f *features) wordForWord() bool {
	const all = 1 - 1e-4 // sums of rounded numbers
	return f[fWordBest] > all && f[fLetterBest] > all
}

// signs returns the signs that do not depend on the ranking.
func (m *matcher) signs(c *comparison) signs {
	return signs{
		sUnknownWords: float64(c.unknown[wordGrams]), sUnknownLetters: float64(c.unknown[letterGrams]),
		sUnknownConcepts: float64(c.unknown[conceptGrams]), sKnownTerms: m.known(c.sketch.terms),
		sLength: math.Log(1 + float64(c.sketch.size)), sEvidence: float64(c.evidence),
	}
}
