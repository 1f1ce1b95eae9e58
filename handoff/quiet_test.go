package handoff

import (
	"testing"
	"time"
)

func TestShortWaitsAreToldWhereTheyWereMeasured(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	// waits adds n of a length each working day, from Monday, March 1, 2027, in an hour.
	waits := func(samples []Sample, hour, days, n int, took time.Duration, kind SampleKind) []Sample {
		for day := range days {
			at := time.Date(2027, 3, 1+day, hour, 30, 0, 0, zone)
			for range n {
				samples = append(samples, Sample{Team: "general", Tier: 1, Kind: kind, At: at.Add(took), Took: took, Forecast: Forecast{At: at}})
			}
		}
		return samples
	}
	var desk []Sample
	for hour := 8; hour < 21; hour++ {
		took := 20 * time.Minute
		if hour == 9 || hour >= 13 && hour < 16 || hour == 18 || hour == 19 {
			took = 2 * time.Minute
		}
		desk = waits(desk, hour, 5, 5, took, Served)
	}
	for _, test := range []struct {
		name    string
		samples []Sample
		want    span
	}{
		{"nothing was measured", nil, span{}},
		{"the longest run", desk, span{13, 16}},
		{"too few visitors", waits(nil, 9, 5, 3, time.Minute, Served), span{}},
		{"too few days", waits(nil, 9, 2, 50, time.Minute, Served), span{}},
		{"one long wait in five", waits(waits(nil, 9, 5, 8, time.Minute, Served), 9, 5, 2, 6*time.Minute, Served), span{}},
		{"many gave up", waits(waits(nil, 9, 5, 8, time.Minute, Served), 9, 5, 1, time.Minute, Left), span{}},
		{"handling times say nothing", waits(nil, 9, 5, 50, time.Minute, Handling), span{}},
		{"weekends say nothing of working days", waits(nil, 9, 7, 50, time.Minute, Served)[250:], span{}},
		{"up to midnight", waits(nil, 23, 5, 10, time.Minute, Served), span{23, 24}},
	} {
		if got := quietHours(test.samples, zone); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
	now := time.Date(2027, 3, 9, 17, 0, 0, 0, time.UTC)
	for language, want := range map[string]string{"en": "1 pm and 4 pm Eastern", "es": "1 p. m. y 4 p. m., hora del Este"} {
		if got := (span{13, 16}).text(zone, now, language); got != want {
			t.Errorf("in %s the hours are %q, want %q", language, got, want)
		}
	}
}
