package knowledge

import (
	"cmp"
	"math"
	"slices"
)

// candidates is how many articles the ranker is fitted on for each text.
const candidates = 8

// ranker orders articles by a weighted sum of their features. No weight is negative:
// more likeness never makes an article worse, which keeps small bases sane.
type ranker struct {
	Weights [featureCount]float64 `json:"weights"`
}

func (r *ranker) score(f *features) float64 {
	s := 0.0
	for i := range f {
		s += r.Weights[i] * float64(f[i])
	}
	return s
}

// toward moves a share of the way to other.
func (r ranker) toward(other ranker, share float64) ranker {
	for i := range r.Weights {
		r.Weights[i] += share * (other.Weights[i] - r.Weights[i])
	}
	return r
}

// trial is a text whose right article is known to the fit: a wording that was held
// out, or one whose whole article was.
type trial struct {
	rows  []features // of the best articles by the shipped ranker, best first
	right int        // index in rows of the right article, or -1
	signs signs      // what confidence looks at besides the rows
}

// fitRanker minimises the listwise softmax loss (Cao et al. 2007) over the trials
// that have a right article, by gradient steps that keep the weights at or above zero.
func fitRanker(start ranker, trials []trial) ranker {
	r := start
	var squares [featureCount]float64
	p := make([]float64, candidates)
	n := 0.0
	for _, t := range trials {
		if t.right >= 0 {
			n++
		}
	}
	if n == 0 {
		return r
	}
	for range 80 {
		var gradient [featureCount]float64
		for at := range trials {
			t := &trials[at]
			if t.right < 0 {
				continue
			}
			p = r.shares(t.rows, p)
			p[t.right]--
			for i := range t.rows {
				row, share := &t.rows[i], p[i]
				for f := range row {
					gradient[f] += share * float64(row[f])
				}
			}
		}
		for f := range gradient {
			g := gradient[f]/n + 2e-4*(r.Weights[f]-start.Weights[f])
			squares[f] += g * g
			r.Weights[f] = max(r.Weights[f]-0.5*g/(math.Sqrt(squares[f])+1e-9), 0)
		}
	}
	return r
}

// shares are the softmax of the scores; into is used when it is large enough.
func (r *ranker) shares(rows []features, into []float64) []float64 {
	into = slices.Grow(into[:0], len(rows))[:len(rows)]
	best := math.Inf(-1)
	for i := range rows {
		into[i] = r.score(&rows[i])
		best = max(best, into[i])
	}
	sum := 0.0
	for i := range into {
		into[i] = math.Exp(into[i] - best)
		sum += into[i]
	}
	for i := range into {
		into[i] /= sum
	}
	return into
}

// scored is a row by its index.
type scored struct {
	index int
	score float64
}

// best appends the rows with the best scores to none, best first, at most limit; equal
// scores keep their order.
func (r *ranker) best(none []scored, rows []features, limit int) []scored {
	for i := range rows {
		none = inserted(none, scored{i, r.score(&rows[i])}, limit, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	}
	return none
}

// order returns the indexes of rows from the best score to the worst, at most limit;
// equal scores keep their order.
func (r *ranker) order(rows []features, limit int) []int {
	best := r.best(make([]scored, 0, limit+1), rows, limit)
	out := make([]int, len(best))
	for i, s := range best {
		out[i] = s.index
	}
	return out
}

// inserted puts one more thing into the first of an order, behind its equals, and drops
// what is more than limit then.
func inserted[T any](first []T, one T, limit int, order func(a, b T) int) []T {
	at := len(first)
	for at > 0 && order(one, first[at-1]) < 0 {
		at--
	}
	if at == limit {
		return first
	}
	first = slices.Insert(first, at, one)
	return first[:min(len(first), limit)]
}
