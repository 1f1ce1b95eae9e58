package knowledge

// ownShare is how far the shipped verdict is moved to the one fitted on the base's own
// wordings. Those differ from what visitors write: easier where an editor wrote
// near-copies, harder where he covered what was not covered yet.
const ownShare = 0.5

// conclude fits the verdicts on a rehearsal. Without trials the shipped ones remain.
func conclude(r rehearsal) verdicts {
	v := shipped()
	if len(r.classified) > 0 {
		v.Classified = v.Classified.fitted(r.classified)
	}
	if len(r.plain) > 0 {
		v.Plain = v.Plain.fitted(r.plain)
	}
	return v
}

// fitted moves a verdict towards the one that the trials ask for.
func (v verdict) fitted(trials []trial) verdict {
	f := verdict{Ranker: v.Ranker.toward(fitRanker(v.Ranker, trials), ownShare)}
	f.Confidence = v.Confidence.toward(fitConfidence(f.outcomes(trials)), ownShare)
	return f
}

// outcomes says of each trial whether the ranker puts the right article first,
// weighted to the share of questions that nobody answers.
func (v verdict) outcomes(trials []trial) []outcome {
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
		o := outcome{signs: t.signs, weight: (1 - nobodyShare) / max(inside, 1)}
		if t.right < 0 {
			o.weight = nobodyShare / max(outside, 1)
		}
		order := v.Ranker.order(t.rows, len(t.rows))
		rows := make([]features, len(order))
		for i, at := range order {
			rows[i] = t.rows[at]
		}
		o.signs.read(v.Ranker, rows, v.Ranker.shares(rows, nil))
		o.right = t.right >= 0 && order[0] == t.right
		out = append(out, o)
	}
	return out
}
