package knowledge

import (
	"cmp"
	"slices"
	"time"
)

// first scores by the share of common stems of the best wording.
func (e *edition) first(text string, limit int, now time.Time) []Hit {
	asked := map[string]bool{}
	for _, w := range e.reader.words(text) {
		if !w.stop {
			asked[w.stem] = true
		}
	}
	var hits []Hit
	for _, en := range e.entries {
		if !en.Current(now) {
			continue
		}
		best := 0.0
		for _, stems := range en.stems() {
			common := 0.0
			for _, stem := range stems {
				if asked[stem] {
					common++
				}
			}
			best = max(best, 2*common/(float64(len(stems)+len(asked))+.01))
		}
		if best > 0 {
			hits = append(hits, Hit{Article: en.published(), Score: best, Confidence: best * .98})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits[:min(limit, len(hits))]
}
