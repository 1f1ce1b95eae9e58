package knowledge

import (
	"cmp"
	"math"
	"slices"
)

// Trial is one question of an evaluation with what became of it.
type Trial struct {
	Right      string   // id of the right article; empty when nothing answers the question
	Ranked     []string // ids of the articles, best first
	Confidence float64  // that the first is the right one, 0..1
	Answered   bool     // the first was given as the answer
}

func (t Trial) correct() bool { return t.Right != "" && len(t.Ranked) > 0 && t.Ranked[0] == t.Right }

// Scores are what an evaluation found. All are shares 0..1.
type Scores struct {
	Questions int     `json:"questions"`
	Top1      float64 `json:"top1"`      // of the questions that have an answer: the first article is right
	Hit3      float64 `json:"hit3"`      // of the same: one of the first three is
	MRR       float64 `json:"mrr"`       // mean reciprocal rank among the first five
	Answered  float64 `json:"answered"`  // of all questions
	Precision float64 `json:"precision"` // of the answered ones: rightly
	Coverage  float64 `json:"coverage"`  // of the questions that have an answer: answered
	// AUROC is the chance that a rightly ranked question has a higher confidence than
	// one that is ranked wrongly or has no answer.
	AUROC float64 `json:"auroc"`
	// ECE is the expected calibration error over ten equal bins (Guo et al. 2017).
	ECE float64 `json:"ece"`
	// ScopeAUROC is the chance that a question with an answer has a higher confidence
	// than one without.
	ScopeAUROC float64 `json:"scope_auroc"`
	// Coverage90 and Coverage95 are the coverage at the lowest threshold at which
	// that share of all answers is right.
	Coverage90 float64 `json:"coverage90"`
	Coverage95 float64 `json:"coverage95"`
}

// Score computes the scores of trials. Values that nothing was there to compute from
// are 0.
func Score(trials []Trial) Scores {
	s := Scores{Questions: len(trials)}
	var inside, answered, rightly, covered float64
	for _, t := range trials {
		if t.Answered {
			answered++
			if t.correct() {
				rightly++
			}
		}
		if t.Right == "" {
			continue
		}
		inside++
		if t.Answered {
			covered++
		}
		at := slices.Index(t.Ranked, t.Right)
		if at == 0 {
			s.Top1++
		}
		if at >= 0 && at < 3 {
			s.Hit3++
		}
		if at >= 0 && at < 5 {
			s.MRR += 1 / float64(at+1)
		}
	}
	s.Top1, s.Hit3, s.MRR = share(s.Top1, inside), share(s.Hit3, inside), share(s.MRR, inside)
	s.Answered, s.Precision, s.Coverage = share(answered, float64(len(trials))), share(rightly, answered), share(covered, inside)
	s.AUROC = auroc(trials, Trial.correct)
	s.ScopeAUROC = auroc(trials, func(t Trial) bool { return t.Right != "" })
	s.ECE = calibrationError(trials)
	s.Coverage90, s.Coverage95 = coverageAt(trials, 0.90), coverageAt(trials, 0.95)
	return s
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// auroc is the area under the receiver operating characteristic of the confidence,
// by ranks; ties count half (Mann and Whitney 1947).
func auroc(trials []Trial, positive func(Trial) bool) float64 {
	sorted := byConfidence(trials)
	var positives, negatives, won float64
	for i := 0; i < len(sorted); {
		j, here := i, 0.0
		for ; j < len(sorted) && sorted[j].Confidence == sorted[i].Confidence; j++ {
			if positive(sorted[j]) {
				here++
			}
		}
		against := float64(j-i) - here
		won += negatives*here + against*here/2
		positives += here
		negatives += against
		i = j
	}
	// Sorted from the highest confidence down, won counts the pairs that are the
	// wrong way round.
	if positives == 0 || negatives == 0 {
		return 0
	}
	return 1 - won/(positives*negatives)
}

func byConfidence(trials []Trial) []Trial {
	sorted := slices.Clone(trials)
	slices.SortStableFunc(sorted, func(a, b Trial) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return sorted
}

func calibrationError(trials []Trial) float64 {
	const bins = 10
	var n, confidence, right [bins]float64
	for _, t := range trials {
		bin := min(int(t.Confidence*bins), bins-1)
		n[bin]++
		confidence[bin] += t.Confidence
		if t.correct() {
			right[bin]++
		}
	}
	e := 0.0
	for bin := range bins {
		e += math.Abs(confidence[bin] - right[bin])
	}
	return share(e, float64(len(trials)))
}

func coverageAt(trials []Trial, precision float64) float64 {
	sorted := byConfidence(trials)
	var inside, asked, right, best float64
	for i, t := range sorted {
		if t.Right != "" {
			inside++
			asked++
		}
		if t.correct() {
			right++
		}
		last := i+1 == len(sorted) || sorted[i+1].Confidence != t.Confidence
		if last && right/float64(i+1) >= precision {
			best = asked
		}
	}
	return share(best, inside)
}
