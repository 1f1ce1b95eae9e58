package knowledge

import (
	"fmt"
	"math"
)

// classifier is a softmax (multinomial logistic) regression over the components of a
// text: what each gram says for each article. Most grams say something of few articles
// only, and of those just these are kept. It is immutable.
// Memory: 8/3 bytes an article for a gram that says something of many, else 4 bytes for
// each article that it says something of.
type classifier struct {
	classes int
	step    float32 // what one step of a weight is worth
	scale   [gramKinds]float32
	full    []int32  // by gram: its row in rows, or -1
	rows    []uint64 // of lanes, one a class, each weight stepsEach above what it is
	from    []uint32 // by gram, and one more: where its part of articles and weights begins
	article []uint16
	weight  []int16 // in steps
}

const (
	// Three sums of 21 bits fit a word: three classes are added up at once.
	lanes, laneBits = 3, 21
	// stepsEach is how many steps a weight has on each side of 0, stepsOfText how many
	// steps 1 has in a component of a text.
	stepsEach, stepsOfText = 255, 256
	// mostAdded is how many steps of a text may be added up before a lane overflows.
	mostAdded = 1<<laneBits/(2*stepsEach+1) - 1
	// fewOf is the part of the classes up to which a row is kept as a list.
	fewOf = 8
	// mostClasses is how many articles can be told apart.
	mostClasses = math.MaxUint16
)

// kindScale is how much a kind of gram counts in the classifier.
func kindScale() [gramKinds]float32 { return [gramKinds]float32{1, 0.8, 1} }

func wordsOf(classes int) int { return (classes + lanes - 1) / lanes }

// newClassifier keeps trained weights, each rounded to a step. They are given by row and
// class; row is that of each gram, -1 for one without weights.
func newClassifier(weights [][]float32, row []int32, classes int) *classifier {
	grams, n := len(row), wordsOf(classes)
	k := &classifier{classes: classes, step: 1, scale: kindScale(), full: make([]int32, grams), from: make([]uint32, 1, grams+1)}
	most := float32(0)
	for _, of := range weights {
		for _, w := range of {
			if w > most || -w > most {
				most = max(w, -w)
			}
		}
	}
	if most > 0 {
		k.step = most / stepsEach
	}
	steps := make([]uint64, n*lanes)  // of the classes, each stepsEach above what it is
	many := make([]int, len(weights)) // classes that a row says something of
	for r, of := range weights {
		many[r] = toSteps(steps, of, 1/k.step)
	}
	full, listed := 0, 0
	for g, r := range row {
		switch k.full[g] = -1; {
		case r < 0:
		case fewOf*many[r] > classes:
			k.full[g] = int32(full)
			full++
		default:
			listed += many[r]
		}
	}
	k.rows, k.article, k.weight = make([]uint64, full*n), make([]uint16, 0, listed), make([]int16, 0, listed)
	for g, r := range row {
		if r >= 0 {
			toSteps(steps, weights[r], 1/k.step)
			if words := k.row(int32(g)); words != nil {
				for i := range words {
					words[i] = steps[lanes*i] | steps[lanes*i+1]<<laneBits | steps[lanes*i+2]<<(2*laneBits)
				}
			} else if many[r] > 0 {
				for c, s := range steps[:classes] {
					if s != stepsEach {
						k.article, k.weight = append(k.article, uint16(c)), append(k.weight, int16(s)-stepsEach)
					}
				}
			}
		}
		k.from = append(k.from, uint32(len(k.article)))
	}
	return k
}

// toSteps rounds weights to steps, each stepsEach above what it is, and counts those that
// are not 0.
func toSteps(steps []uint64, weights []float32, ofOne float32) (many int) {
	steps = steps[:len(weights)]
	for c, w := range weights {
		s := int64(w*ofOne + (stepsEach + 0.5))
		if s != stepsEach {
			many++
		}
		steps[c] = uint64(s)
	}
	return many
}

// row is that of a gram, nil where it is a list.
func (k *classifier) row(gram int32) []uint64 {
	if k.full[gram] < 0 {
		return nil
	}
	n := wordsOf(k.classes)
	return k.rows[int(k.full[gram])*n:][:n]
}

// lanesOf adds up rows. The zero value is ready.
type lanesOf struct {
	sums  []uint64
	added uint64 // steps of the text
}

