package knowledge

import "math"

const (
	// DefaultTarget is the share of answers that shall be right.
	DefaultTarget = 0.95
	// doubt is the chance that a bound does not hold.
	doubt = 0.10
	// clarifyTarget is the chance that the right article shall have of being among
	// three choices that are offered.
	clarifyTarget = 0.5
	// shippedAnswer and shippedClarify are in force where a base has too few wordings
	// of its own to say.
	shippedAnswer, shippedClarify = 0.9, 0.4
	// flattery is how far below the target the threshold may be at most.
	flattery      = 0.05
	fewestTrials  = 100
	fewestAnswers = 200
)

// Promise says which confidence it takes to answer, and what may be expected of the
// answers then. It is measured on the rehearsal: the base's own wordings, held out,
// and questions that no article answers (nobodyShare).
type Promise struct {
	Target  float64 `json:"target"`  // the share of answers that shall be right
	Answer  float64 `json:"answer"`  // at or above this confidence the first article is the answer
	Clarify float64 `json:"clarify"` // at or above this one the first three are offered
	// Achieved is the share of the answers in the rehearsal that were right, Bound
	// what it is at least, with a probability of 90 %, and Coverage the share of the
	// questions with an answer that were answered. Where Bound is below Target the
	// base has too few wordings, or too like ones, to promise it; all three are 0
	// where nothing was measured.
	Achieved float64 `json:"achieved"`
	Bound    float64 `json:"bound"`
	Coverage float64 `json:"coverage"`
	Trials   int     `json:"trials"` // that it rests on
	// Levels are what other thresholds would give, the highest first; none where
	// nothing was measured.
	Levels []Level `json:"levels,omitempty"`
}

// Level is what answering from a confidence on gives.
type Level struct {
	Answer   float64 `json:"answer"`
	Achieved float64 `json:"achieved"`
	Bound    float64 `json:"bound"` // what Achieved is at least, with a probability of 90 %
	Most     float64 `json:"most"`  // what it is at most, likewise
	Coverage float64 `json:"coverage"`
}

// lowestLevel is the lowest threshold that is measured, in hundredths.
const lowestLevel = 40

// levels measures the thresholds that have enough answers.
func levels(outcomes []outcome) []Level {
	var all []Level
	for percent := 98; percent >= lowestLevel; percent-- {
		answered, coverage := answersAt(outcomes, float64(percent)/100)
		if answered.effective() < fewestAnswers {
			continue
		}
		wrong := tally{weight: answered.weight, right: answered.weight - answered.right, squares: answered.squares}
		all = append(all, Level{
			Answer: float64(percent) / 100, Achieved: answered.share(), Bound: answered.atLeast(doubt), Most: 1 - wrong.atLeast(doubt), Coverage: coverage,
		})
	}
	return all
}

// For is the promise for another target, from the same measurement. It is false where
// levels were not kept with the measurement, so that it has to be made again.
func (p Promise) For(target float64) (Promise, bool) {
	if p.Target == target {
		return p, true
	}
	q := Promise{Target: target, Answer: max(shippedAnswer, target-flattery), Clarify: p.Clarify, Trials: p.Trials, Levels: p.Levels}
	q.choose()
	return q, p.Trials < fewestTrials || len(p.Levels) > 0
}

// choose takes the lowest level that keeps the target.
func (p *Promise) choose() {
	take := func(l Level) { p.Answer, p.Achieved, p.Bound, p.Coverage = l.Answer, l.Achieved, l.Bound, l.Coverage }
	for _, l := range p.Levels {
		if l.Bound < p.Target || l.Answer < p.Target-flattery-1e-9 {
			break
		}
		take(l)
	}
	if p.Bound > 0 {
		return
	}
	for _, l := range p.Levels { // none keeps it
		if math.Abs(l.Answer-p.Answer) < 0.005 {
			take(l)
		}
	}
}

