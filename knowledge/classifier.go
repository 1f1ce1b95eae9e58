package knowledge

import (
	"context"
	"math"
	"math/rand/v2"
)

// Settings of the classifier. More rounds fit the wordings closer; a gradient below
// classifierFloor is not worth following.
const (
	classifierRounds = 10
	classifierRate   = 0.35
	classifierDamp   = 0.05 // keeps rare grams from being learned by heart
	classifierFloor  = 0.004
	// An example whose class has all but this probability sits out some rounds.
	classifierLearnt = 0.1
	classifierRest   = 2
)

// classifier is a softmax (multinomial logistic) regression over the components of a
// text, trained with Adagrad (Duchi, Hazan and Singer 2011). It is immutable.
// Memory: 4 bytes for each gram and article.
type classifier struct {
	classes int
	weights []float32 // by gram, then class
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

// kindScale is how much a kind of gram counts in the classifier.
func kindScale() [gramKinds]float32 { return [gramKinds]float32{1, 0.8, 1} }

// trainClassifier fits a classifier on the wordings of a matcher; the same matcher
// gives the same weights. It fails only when the context ends.
func trainClassifier(ctx context.Context, m *matcher) (*classifier, error) {
	examples, classes := m.examples(), len(m.shapes)
	k := &classifier{classes: classes, weights: make([]float32, len(m.value)*classes), scale: kindScale()}
	squares := make([]float32, len(k.weights))
	order := rand.New(rand.NewPCG(1, 2))
	p := make([]float32, classes)
	hot, pull := make([]int32, 0, classes), make([]float32, 0, classes) // classes with a gradient, and it
	rested := make([]int8, len(examples))                               // rounds that an example sits out
	at := make([]int, len(examples))
	for i := range at {
		at[i] = i
	}
	for range classifierRounds {
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
			k.probabilities(e.components, p)
			p[e.class]--
			if p[e.class] > -classifierLearnt {
				rested[i] = classifierRest
			}
			hot, pull = hot[:0], pull[:0]
			for c, g := range p {
				if g > classifierFloor || g < -classifierFloor {
					hot, pull = append(hot, int32(c)), append(pull, g)
				}
			}
			if len(hot) == 0 {
				continue
			}
			for _, v := range e.components {
				from := int(v.gram) * classes
				adagrad(k.weights[from:from+classes], squares[from:from+classes], hot, pull, v.weight*k.scale[v.kind])
			}
		}
	}
	return k, nil
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
		row[c] -= classifierRate * g / (sqrt32(square) + classifierDamp)
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// probabilities fills p, one for each class.
func (k *classifier) probabilities(components []weighed, p []float32) {
	clear(p)
	n := len(p)
	row := func(v weighed) ([]float32, float32) {
		from := int(v.gram) * k.classes
		return k.weights[from : from+n], v.weight * k.scale[v.kind]
	}
	// Four rows at a time: p is read and written a quarter as often.
	for ; len(components) >= 4; components = components[4:] {
		r0, x0 := row(components[0])
		r1, x1 := row(components[1])
		r2, x2 := row(components[2])
		r3, x3 := row(components[3])
		r0, r1, r2, r3 = r0[:n], r1[:n], r2[:n], r3[:n]
		for c := range p {
			p[c] += (x0*r0[c] + x1*r1[c]) + (x2*r2[c] + x3*r3[c])
		}
	}
	for _, v := range components {
		r, x := row(v)
		for c, w := range r {
			p[c] += x * w
		}
	}
	softmax(p)
}

func softmax(p []float32) {
	top := float32(math.Inf(-1))
	for _, v := range p {
		top = max(top, v)
	}
	var sum float32
	for i, v := range p {
		p[i] = float32(math.Exp(float64(v - top)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}
