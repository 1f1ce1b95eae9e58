package handoff

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestWaitsGrowWithTheLineAndShrinkWithTheCrew(t *testing.T) {
	p := measuredPace(nil, false)
	tell := func(n int, room, free float64) Wait {
		w, behind := crew{people: 1, room: room, free: free}.model(n, p)
		return p.tell(w, behind)
	}
	if free := tell(1, 6, 2); free.P90 > 2*time.Minute {
		t.Errorf("with somebody free the wait is %v", free)
	}
	if a, b := tell(1, 6, 0), tell(6, 6, 0); a.P50 >= b.P50 || a.P90 >= b.P90 || a.P90 <= a.P50 {
		t.Errorf("first %v, sixth %v", a, b)
	}
	if a, b := tell(5, 3, 0), tell(5, 15, 0); a.P90 <= b.P90 {
		t.Errorf("one agent %v, five agents %v", a, b)
	}
	slow := measuredPace([]Sample{{Kind: Handling, Took: time.Hour}, {Kind: Handling, Took: time.Hour}}, false)
	if slow.handling <= p.handling || slow.handling > 20*time.Minute {
		t.Errorf("after two talks of an hour the pace is %v", slow.handling)
	}
}

func TestTheGammaQuantileIsThatOfSumsOfTalks(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, k := range []int{1, 2, 5, 20} {
		sums := make([]float64, 40_000)
		for i := range sums {
			for range k {
				sums[i] += random.ExpFloat64()
			}
		}
		slices.Sort(sums)
		for _, q := range []struct{ q, z, within float64 }{{0.5, 0, 0.04}, {0.9, 1.2815515655, 0.04}} {
			want, got := sums[int(q.q*float64(len(sums)))], gammaQuantile(float64(k), q.z)
			if math.Abs(got-want) > q.within*want {
				t.Errorf("shape %d, quantile %v: %.3f, measured %.3f", k, q.q, got, want)
			}
		}
	}
}

// TestForecastsLearnFromHowTheyWereMet lets waits follow another law than the model:
// after a day of them nine in ten stay within what is told.
func TestForecastsLearnFromHowTheyWereMet(t *testing.T) {
	for _, factor := range []float64{0.4, 1, 2.5} {
		random := rand.New(rand.NewPCG(3, uint64(factor*10)))
		var samples []Sample
		within, told := 0, 0
		for i := range 600 {
			p := measuredPace(samples, false)
			model, behind := crew{people: 2, room: 6}.model(1+i%7, p)
			s := Sample{Kind: Served, Took: time.Duration(factor * float64(model.P50) * random.ExpFloat64())}
			s.Forecast = Forecast{Behind: behind, Model: model, Told: p.tell(model, behind)}
			samples = append(samples, s)
			if i >= 200 {
				told++
				if hit, _ := s.hit(); hit {
					within++
				}
			}
		}
		if share := float64(within) / float64(told); share < 0.85 || share > 0.95 {
			t.Errorf("waits of %v times the model: %.1f %% stay within the told p90", factor, 100*share)
		}
	}
}

func TestAReportCountsOnlyWhatIsKnown(t *testing.T) {
	minute := time.Minute
	wait := func(kind SampleKind, took time.Duration) Sample {
		return Sample{Team: "general", Tier: 1, Kind: kind, Took: took, Forecast: Forecast{Told: Wait{P50: 2 * minute, P90: 5 * minute}}}
	}
	reports := Reports([]Sample{
		wait(Served, minute), wait(Served, 3*minute), wait(Served, 6*minute),
		wait(Left, minute),    // would perhaps have been served in time: says nothing
		wait(Left, 10*minute), // was not
		{Team: "general", Tier: 1, Kind: Handling, Took: 4 * minute},
		{Team: "general", Tier: 1, Kind: Replied, Took: 2 * minute},
		{Team: "general", Tier: 1, Kind: Replied, Took: 2*minute + time.Second},
	}, func(string) Team { return Team{FirstReply: Period(2 * minute)} })
	if len(reports) != 1 {
		t.Fatalf("reports are %+v", reports)
	}
	r := reports[0]
	if r.Waits != 5 || r.Left != 2 || r.Within90 != 0.5 || r.Within50 != 0.25 || r.Handled != 1 || r.Replied != 2 || r.Prompt != 0.5 || time.Duration(r.Handling) != 4*minute {
		t.Errorf("the report is %+v", r)
	}
}
