package knowledge

import "math"

// The signs that confidence is read from.
const (
	sShare      = iota // softmax share of the first article
	sShareLogit        // its logit
	sMargin            // how far its score is ahead of the second
	sWordBest
	sLetterBest
	sConceptBest
	sLetterTop3
	sWordings
	sBody
	sCovered
	sClass
	sClassLogit
	sWordLead // how far the first article is ahead of the best other one, by feature
	sLetterLead
	sConceptLead
	sWordingsLead
	sClassLead
	sEntropy
	sUnknownWords
	sUnknownLetters
	sUnknownConcepts
	sKnownTerms
	sLength
	sSenseBest
	sSenseCentre
	sSenseLead
	sEvidence // of the meaning
	sSpread
	signCount
)

// signs are one text's signs.
type signs [signCount]float64

// direction is +1 for a sign that can only raise confidence, -1 for one that can only
// lower it, 0 for one that may do either.
func direction(sign int) float64 {
	switch sign {
	case sUnknownWords, sUnknownLetters, sUnknownConcepts:
		return -1
	case sLength:
		return 0
	}
	return 1
}

// confidence is a logistic regression: the probability that the first article is the
// right one.
type confidence struct {
	Bias    float64 `json:"bias"`
	Weights signs   `json:"weights"`
}

func (c *confidence) probability(s *signs) float64 { return sigmoid(c.logit(s)) }

func (c *confidence) logit(s *signs) float64 {
	z := c.Bias
	for i := range s {
		z += c.Weights[i] * s[i]
	}
	return z
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// logit of a probability, kept finite.
func logit(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

// read fills in the signs that depend on the ranking: rows are the best articles,
// best first, two at least (withRival), shares their softmax.
func (s *signs) read(r *ranker, rows []features, shares []float64) {
	if len(rows) == 0 {
		return
	}
	first := rows[0]
	s[sShare] = shares[0]
	s[sShareLogit] = logit(shares[0])
	s[sMargin] = min(r.score(&rows[0])-r.score(&rows[1]), 8)
	s[sWordBest] = float64(first[fWordBest])
	s[sLetterBest] = float64(first[fLetterBest])
	s[sConceptBest] = float64(first[fConceptBest])
	s[sLetterTop3] = float64(first[fLetterTop3])
	s[sWordings] = float64(first[fWordings])
	s[sBody] = float64(first[fBody])
	s[sCovered] = float64(first[fCovered])
	s[sWordLead] = lead(rows, fWordTop3)
	s[sLetterLead] = lead(rows, fLetterTop3)
	s[sConceptLead] = lead(rows, fConceptTop3)
	s[sWordingsLead] = lead(rows, fWordings)
	s[sClassLead] = lead(rows, fClass)
	if evidence := s[sEvidence]; evidence > 0 {
		s[sSenseBest] = float64(first[fSenseBest]) / evidence
		s[sSenseCentre] = float64(first[fSenseCentre]) / evidence
		s[sSpread] = float64(first[fSpread]) / evidence
	}
	s[sSenseLead] = lead(rows, fSenseCentre)
	for _, p := range shares {
		s[sEntropy] += p * math.Log(p+1e-12)
	}
	p := math.Exp((float64(first[fClass]) - 1) * classDepth)
	s[sClass] = p
	s[sClassLogit] = logit(p)
}

// lead is how far the first row is ahead of the best other one in one feature, -1..1.
func lead(rows []features, feature int) float64 {
	other := float32(0)
	for i := range rows[1:] {
		other = max(other, rows[1+i][feature])
	}
	return float64(rows[0][feature] - other)
}

// outcome is what became of a text whose right article is known.
type outcome struct {
	signs  signs
	right  bool // the first article is the right one
	among  bool // one of the first three is
	inside bool // some article is
	weight float64
	sure   float64 // the confidence, once it is fitted
}
