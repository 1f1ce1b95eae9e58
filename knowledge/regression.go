package knowledge

import "math"

// regression fits a confidence: signs are standardised while it runs.
type regression struct {
	outcomes     []outcome
	total        float64
	mean, spread signs
	standard     []signs // of the outcomes, in order
}

// fitConfidence fits a logistic regression by gradient steps (Adam, Kingma and Ba
// 2015) that keep every weight on its side of zero: on a small base a sign that
// happens to point the wrong way would otherwise do harm. The weights are drawn towards
// those of start with a force that grows by pull as they go (ridge regression, Hoerl and
// Kennard 1970): signs that say the same cannot be told apart by few outcomes.
func fitConfidence(outcomes []outcome, start confidence, pull float64) confidence {
	r := newRegression(outcomes)
	var c confidence
	for i := range c.Weights {
		start.Weights[i] *= r.spread[i]
	}
	c.Weights = start.Weights
	var past, momentum signs
	pastBias, momentumBias := 0.0, 0.0
	for step := 1; step <= 180; step++ {
		g, gBias := r.gradient(&c)
		rate := 0.05 * math.Sqrt(1-math.Pow(0.999, float64(step))) / (1 - math.Pow(0.9, float64(step)))
		c.Bias -= rate * adam(gBias, &momentumBias, &pastBias)
		for i := range g {
			c.Weights[i] -= rate * adam(g[i]+pull*(c.Weights[i]-start.Weights[i]), &momentum[i], &past[i])
			if d := direction(i); d != 0 && c.Weights[i]*d < 0 {
				c.Weights[i] = 0
			}
		}
	}
	for i := range c.Weights {
		c.Weights[i] /= r.spread[i]
		c.Bias -= c.Weights[i] * r.mean[i]
	}
	return c
}

func adam(g float64, momentum, past *float64) float64 {
	*momentum = 0.9**momentum + 0.1*g
	*past = 0.999**past + 0.001*g*g
	return *momentum / (math.Sqrt(*past) + 1e-8)
}

func newRegression(outcomes []outcome) *regression {
	r := &regression{outcomes: outcomes, standard: make([]signs, len(outcomes))}
	for _, o := range outcomes {
		r.total += o.weight
		for i, x := range o.signs {
			r.mean[i] += o.weight * x
		}
	}
	for i := range r.mean {
		r.mean[i] /= r.total
	}
	for _, o := range outcomes {
		for i, x := range o.signs {
			r.spread[i] += o.weight * (x - r.mean[i]) * (x - r.mean[i])
		}
	}
	for i := range r.spread {
		r.spread[i] = math.Sqrt(r.spread[i]/r.total) + 1e-3
	}
	for n, o := range outcomes {
		for i, x := range o.signs {
			r.standard[n][i] = (x - r.mean[i]) / r.spread[i]
		}
	}
	return r
}

func (r *regression) gradient(c *confidence) (g signs, bias float64) {
	for n := range r.outcomes {
		o, s := &r.outcomes[n], &r.standard[n]
		e := c.probability(s)
		if o.right {
			e--
		}
		e *= o.weight / r.total
		bias += e
		for i := range s {
			g[i] += e * s[i]
		}
	}
	return g, bias
}
