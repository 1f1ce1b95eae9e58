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
// 2011). Memory: 8 bytes for each gram and article.
type training struct {
	classes int
	weights []float32 // by gram, then class
	squares []float32 // sums of the squares of the gradients so far
	moved   []bool    // by gram: some weight is not 0
	scale   [gramKinds]float32
}

// example is a wording of an article as its components.
type example struct {
	components []weighed
	class      int32
}

func (m *matcher) examples() []example {
	var all []example
	for a, s := range m.shapes {
		texts := make([]example, len(s.scale))
		for t := range texts {
			texts[t].class = int32(a)
		}
		s.each(func(g int32, in []int) {
			if m.value[g] == 0 {
				return
			}
			for _, t := range in {
				kind := m.kinds[g]
				texts[t].components = append(texts[t].components, weighed{gram: g, kind: kind, weight: m.value[g] * s.scale[t][kind]})
			}
		})
		all = append(all, texts...)
	}
	return all
}

// trainClassifier fits a classifier on the wordings of a matcher; the same matcher
// gives the same weights. It fails only when the context ends.
func trainClassifier(ctx context.Context, m *matcher) (*classifier, error) {
	examples, classes := m.examples(), len(m.shapes)
	t := &training{classes: classes, moved: make([]bool, len(m.value)), scale: kindScale()}
	t.weights, t.squares = make([]float32, len(m.value)*classes), make([]float32, len(m.value)*classes)
	order := rand.New(rand.NewPCG(1, 2))
	p := make([]float32, classes)
	hot, pull := make([]int32, 0, classes), make([]float32, 0, classes) // classes with a gradient, and it
	rested := make([]int8, len(examples))                               // rounds that an example sits out
	at := make([]int, len(examples))
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
			e := examples[i]
			t.probabilities(e.components, p)
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
				t.step(e.components, hot, pull)
			}
		}
	}
	return newClassifier(t.weights, classes), nil
}

// step moves the weights of some classes against their gradients.
func (t *training) step(components []weighed, hot []int32, pull []float32) {
	for _, v := range components {
		from := int(v.gram) * t.classes
		adagrad(t.weights[from:from+t.classes], t.squares[from:from+t.classes], hot, pull, v.weight*t.scale[v.kind])
		t.moved[v.gram] = true
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
func (t *training) probabilities(components []weighed, p []float32) {
	clear(p)
	n := len(p)
	var rows [4][]float32 // four at a time: p is read and written a quarter as often
	var times [4]float32
	waiting := 0
	for _, v := range components {
		if !t.moved[v.gram] {
			continue
		}
		rows[waiting], times[waiting] = t.weights[int(v.gram)*t.classes:][:n], v.weight*t.scale[v.kind]
		if waiting++; waiting < len(rows) {
			continue
		}
		waiting = 0
		r0, r1, r2, r3 := rows[0][:n], rows[1][:n], rows[2][:n], rows[3][:n]
		x0, x1, x2, x3 := times[0], times[1], times[2], times[3]
		for c := range p {
			p[c] += (x0*r0[c] + x1*r1[c]) + (x2*r2[c] + x3*r3[c])
		}
	}
	for i := range waiting {
		for c, w := range rows[i] {
			p[c] += times[i] * w
		}
	}
	softmax(p)
}
