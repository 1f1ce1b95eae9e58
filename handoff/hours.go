package handoff

import (
	"fmt"
	"time"
)

// Hours are the opening hours of the desk in its own time zone.
type Hours struct {
	Zone   *time.Location
	Days   map[time.Weekday]bool
	Opens  time.Duration // after midnight, on the wall clock
	Closes time.Duration
	Always bool // open at any time, for trials and tests
}

// WeekdayHours are Monday to Friday, 8 am to 9 pm Eastern.
func WeekdayHours(always bool) (Hours, error) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		return Hours{}, fmt.Errorf("loading the time zone of the desk: %w", err)
	}
	days := map[time.Weekday]bool{}
	for day := time.Monday; day <= time.Friday; day++ {
		days[day] = true
	}
	return Hours{Zone: zone, Days: days, Opens: 8 * time.Hour, Closes: 21 * time.Hour, Always: always}, nil
}

// clock is the wall-clock time d after midnight of t's day; it is right on days
// on which the clock changes.
func (h Hours) clock(t time.Time, d time.Duration) time.Time {
	y, m, day := t.Date()
	return time.Date(y, m, day, int(d/time.Hour), int(d%time.Hour/time.Minute), 0, 0, h.Zone)
}

// Open reports whether the desk is staffed at t.
func (h Hours) Open(t time.Time) bool {
	if h.Always {
		return true
	}
	t = t.In(h.Zone)
	return h.Days[t.Weekday()] && !t.Before(h.clock(t, h.Opens)) && t.Before(h.clock(t, h.Closes))
}

// NextOpen is the first moment not before t at which the desk is open; the zero
// time when it never opens.
func (h Hours) NextOpen(t time.Time) time.Time {
	if h.Open(t) {
		return t
	}
	t = t.In(h.Zone)
	for range 15 {
		if opens := h.clock(t, h.Opens); h.Days[t.Weekday()] && !opens.Before(t) {
			return opens
		}
		y, m, d := t.Date()
		t = time.Date(y, m, d+1, 0, 0, 0, 0, h.Zone)
	}
	return time.Time{}
}

// CloseTime is when the desk, open at t, closes; the zero time when it is closed
// or never closes.
func (h Hours) CloseTime(t time.Time) time.Time {
	if h.Always || !h.Open(t) {
		return time.Time{}
	}
	return h.clock(t.In(h.Zone), h.Closes)
}
