package knowledge

import (
	"math"
	"slices"
)

const (
	folds = 5
	// nobodyShare is the share of questions that no article answers which the
	// confidence is fitted for.
	nobodyShare = 0.25
	// classDepth is the depth of the classifier's logarithm that counts.
	classDepth = 8.0
)

// judge ranks the articles of one edition for a text and says how sure it is of the
// first. It is immutable.
type judge struct {
	matcher    *matcher
	classifier *classifier // nil when there is none
	verdict
}

// verdict is what is fitted on top of matcher and classifier.
type verdict struct {
	ranker     ranker
	confidence confidence
}

// judged is the ranking of a text.
type judged struct {
	order  []int // articles, best first
	rows   []features
	shares []float64
	sure   float64
	signs  signs
}

func (j *judge) features(s *sketch) *comparison {
	c := j.matcher.compare(s)
	if j.classifier != nil {
		c.classes = slices.Grow(c.classes[:0], len(c.rows))[:len(c.rows)]
		j.classifier.probabilities(c.vector, c.classes)
		for a, p := range c.classes {
			c.rows[a][fClass] = depth(p)
		}
	}
	return c
}

func depth(p float32) float32 {
	return float32(max(1+math.Log(float64(max(p, 1e-9)))/classDepth, 0))
}

// signsOf returns the signs that do not depend on the ranking.
func (m *matcher) signsOf(s *sketch, c *comparison) signs {
	return signs{
		sUnknownWords: float64(c.unknown[wordGrams]), sUnknownLetters: float64(c.unknown[letterGrams]),
		sUnknownConcepts: float64(c.unknown[conceptGrams]), sKnownTerms: m.known(s),
		sLength: math.Log(1 + float64(s.size)),
	}
}

func (j *judge) judge(s *sketch, limit int) judged {
	c := j.features(s)
	defer j.matcher.release(c)
	limit = max(limit, candidates)
	d := judged{order: j.ranker.order(c.rows, limit), signs: j.matcher.signsOf(s, c)}
	for _, a := range d.order {
		d.rows = append(d.rows, c.rows[a])
	}
	d.shares = j.ranker.shares(d.rows, nil)
	d.signs.read(j.ranker, d.rows, d.shares)
	d.sure = j.confidence.probability(d.signs)
	return d
}

// train builds matcher and classifier.
func train(leaves []leaf, rounds int) *judge {
	m := newMatcher(leaves)
	var examples []example
	for a, l := range leaves {
		for _, s := range l.texts {
			examples = append(examples, example{m.vector(s), int32(a)})
		}
	}
	return &judge{matcher: m, classifier: trainClassifier(examples, len(m.idf), len(leaves), rounds), verdict: shipped()}
}

// rehearse holds out a fifth of the wordings of each article, and another fifth of
// the articles as a whole, five times over, and returns how the rest of the base
// does on them.
func rehearse(leaves []leaf) []trial {
	var trials []trial
	for fold := range folds {
		var rest []leaf
		place := make([]int, len(leaves))
		for a, l := range leaves {
			place[a] = -1
			if apart(a) == fold {
				continue
			}
			place[a] = len(rest)
			kept := leaf{body: l.body}
			for t, s := range l.texts {
				if !heldOut(t, a, fold) {
					kept.texts = append(kept.texts, s)
				}
			}
			rest = append(rest, kept)
		}
		j := train(rest, classifierRounds)
		for a, l := range leaves {
			for t, s := range l.texts {
				if t > 0 && (place[a] < 0 || heldOut(t, a, fold)) {
					trials = append(trials, j.try(s, place[a]))
				}
			}
		}
	}
	return trials
}

// heldOut reports whether a wording is held out. The question never is: it is in the
// words of the article's body too.
func heldOut(text, article, fold int) bool { return text > 0 && (text+article)%folds == fold }

// apart names the fold in which an article is held out as a whole.
func apart(article int) int { return int(mix(uint32(article)*2654435761) % folds) }

func (j *judge) try(s *sketch, right int) trial {
	c := j.features(s)
	defer j.matcher.release(c)
	t := trial{right: -1, signs: j.matcher.signsOf(s, c)}
	for i, a := range j.ranker.order(c.rows, candidates) {
		if a == right {
			t.right = i
		}
		t.rows = append(t.rows, c.rows[a])
	}
	if t.right < 0 && right >= 0 {
		t.right = len(t.rows) - 1
		t.rows[t.right] = c.rows[right]
	}
	return t
}

// ownShare is how far the shipped verdict is moved to the one fitted on the base's own
// wordings. Those differ from what visitors write: easier where an editor wrote
// near-copies, harder where he covered what was not covered yet.
const ownShare = 0.5

// conclude fits ranker and confidence on the trials.
func conclude(trials []trial) verdict {
	start := shipped()
	v := verdict{ranker: start.ranker.toward(fitRanker(start.ranker, trials), ownShare)}
	v.confidence = start.confidence.toward(fitConfidence(v.outcomes(trials)), ownShare)
	return v
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
		order := v.ranker.order(t.rows, len(t.rows))
		rows := make([]features, len(order))
		for i, at := range order {
			rows[i] = t.rows[at]
		}
		o.signs.read(v.ranker, rows, v.ranker.shares(rows, nil))
		o.right = t.right >= 0 && order[0] == t.right
		out = append(out, o)
	}
	return out
}
