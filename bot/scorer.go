package bot

import "math"

// scorer tells a question about the visitor's own case from a general one: a
// logistic regression over signals that fire or not. The weights are fitted on the
// fitting half of testdata/decisions.jsonl (go test ./bot -run Fit -fit).
type scorer struct {
	Bias      float64            `json:"bias"`
	Weights   map[string]float64 `json:"weights"`
	Threshold float64            `json:"threshold"` // at or above: the visitor's own case
}

// probability that the message is about the visitor's own case, 0..1.
func (s scorer) probability(features []string) float64 {
	z := s.Bias
	for _, f := range features {
		z += s.Weights[f]
	}
	return 1 / (1 + math.Exp(-z))
}