// promise chooses the lowest threshold whose answers keep the target for sure: their
// share of right ones has a lower bound (Clopper and Pearson 1934) at or above it.
// Thresholds are tried in steps of a hundredth from the highest down that has enough
// answers, and the first that fails ends the search, so that the bound holds for the
// one chosen: fixed-sequence testing, as in "Learn then Test" (Angelopoulos, Bates,
// Candès, Jordan and Lei 2021). None is below target - 0.05: a rehearsal on near-copies
// flatters. When even the first fails the shipped threshold remains, with the bound
// that it has: the rehearsal, which lacks a fifth of the wordings, is then too hard to
// prove anything.
func promise(outcomes []outcome, target float64) Promise {
	p := Promise{Target: target, Answer: max(shippedAnswer, target-flattery), Clarify: shippedClarify, Trials: len(outcomes)}
	if len(outcomes) < fewestTrials {
		return p
	}
	p.Levels = levels(outcomes)
	p.choose()
	if p.Bound == 0 {
		answered, coverage := answersAt(outcomes, p.Answer)
		p.Achieved, p.Bound, p.Coverage = answered.share(), answered.atLeast(doubt), coverage
	}
	p.Clarify = clarifyFrom(outcomes, p.Answer)
	return p
}

// answersAt counts the answers at a threshold, and the share of the questions with an
// answer that get one.
func answersAt(outcomes []outcome, level float64) (answered tally, coverage float64) {
	var inside, covered float64
	for _, o := range outcomes {
		if o.inside {
			inside += o.weight
		}
		if o.sure >= level {
			answered.add(o.right, o.weight)
			if o.inside {
				covered += o.weight
			}
		}
	}
	return answered, share(covered, inside)
}

// clarifyFrom chooses the lowest threshold such that, from there to answer, the right
// article is among the first three often enough: in each band of a tenth.
func clarifyFrom(outcomes []outcome, answer float64) float64 {
	const step, band = 0.05, 0.1
	from := shippedClarify
	for low := shippedClarify; low > step; low -= step {
		var offered tally
		for _, o := range outcomes {
			if o.sure >= low && o.sure < min(low+band, answer) {
				offered.add(o.among, o.weight)
			}
		}
		if offered.share() < clarifyTarget {
			break
		}
		from = low
	}
	return from
}

// tally counts weighted successes.
type tally struct{ weight, right, squares float64 }

func (t *tally) add(right bool, weight float64) {
	t.weight += weight
	t.squares += weight * weight
	if right {
		t.right += weight
	}
}

func (t *tally) share() float64 { return share(t.right, t.weight) }

// effective is how many trials of equal weight tell as much (Kish 1965).
func (t *tally) effective() float64 { return share(t.weight*t.weight, t.squares) }

// atLeast is the lower bound of Clopper and Pearson on the true share, which fails
// with the given probability. Weighted trials count as their effective number.
func (t *tally) atLeast(doubt float64) float64 {
	if t.right == 0 {
		return 0
	}
	n := t.effective()
	k := n * t.share()
	low, high := 0.0, t.share()
	for range 50 { // the chance of k or more successes grows with the share
		middle := (low + high) / 2
		if betaCDF(middle, k, n-k+1) < doubt {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// betaCDF is the regularised incomplete beta function I_x(a,b), by the continued
// fraction of Lentz (Press et al., Numerical Recipes, 6.4).
func betaCDF(x, a, b float64) float64 {
	if x <= 0 || x >= 1 {
		return max(0, min(x, 1))
	}
	if x > (a+1)/(a+b+2) {
		return 1 - betaCDF(1-x, b, a)
	}
	lgamma := func(z float64) float64 {
		v, _ := math.Lgamma(z)
		return v
	}
	front := math.Exp(lgamma(a+b)-lgamma(a)-lgamma(b)+a*math.Log(x)+b*math.Log(1-x)) / a
	const tiny = 1e-30
	f, c, d := 1.0, 1.0, 0.0
	for i := range 300 {
		m := float64(i / 2)
		numerator := 1.0
		switch {
		case i == 0:
		case i%2 == 0:
			numerator = m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		default:
			numerator = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		d = 1 / atLeastTiny(1+numerator*d, tiny)
		c = atLeastTiny(1+numerator/c, tiny)
		f *= c * d
		if math.Abs(1-c*d) < 1e-12 {
			break
		}
	}
	return front * (f - 1)
}

func atLeastTiny(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}
