package handoff

import (
	"slices"
	"time"
)

// When waits are short is told only where it was measured: hours of working days in
// which nine in ten waited at most shortWait, by enough visitors on enough days of the
// last weeks, of whom hardly anybody gave up.
const (
	shortWait   = 5 * time.Minute
	quietOver   = 28 * 24 * time.Hour
	quietLimit  = 50_000
	quietAge    = time.Hour
	quietWaits  = 20
	quietDays   = 3
	quietGaveUp = 0.1
)

// span is a part of the day in whole hours; empty when both are equal.
type span struct{ from, until int }

// quietHours is the longest run of hours with short waits, the earliest of equal ones.
func quietHours(samples []Sample, zone *time.Location) (best span) {
	var waits [24][]time.Duration
	var left [24]int
	var days [24]map[string]bool
	for _, s := range samples {
		at := s.Forecast.At.In(zone) // when the visitor joined the line
		if day := at.Weekday(); s.Kind == Handling || s.Kind == Replied || day == time.Saturday || day == time.Sunday {
			continue
		}
		h := at.Hour()
		if s.Kind == Left {
			left[h]++
			continue
		}
		if days[h] == nil {
			days[h] = map[string]bool{}
		}
		days[h][at.Format(time.DateOnly)] = true
		waits[h] = append(waits[h], s.Took)
	}
	run := span{}
	for h := range 24 {
		n := len(waits[h])
		slices.Sort(waits[h])
		if n < quietWaits || len(days[h]) < quietDays || float64(left[h]) > quietGaveUp*float64(n) || Quantile(waits[h], 0.9) > shortWait {
			run = span{h + 1, h + 1}
			continue
		}
		run.until = h + 1
		if run.until-run.from > best.until-best.from {
			best = run
		}
	}
	return best
}

// text is the span in words, such as "1 pm and 4 pm Eastern".
func (s span) text(zone *time.Location, now time.Time, language string) string {
	day := now.In(zone)
	at := func(hour int) time.Time { return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, zone) }
	and := " and "
	if language == "es" {
		and = " y "
	}
	return clockName(at(s.from), language) + and + clockName(at(s.until), language) + zoneName(day, language)
}

// shortWaitsText is a sentence about when waits are short, empty where that is not known.
func (d *Desk) shortWaitsText(t Team, tier int, language string, now time.Time) string {
	d.paces.mu.Lock()
	quiet := d.paces.quiet[queue{t.ID, tier}]
	d.paces.mu.Unlock()
	if quiet.from == quiet.until {
		return ""
	}
	return " " + fill(d.emma.Say("short_waits", language), "hours", quiet.text(t.Hours.Zone, now, language))
}
