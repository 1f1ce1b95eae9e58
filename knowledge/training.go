package knowledge

import (
	"context"
	"math"
	"math/rand/v2"
)

// Settings of the training. More rounds fit the wordings closer; a gradient below
// gradientFloor is not worth following.
const (
	trainingRounds = 10
	trainingRate   = 0.35
	trainingDamp   = 0.05 // keeps rare grams from being learned by heart
	gradientFloor  = 0.008
	// An example whose class has all but this probability sits out some rounds.
	learnt = 0.1
	rest   = 4
)

// training is a classifier while it is trained, with Adagrad (Duchi, Hazan and Singer
// 2011). Memory: 8 bytes for each row and article.
type training struct {
	classes int
	// rows have a weight for each class, and after these, where the processor finds them
	// soonest, the sums of the squares of their gradients so far.
	rows  []float32
	moved []bool // by row: some weight is not 0
}

// trainClassifier fits a classifier on the wordings of a matcher; the same matcher
// gives the same weights. It fails only when the context ends.
func trainClassifier(ctx context.Context, m *matcher) (*classifier, error) {
	l, classes := newLessons(m), len(m.shapes)
	t := &training{classes: classes, moved: make([]bool, l.rows)}
	t.rows = make([]float32, 2*l.rows*classes)
	order := rand.New(rand.NewPCG(1, 2))
	p := make([]float32, classes)
	hot, pull := make([]int32, 0, classes), make([]float32, 0, classes) // classes with a gradient, and it
	rested := make([]int8, len(l.examples))                             // rounds that an example sits out
	at := make([]int, len(l.examples))
	for i := range at {
		at[i] = i
	}
	for range trainingRounds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		order.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
		for _, i := range at {
			if rested[i] > 0 {
				rested[i]--
				continue
			}
			e := &l.examples[i]
			t.probabilities(e.terms, p)
			p[e.class]--
			if p[e.class] > -learnt {
				rested[i] = rest
			}
			hot, pull = hot[:0], pull[:0]
			for c, g := range p {
				if g > gradientFloor || g < -gradientFloor {
					hot, pull = append(hot, int32(c)), append(pull, g)
				}
			}
			if len(hot) > 0 {
				t.step(e.terms, hot, pull)
			}
		}
	}
	weights := make([][]float32, l.rows)
	for r := range weights {
		weights[r], _ = t.row(int32(r))
	}
	return newClassifier(weights, l.row, classes), nil
}

// row returns the weights of a row and the squares of their gradients, by class.
func (t *training) row(row int32) (weights, squares []float32) {
	both := t.rows[2*int(row)*t.classes:][:2*t.classes]
	return both[:t.classes], both[t.classes:]
}

// step moves the weights of some classes against their gradients. A training's memory is its
// own: the race detector, which would take most of the time of all tests for it, leaves this
// and probabilities out.
//
//go:norace
func (t *training) step(terms []taught, hot []int32, pull []float32) {
	for _, v := range terms {
		weights, squares := t.row(v.row)
		adagrad(weights, squares, hot, pull, v.each)
		t.moved[v.row] = true
	}
}

// adagrad moves some weights of a row against their gradients, pull times x. past are
// the sums of the squares of the gradients so far.
func adagrad(row, past []float32, hot []int32, pull []float32, x float32) {
	pull = pull[:len(hot)]
	past = past[:len(row)]
	for i, c := range hot {
		g := pull[i] * x
		square := past[c] + g*g
		past[c] = square
		row[c] -= trainingRate * g / (sqrt32(square) + trainingDamp)
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// probabilities fills p, one for each class.
//
//go:norace
func (t *training) probabilities(terms []taught, p []float32) {
	clear(p)
	n := len(p)
	var rows [8][]float32 // eight at a time: p is read and written an eighth as often
	var times [8]float32
	waiting := 0
	for _, v := range terms {
		if !t.moved[v.row] {
			continue
		}
		rows[waiting], _ = t.row(v.row)
		times[waiting] = v.all
		if waiting++; waiting < len(rows) {
			continue
		}
		waiting = 0
		r0, r1, r2, r3 := rows[0][:n], rows[1][:n], rows[2][:n], rows[3][:n]
		r4, r5, r6, r7 := rows[4][:n], rows[5][:n], rows[6][:n], rows[7][:n]
		x0, x1, x2, x3 := times[0], times[1], times[2], times[3]
		x4, x5, x6, x7 := times[4], times[5], times[6], times[7]
		for c := range p {
			p[c] += (x0*r0[c] + x1*r1[c]) + (x2*r2[c] + x3*r3[c]) + ((x4*r4[c] + x5*r5[c]) + (x6*r6[c] + x7*r7[c]))
		}
	}
	for i := range waiting {
		for c, w := range rows[i] {
			p[c] += times[i] * w
		}
	}
	softmax(p)
}
