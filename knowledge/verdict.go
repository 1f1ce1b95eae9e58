package knowledge

import "slices"

const (
	// ownShare is how far the shipped ranker is moved to the one fitted on the base's own
	// wordings. Those differ from what visitors write: easier where an editor wrote
	// near-copies, harder where he covered what was not covered yet.
	ownShare = 0.75
	// shippedPull draws the weights of the confidence to the shipped ones. Own wordings
	// are few, and of what many bases taught only what they speak against is given up.
	shippedPull = 0.1
)

// conclude fits the verdicts on a rehearsal. Without trials the shipped ones remain.
func conclude(r rehearsal, target float64) verdicts {
	v := shipped(target)
	if len(r.classified) > 0 {
		v.Classified = v.Classified.fitted(r.classified, nobodyShare(r.articles), target)
	}
	if len(r.plain) > 0 {
		v.Plain = v.Plain.fitted(r.plain, nobodyShare(r.articles), target)
	}
	return v
}

// fitted moves a verdict towards the one that the trials ask for.
func (v verdict) fitted(trials []trial, nobody, target float64) verdict {
	f := verdict{Ranker: v.Ranker.toward(fitRanker(v.Ranker, trials), ownShare)}
	outcomes := f.outcomes(trials, nobody)
	f.Confidence = fitConfidence(outcomes, v.Confidence, shippedPull)
	for i := range outcomes {
		outcomes[i].sure = f.Confidence.probability(&outcomes[i].signs)
	}
	f.Promise = promise(outcomes, target)
	return f
}

// outcomes says of each trial whether the ranker puts the right article first,
// weighted to the share of questions that nobody answers.
func (v verdict) outcomes(trials []trial, nobody float64) []outcome {
	inside, outside := 0.0, 0.0
	for _, t := range trials {
		if t.right >= 0 {
			inside++
		} else {
			outside++
		}
	}
	out := make([]outcome, 0, len(trials))
	for _, t := range trials {
		o := outcome{signs: t.signs, inside: t.right >= 0, weight: (1 - nobody) / max(inside, 1)}
		if t.right < 0 {
			o.weight = nobody / max(outside, 1)
		}
		order := v.Ranker.order(t.rows, len(t.rows))
		rows := make([]features, len(order))
		for i, at := range order {
			rows[i] = t.rows[at]
		}
		rows = withRival(rows)
		o.signs.read(&v.Ranker, rows, v.Ranker.shares(rows, nil))
		at := slices.Index(order, t.right)
		o.right, o.among = at == 0, at >= 0 && at < 3
		out = append(out, o)
	}
	return out
}
