package knowledge

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// TestGramsOfARowComeTogether checks that just those grams share a row that are in the
// same wordings with the same weights, and that no part of a wording is lost by it.
func TestGramsOfARowComeTogether(t *testing.T) {
	r := newReader(English, nil)
	var leaves []leaf
	for _, texts := range [][]string{{"where do i send the form", "the address for the form"}, {"how long does the passport take", "passport"}} {
		var l leaf
		for _, text := range texts {
			l.texts = append(l.texts, r.sketch(text))
		}
		leaves = append(leaves, l)
	}
	m := newMatcher(len(leaves), func(a int) leaf { return leaves[a] })
	l := newLessons(m)

	came := make([]string, len(m.value)) // by gram: the wordings that it came in
	example, shared := 0, 0
	for _, s := range m.shapes {
		whole := make([]float64, len(s.scale))
		s.each(func(g int32, in []int) {
			for _, text := range in {
				x := m.value[g] * s.scale[text][m.kinds[g]] * kindScale()[m.kinds[g]]
				whole[text] += float64(x)
				came[g] += fmt.Sprint(example+text, x, " ")
			}
		})
		for _, sum := range whole {
			for _, term := range l.examples[example].terms {
				sum -= float64(term.all)
				if term.all > term.each {
					shared++
				}
			}
			if math.Abs(sum) > 1e-5 {
				t.Errorf("wording %d: %g of it is lost", example, sum)
			}
			example++
		}
	}
	if shared == 0 {
		t.Error("no grams share a row, though the letters of rare words come together")
	}
	for g := range came {
		for h := range g {
			if (l.row[g] == l.row[h]) != (came[g] == came[h]) {
				t.Fatalf("grams %d and %d, of the rows %d and %d, came in %q and %q", g, h, l.row[g], l.row[h], came[g], came[h])
			}
		}
	}
	if rows := slices.Max(l.row) + 1; int(rows) != l.rows {
		t.Errorf("%d rows are said to be %d", rows, l.rows)
	}
}

func TestExp32(t *testing.T) {
	for x := float32(0); x > -87; x -= 0.0021 {
		if want := math.Exp(float64(x)); math.Abs(float64(exp32(x))-want) > 4e-7*want {
			t.Fatalf("e to the power of %g: got %g, want %g", x, exp32(x), want)
		}
	}
	if exp32(0) != 1 || exp32(-1e9) != 0 {
		t.Errorf("e to the powers of 0 and of -1e9: got %g and %g", exp32(0), exp32(-1e9))
	}
}
