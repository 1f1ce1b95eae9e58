package knowledge

import (
	"math/bits"
	"slices"
)

// blockSize is how many wordings a block holds: a bit of a word for each.
const blockSize = 32

// runSize is how many grams a run is of, and how many runs a stretch is of: a bit of a
// word for each.
const runSize = 64

// block says which of some wordings of an article have a gram. Grams that came together
// have numbers that are near to each other, so that those of an article fill few runs,
// and the runs few stretches: what it has in common with a text is found by looking at
// each stretch once, not at each gram. Memory: 2 bytes for each gram of the block, or 4
// where it has more than 16 wordings, and 12 for each run.
type block struct {
	stretches []stretch
	runs      []run
	in        []uint16 // by gram, rising: a bit for each wording that has it
	wide      bool     // in has two numbers for each gram, the lower bits first
}

// stretch is runSize runs with numbers in a row.
type stretch struct {
	number uint32 // of its first run, divided by runSize
	first  uint32 // where in the list its runs begin
	runs   uint64 // a bit for each that is there
}

// run is runSize grams with numbers in a row: a bit for each gram that is there, the lower
// 32 first, and where in the list its grams begin.
type run [3]uint32

func (r *run) grams() uint64 { return uint64(r[1])<<32 | uint64(r[0]) }

// place is where a gram of the run is in the list.
func (r *run) place(gram int) int {
	return int(r[2]) + bits.OnesCount64(r.grams()&(1<<gram-1))
}

// newBlock orders what is given as gram*blockSize + wording.
func newBlock(all []uint64, on *ground) block {
	slices.Sort(all)
	var b block
	stretches, runs, grams := 0, 0, 0
	for i, u := range all {
		gram, before := u/blockSize, ^uint64(0)
		if i > 0 {
			before = all[i-1] / blockSize
		}
		if i == 0 || gram != before {
			grams++
		}
		if i == 0 || gram/runSize != before/runSize {
			runs++
		}
		if i == 0 || gram/runSize/runSize != before/runSize/runSize {
			stretches++
		}
		b.wide = b.wide || u%blockSize >= 16
	}
	each := 1
	if b.wide {
		each = 2
	}
	b.stretches, b.runs, b.in = on.stretches.take(stretches)[:0], on.runs.take(runs)[:0], on.in.take(grams * each)[:0]
	last := ^uint64(0)
	for _, u := range all {
		gram := u / blockSize
		if gram != last {
			b.begin(gram)
			last = gram
			b.in = b.in[:len(b.in)+each]
		}
		wording := int(u % blockSize)
		b.in[len(b.in)-each+wording/16] |= 1 << (wording % 16)
	}
	return b
}

// begin makes room for a gram that comes after all others.
func (b *block) begin(gram uint64) {
	number, bit := gram/runSize, uint64(1)<<(gram%runSize)
	stood := uint32(number / runSize)
	if n := len(b.stretches); n == 0 || b.stretches[n-1].number != stood {
		b.stretches = append(b.stretches, stretch{number: stood, first: uint32(len(b.runs))})
	}
	s := &b.stretches[len(b.stretches)-1]
	if s.runs>>(number%runSize)&1 == 0 {
		s.runs |= 1 << (number % runSize)
		place := len(b.in)
		if b.wide {
			place /= 2
		}
		b.runs = append(b.runs, run{2: uint32(place)})
	}
	r := &b.runs[len(b.runs)-1]
	r[0] |= uint32(bit)
	r[1] |= uint32(bit >> 32)
}

// wordings has a bit for each wording that has the gram at a place of the list.
func (b *block) wordings(place int) uint32 {
	if b.wide {
		return uint32(b.in[2*place]) | uint32(b.in[2*place+1])<<16
	}
	return uint32(b.in[place])
}

// each calls do for each gram, rising, with a bit for each wording that has it.
func (b *block) each(do func(gram int32, in uint32)) {
	at := 0
	for _, s := range b.stretches {
		next := s.first
		for left := s.runs; left != 0; left &= left - 1 {
			number := int32(s.number)*runSize + int32(bits.TrailingZeros64(left))
			for grams := b.runs[next].grams(); grams != 0; grams &= grams - 1 {
				do(number*runSize+int32(bits.TrailingZeros64(grams)), b.wordings(at))
				at++
			}
			next++
		}
	}
}

// common is what a wording that has some gram of a text has in common with it.
type common struct {
	stretches []uint64  // by number: a bit for each run that is not empty
	runs      []textRun // by number: the grams of the text
	used      []int32   // the runs that are not empty
	by        []overlap // by gram, those of one run in a row
}

// textRun is a run of a text.
type textRun struct {
	grams uint64
	first int // where in the list its grams begin
}

// overlap is the product of what a gram is worth in a text and in a wording, whose length
// is not considered yet.
type overlap struct {
	kind int32
	of   float32
}

// fill takes over the components of a text. What was there before must have been emptied.
func (c *common) fill(components []weighed, value []float32) {
	if most := len(value)/runSize + 1; len(c.runs) < most {
		c.runs, c.stretches = make([]textRun, most), make([]uint64, most/runSize+1)
	}
	for _, w := range components {
		number := w.gram / runSize
		r := &c.runs[number]
		if r.grams == 0 {
			c.used = append(c.used, number)
			c.stretches[number/runSize] |= 1 << (number % runSize)
		}
		r.grams |= 1 << (w.gram % runSize)
	}
	first := 0
	for _, u := range c.used {
		c.runs[u].first = first
		first += bits.OnesCount64(c.runs[u].grams)
	}
	c.by = slices.Grow(c.by[:0], len(components))[:len(components)]
	for _, w := range components {
		r := &c.runs[w.gram/runSize]
		at := r.first + bits.OnesCount64(r.grams&(1<<(w.gram%runSize)-1))
		c.by[at] = overlap{int32(w.kind), w.weight * value[w.gram]}
	}
}

func (c *common) empty() {
	for _, u := range c.used {
		c.runs[u] = textRun{}
		c.stretches[u/runSize] = 0
	}
	c.used = c.used[:0]
}

// addTo adds to the sums, by wording of the block, what a text has in common with it.
func (c *common) addTo(sums [][gramKinds]float32, b *block) {
	for i := range b.stretches {
		s := &b.stretches[i]
		for runs := s.runs & c.stretches[s.number]; runs != 0; runs &= runs - 1 {
			number := bits.TrailingZeros64(runs)
			r := &b.runs[int(s.first)+bits.OnesCount64(s.runs&(1<<number-1))]
			text := &c.runs[int(s.number)*runSize+number]
			for both := r.grams() & text.grams; both != 0; both &= both - 1 {
				gram := bits.TrailingZeros64(both)
				of := c.by[text.first+bits.OnesCount64(text.grams&(1<<gram-1))]
				for in := b.wordings(r.place(gram)); in != 0; in &= in - 1 {
					sums[bits.TrailingZeros32(in)][of.kind] += of.of
				}
			}
		}
	}
}
