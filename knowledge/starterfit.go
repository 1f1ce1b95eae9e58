package knowledge

import (
	_ "embed"
	"encoding/json"
)

// The verdicts on the starter base, so that Emma is as sure of it at the first start
// as she is after a rehearsal. TestTheStarterIsFitted keeps them up to date.
//
//go:embed starterfit.json
var starterFit []byte

// starterFitted is the verdict on the starter base in one language.
type starterFitted struct {
	Articles string   `json:"articles"` // fingerprint of the articles as they are written
	Verdicts verdicts `json:"verdicts"`
}

// starterVerdicts returns the verdicts that a rehearsal would give where the edition is
// the starter base as it comes with the program; else the shipped ones and false.
func starterVerdicts(e *edition, target float64) (_ verdicts, rehearsed bool) {
	var fits map[string]starterFitted
	if err := json.Unmarshal(starterFit, &fits); err != nil {
		panic("the embedded verdicts cannot be read: " + err.Error())
	}
	if fit, ok := fits[e.language]; ok && fit.Articles == e.written() {
		if v, known := fit.Verdicts.aiming(target); known {
			return v, true
		}
	}
	return shipped(target), false
}
