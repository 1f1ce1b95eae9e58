package main

import (
	"bytes"
	"context"
	"io"
	"math"
	"strings"
	"testing"
	"time"
)

// TestADayAtTheDesk runs a small day with a line in it against the real desk. Its clock
// runs a hundred times as fast as ours, too fast for the race detector: .ci/run plays the
// day a second time without it.
func TestADayAtTheDesk(t *testing.T) {
	if raceDetector {
		t.Skip("under the race detector the desk cannot keep up with the day's clock")
	}
	plan := dayCommand{Visitors: 200, Agents: 3, Handling: 9 * time.Minute, Seed: 1, Step: 20 * time.Second}
	d, err := plan.simulate(context.Background(), t.TempDir(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range d.broken { // capacity, and first come first served within a priority
		t.Error(b)
	}
	// The share of a small day scatters: it must be what a true share of 80 to 95 % would
	// give in all but one of a thousand days.
	served, within, left := d.hits()
	share, room := float64(within)/float64(served), 3*math.Sqrt(0.8*0.2/float64(served))
	if served < 50 || share < 0.80-room || share > 0.95+room {
		t.Errorf("%d of %d visitors were served within the told p90: %.1f %%, want 80 to 95", within, served, 100*share)
	}
	longest := 0
	for _, s := range d.slots {
		longest = max(longest, s.longest)
	}
	if longest < 5 {
		t.Errorf("the longest line was %d: the day shows nothing", longest)
	}
	var out bytes.Buffer
	d.print(&out)
	for _, part := range []string{"█", "occupancy", "Rules broken: 0."} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%q is not in\n%s", part, out.String())
		}
	}
	t.Logf("%d served, %d within the told p90 (%.1f %%), %d left, longest line %d", served, within, 100*float64(within)/float64(served), left, longest)
}
