package knowledge

import (
	"encoding/binary"
	"math"
)

const (
	// senseScale is what a number of a vector is multiplied with before it is rounded to
	// seven bits. Vectors have the length 1; what is above 1/2 is cut.
	senseScale = 126
	// mostSense is the greatest number of a point, and senseZero what stands for 0.
	mostSense, senseZero = 63, 64
)

// space is what a base compares meanings in: the vectors of its wordings, stretched so
// that the ways in which wordings of one article differ count less, and those in which
// the articles differ count more (within-class covariance normalisation, Hatch, Kajarekar
// and Stolcke 2006). It is immutable.
type space struct {
	mean [vectorSize]float32
	// lower is the Cholesky factor of the covariance within articles, by row.
	lower [vectorSize][vectorSize]float32
}

// spaceShrink is how much of the covariance is taken to be the same in all directions: a
// base has few wordings for so many numbers (Ledoit and Wolf 2004).
const spaceShrink = 0.3

// newSpace is the space of some articles; nil where no wording has a meaning. Their
// shapes must not be in a space yet.
func newSpace(shapes []*shape) *space {
	var s space
	var within [vectorSize][vectorSize]float64
	n, total := 0.0, [vectorSize]float64{}
	for _, shape := range shapes {
		var mean [vectorSize]float64
		rows := shape.meanings.rows()
		for _, row := range rows {
			for k := range row {
				mean[k] += float64(row.at(k)) / float64(len(rows))
				total[k] += float64(row.at(k))
			}
		}
		for _, row := range rows {
			var off [vectorSize]float64
			for k := range row {
				off[k] = float64(row.at(k)) - mean[k]
			}
			for i, x := range off {
				sums := within[i][:i+1]
				for j, y := range off[:len(sums)] {
					sums[j] += x * y
				}
			}
		}
		n += float64(len(rows))
	}
	if n == 0 {
		return nil
	}
	trace := 0.0
	for k := range total {
		s.mean[k] = float32(total[k] / n / senseScale)
		trace += within[k][k] / n / vectorSize
	}
	s.factor(&within, n, trace)
	return &s
}

// factor sets the Cholesky factor of a sum of products over n vectors, shrunk.
func (s *space) factor(within *[vectorSize][vectorSize]float64, n, trace float64) {
	const least = 1e-3 // of a square: wordings that are all the same
	var l [vectorSize][vectorSize]float64
	for i := range l {
		for j := range i + 1 {
			x := within[i][j] / n * (1 - spaceShrink)
			if i == j {
				x += spaceShrink*trace + least
			}
			for k := range j {
				x -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(max(x, least))
			} else {
				l[i][j] = x / l[j][j]
			}
			s.lower[i][j] = float32(l[i][j] / senseScale)
		}
	}
}

// place sets a vector into the space, its length 1.
func (s *space) place(v *[vectorSize]float32) {
	for i := range v {
		x := v[i] - s.mean[i]
		row := &s.lower[i]
		for k, y := range v[:i] {
			x -= row[k] * y
		}
		v[i] = x / row[i]
	}
	toLength1(v[:])
}

func toLength1(v []float32) {
	square := float32(0)
	for _, x := range v {
		square += x * x
	}
	if square == 0 {
		return
	}
	scale := 1 / sqrt32(square)
	for k := range v {
		v[k] *= scale
	}
}

// point is a vector of length 1, times senseScale and above senseZero.
type point [vectorSize]uint8

func newPoint(v []float32) (p point) {
	for k := range p {
		p[k] = uint8(senseZero + math.Round(float64(min(max(v[k]*senseScale, -mostSense), mostSense))))
	}
	return p
}

func (p *point) at(k int) int { return int(p[k]) - senseZero }

func (p *point) vector() (v [vectorSize]float32) {
	for k := range p {
		v[k] = float32(p.at(k)) / senseScale
	}
	return v
}

// wide is a point that others are compared with. Its numbers are packed by four, those of
// even and of odd places apart and in falling order, so that one multiplication with four
// numbers of another point gives the sum of the four products in its highest 16 bits.
type wide struct {
	packed [vectorSize / 4]uint64
	zero   int64 // the product with a point of all zeros
}

func (p *point) wide() (w wide) {
	for k := range p {
		x := int64(p.at(k))
		at := k/8*2 + k%2
		w.packed[at] += uint64(x << (48 - 16*(k%8/2)))
		w.zero += senseZero * x
	}
	return w
}

// like is the cosine of two points, at least 0. A product of four has no more than 16
// bits, its sign included, nor have those below it: what they borrow is half of one at
// most, and is rounded away.
func (p *point) like(other *wide) float32 {
	const even, half = 0x00ff00ff00ff00ff, 1 << 47
	sum := -other.zero
	for k := 0; k < vectorSize/8; k++ {
		x := binary.LittleEndian.Uint64(p[8*k:])
		sum += int64((x&even)*other.packed[2*k]+half) >> 48
		sum += int64((x>>8&even)*other.packed[2*k+1]+half) >> 48
	}
	return min(max(float32(sum)/(senseScale*senseScale), 0), 1)
}

// meanings are the points of the wordings of an article that have a meaning, and in the
// end the centre of them.
type meanings []point

func newMeanings(l leaf, on *ground) meanings {
	known := 0
	for _, text := range l.texts {
		if text.meaning != nil {
			known++
		}
	}
	if known == 0 {
		return nil
	}
	m := meanings(on.points.take(known + 1)[:0])
	for _, text := range l.texts {
		if text.meaning != nil {
			m = append(m, newPoint(text.meaning))
		}
	}
	return append(m, point{})
}

func (m meanings) rows() []point { return m[:max(len(m)-1, 0)] }

// place sets the meanings into a space.
func (m meanings) place(s *space) {
	if len(m) == 0 {
		return
	}
	var centre [vectorSize]float32
	for i := range m.rows() {
		v := m[i].vector()
		s.place(&v)
		m[i] = newPoint(v[:])
		for k, x := range v {
			centre[k] += x
		}
	}
	toLength1(centre[:])
	m[len(m)-1] = newPoint(centre[:])
}

// spread is how far a wording is from the centre of the others on average: 1 less the
// cosine, at most 1. It is false where there are not two wordings.
func (m meanings) spread() (far float32, ok bool) {
	rows := m.rows()
	if len(rows) < 2 {
		return 0, false
	}
	var sum [vectorSize]int
	for i := range rows {
		for k := range sum {
			sum[k] += rows[i].at(k)
		}
	}
	for i := range rows {
		product, square, others := 0, 0, 0
		for k, all := range sum {
			x := rows[i].at(k)
			rest := all - x
			product, square, others = product+x*rest, square+x*x, others+rest*rest
		}
		far += 1 - max(float32(product)/sqrt32(max(float32(square)*float32(others), 1)), 0)
	}
	return far / float32(len(rows)), true
}

// like is the cosine of the wording that is nearest to a point, and that of the centre.
func (m meanings) like(p *wide) (best, centre float32) {
	for i := range m.rows() {
		best = max(best, m[i].like(p))
	}
	if len(m) > 0 {
		centre = m[len(m)-1].like(p)
	}
	return best, centre
}
