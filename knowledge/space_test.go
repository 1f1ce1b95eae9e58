package knowledge

import (
	"math/rand/v2"
	"testing"
)

// TestPointsAreComparedExactly compares points packed with the sum of their products.
func TestPointsAreComparedExactly(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 2000 {
		var p, q point
		for k := range p {
			p[k], q[k] = uint8(1+random.IntN(127)), uint8(1+random.IntN(127))
			if round%4 == 0 { // as far from each other as numbers can be
				p[k], q[k] = uint8(1+126*random.IntN(2)), uint8(1+126*random.IntN(2))
			}
		}
		sum := 0
		for k := range p {
			sum += p.at(k) * q.at(k)
		}
		want := min(max(float32(sum)/(senseScale*senseScale), 0), 1)
		if w := q.wide(); p.like(&w) != want {
			t.Fatalf("got %v, want %v", p.like(&w), want)
		}
	}
}
