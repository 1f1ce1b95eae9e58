package knowledge

// ground is what the shapes of a base stand on: few large lists, parts of which are given
// to the shapes. Ten thousand articles would else be a hundred thousand small pieces
// among the garbage of their making, which keeps half as much memory again from being
// given back. It is used by one goroutine; what it gave stays as long as any of its list
// is used.
type ground struct {
	shapes    slab[shape]
	blocks    slab[block]
	stretches slab[stretch]
	runs      slab[run]
	in        slab[uint16]
	scale     slab[[gramKinds]float32]
	terms     slab[termUse]
	points    slab[point]
	grams     []uint64  // room for those of a block
	uses      []termUse // room for those of a shape
	sums      []summed
}

// newGround is the ground for so many articles. Those of an edit stand on lists of their
// own, for the edit may be undone the next minute.
func newGround(articles int) *ground {
	const many, least = 4096, 100
	g := &ground{}
	if articles >= least {
		g.shapes.each, g.blocks.each, g.stretches.each, g.runs.each = many/16, many/16, many, many
		g.in.each, g.scale.each, g.terms.each, g.points.each = 4*many, many, many, many/8
	}
	return g
}

// slab gives parts of lists of many elements. The zero value gives lists of their own.
type slab[T any] struct {
	free []T
	each int // elements of a list
}

// take returns n elements with their zero values.
func (s *slab[T]) take(n int) []T {
	if n > len(s.free) {
		if 4*n > s.each {
			return make([]T, n)
		}
		s.free = make([]T, s.each)
	}
	taken := s.free[:n:n]
	s.free = s.free[n:]
	return taken
}
