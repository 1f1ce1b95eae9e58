package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"emma/handoff"
)

// chartWidth is how many signs the longest bar has.
const chartWidth = 40

// print writes the day as a chart of the line and a table.
func (d *day) print(out io.Writer) {
	longest := 1
	for _, s := range d.slots {
		longest = max(longest, s.longest)
	}
	fmt.Fprintf(out, "The longest line in each half hour (%s is %d visitors)\n\n", strings.Repeat("█", chartWidth), longest)
	for i, s := range d.slots {
		if s.looked > 0 {
			fmt.Fprintf(out, "%s  %s %d\n", d.begins.Add(time.Duration(i)*slotLength).Format("15:04"), strings.Repeat("█", s.longest*chartWidth/longest), s.longest)
		}
	}
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "from\tarrived\tserved\twait p50\twait p90\ttold p90\twithin it\toccupancy\t")
	for i, s := range d.slots {
		if s.looked == 0 || s.arrived == 0 {
			continue
		}
		waits := d.waits(i)
		told, within := d.told(i)
		fmt.Fprintf(table, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t\n", d.begins.Add(time.Duration(i)*slotLength).Format("15:04"), s.arrived, len(waits),
			short(handoff.Quantile(waits, 0.5)), short(handoff.Quantile(waits, 0.9)), short(told), percent(within, float64(len(waits))), percent(s.busy, s.room))
	}
	waits := d.waits(-1)
	served, within, left := d.hits()
	busy, room := 0.0, 0.0
	for _, s := range d.slots {
		busy, room = busy+s.busy, room+s.room
	}
	fmt.Fprintf(table, "day\t%d\t%d\t%s\t%s\t\t%s\t%s\t\n", d.plan.Visitors, served, short(handoff.Quantile(waits, 0.5)), short(handoff.Quantile(waits, 0.9)),
		percent(float64(within), float64(served)), percent(busy, room))
	_ = table.Flush() // to a writer that reports its own errors
	fmt.Fprintf(out, "\n%d left before anybody came (%s). Rules broken: %d.\n", left, percent(float64(left), float64(served+left)), len(d.broken))
	for _, b := range d.broken[:min(len(d.broken), 10)] {
		fmt.Fprintln(out, " ", b)
	}
}

// told is the median of the p90 that visitors of a slot were told, and how many were
// served within theirs.
func (d *day) told(slot int) (p90 time.Duration, within float64) {
	var all []time.Duration
	for _, s := range d.samples {
		if s.Kind == handoff.Served && int(s.Forecast.At.Sub(d.begins)/slotLength) == slot {
			all = append(all, s.Forecast.Told.P90)
			if s.Took <= s.Forecast.Told.P90 {
				within++
			}
		}
	}
	slices.Sort(all)
	return handoff.Quantile(all, 0.5), within
}

func short(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

func percent(part, whole float64) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f %%", 100*part/whole)
}
