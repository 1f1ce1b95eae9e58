package knowledge

import "testing"

// TestAnArticleFoundAloneIsNoSurerForIt asks what shares nothing with the only article
// that is looked at, as one that was just published is.
func TestAnArticleFoundAloneIsNoSurerForIt(t *testing.T) {
	r := newReader(English, nil)
	leaves := []leaf{{texts: []*sketch{r.sketch("Where do I park my zeppelin?"), r.sketch("park an airship")}}}
	j := &judge{matcher: newMatcher(1, func(int) leaf { return leaves[0] }), verdicts: shipped(DefaultTarget)}
	rank := func(text string) ranking {
		c := j.compare(r.sketch(text))
		defer j.matcher.release(c)
		return j.rank(c, []int{0})
	}
	if far := rank("xyzzy"); far.signs[sMargin] > 0.1 || far.shares[0] > 0.55 || far.sure > 0.2 {
		t.Errorf("ahead by %v with a share of %v, sure %v", far.signs[sMargin], far.shares[0], far.sure)
	}
	if near := rank("parking a zeppelin"); near.signs[sMargin] < 1 || len(near.shares) != 1 {
		t.Errorf("ahead by %v, shares %v", near.signs[sMargin], near.shares)
	}
}
