package knowledge

import (
	"math/bits"
	"slices"
)

// blockSize is how many wordings a block holds: a bit of a word for each.
const blockSize = 32

// runSize is how many grams a run is of: a bit of a word for each.
const runSize = 64

// block says which of some wordings of an article have a gram. Grams that came together
// have numbers that are near to each other, so that those of an article fill few runs:
// what it has in common with a text is found by looking at each run once, not at each
// gram. Memory: 4 bytes for each gram of the block, and 16 for each run.
type block struct {
	runs []run
	in   []uint32 // by gram, rising: a bit for each wording that has it
}

// run is runSize grams with numbers in a row.
type run struct {
	number uint32 // of its first gram, divided by runSize
	first  uint32 // where in the list its grams begin
	grams  uint64 // a bit for each that is there
}

// place is where a gram of the run is in the list.
func (r *run) place(gram int) uint32 {
	return r.first + uint32(bits.OnesCount64(r.grams&(1<<gram-1)))
}

// newBlock orders what is given as gram*blockSize + wording.
func newBlock(all []uint64) block {
	slices.Sort(all)
	grams, runs := 0, 0
	for i, u := range all {
		if i == 0 || u/blockSize != all[i-1]/blockSize {
			grams++
		}
		if i == 0 || u/blockSize/runSize != all[i-1]/blockSize/runSize {
			runs++
		}
	}
	b := block{runs: make([]run, 0, runs), in: make([]uint32, 0, grams)}
	for _, u := range all {
		gram := u / blockSize
		number, bit := uint32(gram/runSize), uint64(1)<<(gram%runSize)
		if n := len(b.runs); n == 0 || b.runs[n-1].number != number {
			b.runs = append(b.runs, run{number: number, first: uint32(len(b.in))})
		}
		r := &b.runs[len(b.runs)-1]
		if r.grams&bit == 0 {
			r.grams |= bit
			b.in = append(b.in, 0)
		}
		b.in[len(b.in)-1] |= 1 << (u % blockSize)
	}
	return b
}

// each calls do for each gram, rising, with a bit for each wording that has it.
func (b *block) each(do func(gram int32, in uint32)) {
	for _, r := range b.runs {
		at := r.first
		for left := r.grams; left != 0; left &= left - 1 {
			do(int32(r.number*runSize)+int32(bits.TrailingZeros64(left)), b.in[at])
			at++
		}
	}
}

// common is what a wording that has some gram of a text has in common with it.
type common struct {
	runs []run     // by number: the grams of the text
	used []int32   // the runs that are not empty
	by   []overlap // by gram, those of one run in a row
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
		c.runs = make([]run, most)
	}
	for _, w := range components {
		r := &c.runs[w.gram/runSize]
		if r.grams == 0 {
			c.used = append(c.used, w.gram/runSize)
		}
		r.grams |= 1 << (w.gram % runSize)
	}
	first := 0
	for _, u := range c.used {
		c.runs[u].first = uint32(first)
		first += bits.OnesCount64(c.runs[u].grams)
	}
	c.by = slices.Grow(c.by[:0], len(components))[:len(components)]
	for _, w := range components {
		at := c.runs[w.gram/runSize].place(int(w.gram % runSize))
		c.by[at] = overlap{int32(w.kind), w.weight * value[w.gram]}
	}
}

func (c *common) empty() {
	for _, u := range c.used {
		c.runs[u] = run{}
	}
	c.used = c.used[:0]
}

// addTo adds to the sums, by wording of the block, what a text has in common with it.
func (c *common) addTo(sums [][gramKinds]float32, b *block) {
	for i := range b.runs {
		r := &b.runs[i]
		text := &c.runs[r.number]
		for both := r.grams & text.grams; both != 0; both &= both - 1 {
			gram := bits.TrailingZeros64(both)
			s := c.by[text.place(gram)]
			for in := b.in[r.place(gram)]; in != 0; in &= in - 1 {
				sums[bits.TrailingZeros32(in)][s.kind] += s.of
			}
		}
	}
}
