package knowledge

import (
	"cmp"
	"slices"
	"time"
)

// first scores by the share of common stems of the best wording.
func (e *edition) first(text string, limit int, now time.Time) []Hit {
	r := newReader(e.language)
	asked := map[string]bool{}
	for _, w := range r.words(text) {
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
		for _, t := range append([]string{en.Question}, en.Alternates...) {
			n, common := 0.0, 0.0
			for _, w := range r.words(t) {
				if w.stop {
					continue
				}
				n++
				if asked[w.stem] {
					common++
				}
			}
			best = max(best, 2*common/(n+float64(len(asked))+.01))
		}
		if best > 0 {
			hits = append(hits, Hit{Article: en.published(), Score: best, Confidence: best * .98})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits[:min(limit, len(hits))]
}
