package knowledge

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestTheLowerBoundOfClopperAndPearson(t *testing.T) {
	for _, test := range []struct {
		right, n    int
		doubt, want float64
	}{
		{10, 10, 0.05, math.Pow(0.05, 0.1)}, // all right: doubt^(1/n)
		{59, 59, 0.05, math.Pow(0.05, 1.0/59)},
		{9, 10, 0.05, 0.6058}, // tables of exact binomial intervals
		{95, 100, 0.05, 0.8977},
		{0, 10, 0.05, 0},
	} {
		var got tally
		for i := range test.n {
			got.add(i < test.right, 2)
		}
		if bound := got.atLeast(test.doubt); math.Abs(bound-test.want) > 5e-4 {
			t.Errorf("%d of %d: %.4f, want %.4f", test.right, test.n, bound, test.want)
		}
	}
}

// questions draws outcomes whose confidence is the true chance of being right.
func drawn(random *rand.Rand, n int) []outcome {
	outcomes := make([]outcome, n)
	for i := range outcomes {
		sure := math.Sqrt(random.Float64())
		right := random.Float64() < sure
		outcomes[i] = outcome{sure: sure, right: right, among: right, inside: true, weight: 1}
	}
	return outcomes
}

func TestPromisesAreKept(t *testing.T) {
	const bases, target = 200, 0.95
	random := rand.New(rand.NewPCG(3, 4))
	fresh := drawn(random, 100_000)
	broken, answered := 0, 0
	for range bases {
		p := promise(drawn(random, 3000), target)
		if p.Bound < target {
			continue
		}
		answered++
		if truth, _ := answersAt(fresh, p.Answer); truth.share() < target-0.002 {
			broken++
		}
	}
	if answered < bases/2 {
		t.Fatalf("only %d of %d bases could promise anything", answered, bases)
	}
	if most := int(1.5 * doubt * bases); broken > most {
		t.Errorf("%d of %d promises were broken, at most %d may be", broken, answered, most)
	}
}

func TestASmallBaseHasTheShippedThresholds(t *testing.T) {
	p := promise(drawn(rand.New(rand.NewPCG(1, 1)), 20), 0.9)
	if p.Answer != shippedAnswer || p.Clarify != shippedClarify || p.Bound != 0 || p.Target != 0.9 {
		t.Errorf("%+v", p)
	}
}

func TestAHigherTargetIsNeverEasier(t *testing.T) {
	outcomes := drawn(rand.New(rand.NewPCG(5, 6)), 4000)
	last := 0.0
	for _, target := range []float64{0.8, 0.85, 0.9, 0.95} {
		p := promise(outcomes, target)
		if p.Answer < last {
			t.Errorf("target %v has the threshold %v, a lower one %v", target, p.Answer, last)
		}
		if p.Clarify > p.Answer {
			t.Errorf("target %v: clarify from %v, answer from %v", target, p.Clarify, p.Answer)
		}
		last = p.Answer
	}
}

func TestScoresOfAnEvaluation(t *testing.T) {
	got := Score([]Trial{
		{Right: "a", Ranked: []string{"a", "b"}, Confidence: 0.9, Answered: true},
		{Right: "b", Ranked: []string{"a", "b"}, Confidence: 0.8, Answered: true},
		{Right: "c", Ranked: []string{"c"}, Confidence: 0.7},
		{Ranked: []string{"a"}, Confidence: 0.2},
	})
	want := Scores{
		Questions: 4, Top1: 2.0 / 3, Hit3: 1, MRR: (1 + 0.5 + 1) / 3, Answered: 0.5, Precision: 0.5, Coverage: 2.0 / 3,
		AUROC: 0.75, ScopeAUROC: 1, ECE: (0.1 + 0.8 + 0.3 + 0.2) / 4, Coverage90: 1.0 / 3, Coverage95: 1.0 / 3,
	}
	for _, pair := range [][2]float64{
		{got.Top1, want.Top1}, {got.Hit3, want.Hit3}, {got.MRR, want.MRR}, {got.Answered, want.Answered}, {got.Precision, want.Precision},
		{got.Coverage, want.Coverage}, {got.AUROC, want.AUROC}, {got.ScopeAUROC, want.ScopeAUROC}, {got.ECE, want.ECE},
		{got.Coverage90, want.Coverage90}, {got.Coverage95, want.Coverage95},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
	}
	if empty := Score(nil); empty != (Scores{}) {
		t.Errorf("no trials give %+v", empty)
	}
}
