package knowledge

import (
	"math"
	"math/rand/v2"
)

// Settings of the classifier. More rounds fit the wordings closer; a gradient below
// classifierFloor is not worth following.
const (
	classifierRounds = 15
	classifierRate   = 0.35
	classifierDamp   = 0.2 // keeps rare grams from being learned by heart
	classifierFloor  = 0.001
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
	vector []weighed
	class  int32
}

// kindScale is how much a kind of gram counts in the classifier.
func kindScale() [gramKinds]float32 { return [gramKinds]float32{1, 0.8, 1} }

// trainClassifier fits a classifier; the same examples in the same order give the
// same weights.
func trainClassifier(examples []example, grams, classes, rounds int) *classifier {
	k := &classifier{classes: classes, weights: make([]float32, grams*classes), scale: kindScale()}
	squares := make([]float32, len(k.weights))
	order := rand.New(rand.NewPCG(1, 2))
	p := make([]float32, classes)
	hot := make([]int32, 0, classes)
	at := make([]int, len(examples))
	for i := range at {
		at[i] = i
	}
	for range rounds {
		order.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
		for _, i := range at {
			e := examples[i]
			k.probabilities(e.vector, p)
			p[e.class]--
			hot = hot[:0]
			for c, g := range p {
				if g > classifierFloor || g < -classifierFloor {
					hot = append(hot, int32(c))
				}
			}
			if len(hot) == 0 {
				continue
			}
			for _, v := range e.vector {
				x := v.weight * k.scale[v.kind]
				row := k.weights[int(v.id)*classes:][:classes]
				past := squares[int(v.id)*classes:][:classes]
				for _, c := range hot {
					g := p[c] * x
					past[c] += g * g
					row[c] -= classifierRate * g / (sqrt32(past[c]) + classifierDamp)
				}
			}
		}
	}
	return k
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// probabilities fills p, one for each class.
func (k *classifier) probabilities(vector []weighed, p []float32) {
	clear(p)
	for _, v := range vector {
		x := v.weight * k.scale[v.kind]
		row := k.weights[int(v.id)*k.classes:][:len(p)]
		for c, w := range row {
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
