package knowledge

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"strings"
)

const (
	encoderSize = 512 // dimensions of the encoder
	learnRounds = 6
	learnRate   = 0.005
)

// learn sets the vectors of the words so that the sum of a sentence's words points where
// the encoder's vector of the sentence does, in the space of its principal components:
// answers are those vectors, of the words alone first, which are where it begins.
// It is a distillation into static vectors like that of Model2Vec (Tulkens and van Dongen
// 2024), by steps of Adagrad with one rate a word.
func learn(words []madeWord, sentences []string, answers []byte) {
	row := func(i int) []float32 {
		v := make([]float32, encoderSize)
		for k := range v {
			v[k] = math.Float32frombits(binary.LittleEndian.Uint32(answers[4*(i*encoderSize+k):]))
		}
		return v
	}
	told := make([][]float32, len(sentences))
	for i := range told {
		told[i] = row(len(words) + i)
	}
	mean, axes := principal(told)
	at := map[string]int{}
	for i := range words {
		at[words[i].word] = i
		words[i].vector = onAxes(row(i), mean, axes)
	}
	texts := make([][]int, len(sentences))
	for i, s := range sentences {
		told[i] = onAxes(told[i], mean, axes)
		toLength1(told[i])
		for word := range strings.FieldsSeq(s) {
			if w, known := at[word]; known {
				texts[i] = append(texts[i], w)
			}
		}
	}
	chance := rand.New(rand.NewPCG(3, 4))
	squares := make([]float64, len(words))
	for round := range learnRounds {
		rate := learnRate * (1 + math.Cos(math.Pi*float64(round)/learnRounds)) / 2
		for _, i := range chance.Perm(len(texts)) {
			pull(words, texts[i], told[i], squares, rate)
		}
	}
}

// pull moves the words of a text so that their sum is a little more like the vector told.
func pull(words []madeWord, text []int, told []float32, squares []float64, rate float64) {
	sum := make([]float32, vectorSize)
	for _, w := range text {
		for k, x := range words[w].vector {
			sum[k] += x
		}
	}
	size := math.Sqrt(float64(dot(sum, sum)))
	if size == 0 {
		return
	}
	toLength1(sum)
	like := dot(sum, told)
	gradient, square := make([]float32, vectorSize), 0.0 // of 1 - like, by each of the words
	for k := range gradient {
		gradient[k] = (like*sum[k] - told[k]) / float32(size)
		square += float64(gradient[k]*gradient[k]) / vectorSize
	}
	for _, w := range text {
		squares[w] += square
		step := float32(rate / (math.Sqrt(squares[w]) + 1e-6))
		for k, g := range gradient {
			words[w].vector[k] -= step * g
		}
	}
}

// principal returns the mean and the first principal components, by orthogonal iteration.
func principal(rows [][]float32) (mean []float32, axes [][]float64) {
	mean = make([]float32, encoderSize)
	for _, r := range rows {
		for k, x := range r {
			mean[k] += x / float32(len(rows))
		}
	}
	covariance := make([][]float64, encoderSize)
	for i := range covariance {
		covariance[i] = make([]float64, encoderSize)
	}
	off := make([]float64, encoderSize)
	for _, r := range rows {
		for k, x := range r {
			off[k] = float64(x - mean[k])
		}
		for i, x := range off {
			line := covariance[i][:i+1]
			for j := range line {
				line[j] += x * off[j]
			}
		}
	}
	for i := range covariance {
		for j := range i {
			covariance[j][i] = covariance[i][j]
		}
	}
	chance := rand.New(rand.NewPCG(5, 6))
	axes = make([][]float64, vectorSize)
	for a := range axes {
		axes[a] = make([]float64, encoderSize)
		for k := range axes[a] {
			axes[a][k] = chance.NormFloat64()
		}
	}
	for range 60 {
		for a, axis := range axes {
			next := make([]float64, encoderSize)
			for i, line := range covariance {
				next[i] = dot(line, axis)
			}
			for _, other := range axes[:a] { // at right angles to those before it
				along := dot(next, other)
				for k, x := range other {
					next[k] -= along * x
				}
			}
			size := math.Sqrt(dot(next, next))
			for k := range next {
				next[k] /= size
			}
			axes[a] = next
		}
	}
	return mean, axes
}

func onAxes(v, mean []float32, axes [][]float64) []float32 {
	out := make([]float32, len(axes))
	for a, axis := range axes {
		sum := 0.0
		for k, x := range axis {
			sum += x * float64(v[k]-mean[k])
		}
		out[a] = float32(sum)
	}
	return out
}

func dot[T float32 | float64](a, b []T) (sum T) {
	for k, x := range a {
		sum += x * b[k]
	}
	return sum
}
