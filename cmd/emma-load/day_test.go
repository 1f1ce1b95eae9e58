package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestADayAtTheDesk runs a small day with a line in it against the real desk, and its
// morning again: the seed decides what happens, not how fast the machine is.
func TestADayAtTheDesk(t *testing.T) {
	if raceDetector {
		t.Skip("the day takes minutes under the race detector; .ci/run plays it without")
	}
	plan := dayCommand{Visitors: 200, Agents: 3, Handling: 9 * time.Minute, Seed: 1, Step: 20 * time.Second, Hours: 13}
	d, err := plan.simulate(context.Background(), t.TempDir(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	plan.Hours = 3
	morning, err := plan.simulate(context.Background(), t.TempDir(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d.tookUntil(morning.ends), morning.tookUntil(morning.ends)); diff != "" {
		t.Errorf("the same morning went otherwise the second time (-first +second):\n%s", diff)
	}
	for _, b := range d.broken { // capacity, and first come first served within a priority
		t.Error(b)
	}
	served, within, left := d.hits()
	share := float64(within) / float64(served)
	if served < 100 || share < 0.80 || share > 0.95 {
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
	t.Logf("%d served, %d within the told p90 (%.1f %%), %d left, longest line %d", served, within, 100*share, left, longest)
}

// tookUntil lists what was measured until a time, as far as it has no made-up ids.
func (d *day) tookUntil(end time.Time) (took []string) {
	for _, s := range d.samples {
		if !s.At.After(end) {
			took = append(took, fmt.Sprint(s.Kind, s.At, s.Took, s.Forecast.Told))
		}
	}
	return took
}
