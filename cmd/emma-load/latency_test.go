package main

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestQuantilesAreExactToOnePercent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, int64(3*time.Hour)), 1, 300).Draw(t, "values")
		q := rapid.Float64Range(0.001, 1).Draw(t, "q")
		var h histogram
		for _, v := range values {
			h.add(time.Duration(v))
		}
		slices.Sort(values)
		want := float64(values[int(math.Ceil(q*float64(len(values))))-1])
		if got := float64(h.quantile(q)); math.Abs(got-want) > 0.008*want {
			t.Fatalf("quantile %v is %v, want %v", q, got, want)
		}
		if int64(h.max) != values[len(values)-1] {
			t.Fatalf("max %v", h.max)
		}
	})
}

func TestBucketsRiseWithTheValue(t *testing.T) {
	last := -1
	for v := uint64(0); v < 1<<14; v++ {
		if b := bucket(v); b < last || b > last+1 {
			t.Fatalf("value %d is in bucket %d after %d", v, b, last)
		} else {
			last = b
		}
	}
	var h histogram
	h.add(math.MaxInt64)
	h.add(-time.Second)
	if s := h.summary(); s.N != 2 || s.P50 != 0 {
		t.Errorf("summary %+v", s)
	}
}

func TestOnlyWhatHappenedIsReported(t *testing.T) {
	var l latencies
	l.claim.add(time.Millisecond)
	if got := l.byKind(); len(got) != 1 || got["claim"].N != 1 || got["claim"].Max != 1 {
		t.Errorf("%+v", got)
	}
	if (&histogram{}).quantile(.5) != 0 {
		t.Error("an empty histogram has a median")
	}
}

func BenchmarkHistogram(b *testing.B) {
	var h histogram
	for i := range b.N {
		h.add(time.Duration(i))
	}
}