// probabilities fills p, one for each class. add is room for sums.
func (k *classifier) probabilities(components []weighed, add *lanesOf, p []float32) {
	clear(p)
	n := wordsOf(k.classes)
	if cap(add.sums) < n {
		add.sums = make([]uint64, n)
	}
	add.sums = add.sums[:n]
	var rows [4][]uint64 // four at a time: the sums are read and written a quarter as often
	var times [4]uint64
	waiting := 0
	for _, v := range components {
		x := v.weight * k.scale[v.kind]
		row := k.row(v.gram)
		if row == nil {
			from, to := k.from[v.gram], k.from[v.gram+1]
			weights := k.weight[from:to]
			for i, c := range k.article[from:to] {
				p[c] += x * float32(weights[i])
			}
			continue
		}
		steps := uint64(x*stepsOfText + 0.5)
		if add.added+steps > mostAdded {
			add.rows(&rows, &times, waiting)
			add.drain(p)
			waiting = 0
		}
		add.added += steps
		rows[waiting], times[waiting] = row, steps
		if waiting++; waiting == len(rows) {
			add.rows(&rows, &times, waiting)
			waiting = 0
		}
	}
	add.rows(&rows, &times, waiting)
	add.drain(p)
	for c := range p {
		p[c] *= k.step
	}
	softmax(p)
}

// rows adds the first of some rows, each so many times.
func (a *lanesOf) rows(rows *[4][]uint64, times *[4]uint64, count int) {
	if count < len(rows) {
		for i := range count {
			for j, w := range rows[i] {
				a.sums[j] += times[i] * w
			}
		}
		return
	}
	n := len(a.sums)
	r0, r1, r2, r3 := rows[0][:n], rows[1][:n], rows[2][:n], rows[3][:n]
	t0, t1, t2, t3 := times[0], times[1], times[2], times[3]
	for j := range a.sums {
		a.sums[j] += (t0*r0[j] + t1*r1[j]) + (t2*r2[j] + t3*r3[j])
	}
}

// drain adds the sums to p, in steps of weights, and empties them.
func (a *lanesOf) drain(p []float32) {
	nothing := float32(a.added) * stepsEach
	for c := range p {
		lane := a.sums[c/lanes] >> (c % lanes * laneBits) & (1<<laneBits - 1)
		p[c] += (float32(lane) - nothing) / stepsOfText
	}
	clear(a.sums)
	a.added = 0
}

// check returns an error unless the parts belong together: what was read from a file.
func (k *classifier) check(grams int) error {
	n := wordsOf(k.classes)
	fits := k.classes > 0 && k.classes <= mostClasses && len(k.full) == grams && len(k.from) == grams+1 && len(k.rows)%n == 0 &&
		len(k.article) == len(k.weight) && k.from[0] == 0 && int(k.from[grams]) == len(k.article)
	for g := 0; fits && g < grams; g++ {
		fits = k.from[g] <= k.from[g+1] && int(k.full[g]) < len(k.rows)/n
	}
	for i := 0; fits && i < len(k.article); i++ {
		fits = int(k.article[i]) < k.classes
	}
	if !fits {
		return fmt.Errorf("the classifier does not fit %d grams: %w", grams, errDamaged)
	}
	return nil
}

func softmax(p []float32) {
	top := float32(math.Inf(-1))
	for _, v := range p {
		if v > top {
			top = v
		}
	}
	var sum float32
	for i, v := range p {
		v = exp32(v - top)
		p[i] = v
		sum += v
	}
	scale := 1 / sum
	for i := range p {
		p[i] *= scale
	}
}

// exp32 is e to the power of x, for x not above 0, to the last digits of a float32: the
// power of two that is nearest, times a Taylor polynomial of what is left.
func exp32(x float32) float32 {
	const (
		least = -87             // below it there is hardly a float32
		high  = 0x1.62e4p-1     // the logarithm of 2 in few bits, so that its multiples are exact
		low   = math.Ln2 - high // and the rest of it
	)
	if x < least {
		return 0
	}
	n := int32(x*(1/math.Ln2) - 0.5)
	r := x - float32(n)*high - float32(n)*low
	square := r * r
	y := 1 + r + square*(1./2+r*(1./6)+square*(1./24+r*(1./120)+square*(1./720)))
	return math.Float32frombits(math.Float32bits(y) + uint32(n)<<23)
}
