package handoff

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Hours are opening hours in a time zone of their own: spans of the wall clock for
// each day of the week, and days that differ from the week.
type Hours struct {
	Zone *time.Location
	Week map[time.Weekday][]Span // a day that is missing is closed
	// Federal closes on the federal holidays of the United States, on the day on
	// which they are observed.
	Federal bool
	// Dates are days of their own, as 2026-12-24. An empty list is closed; they go
	// before holidays and the week.
	Dates  map[string][]Span
	Always bool // open at any time, for trials and tests
}

// Span is a part of a day on the wall clock, from Opens up to but not including
// Closes; both are times after midnight in whole minutes, Closes at most 24 h. Who
// works through midnight has a span up to 24:00 and one from 00:00.
type Span struct{ Opens, Closes time.Duration }

// lookAhead bounds the search for the next opening, in days.
const lookAhead = 400

// WeekdayHours are Monday to Friday, 8 am to 9 pm Eastern, but not on federal holidays.
func WeekdayHours(always bool) (Hours, error) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		return Hours{}, fmt.Errorf("loading the time zone of the desk: %w", err)
	}
	week := map[time.Weekday][]Span{}
	for day := time.Monday; day <= time.Friday; day++ {
		week[day] = []Span{{8 * time.Hour, 21 * time.Hour}}
	}
	return Hours{Zone: zone, Week: week, Federal: true, Always: always}, nil
}

// clock is the moment at which the wall clock of t's day shows d after midnight; the
// first of two when the clock goes back, and the moment of the change when it goes
// forward over d.
func (h Hours) clock(t time.Time, d time.Duration) time.Time {
	y, m, day := t.Date()
	hour, minute := int(d/time.Hour), int(d%time.Hour/time.Minute)
	at := time.Date(y, m, day, hour, minute, 0, 0, h.Zone)
	if at.Minute() == minute && at.Hour() == hour%24 {
		return at
	}
	before, after := at.ZoneBounds()
	if shown := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute; shown < d {
		return after.In(h.Zone)
	}
	return before.In(h.Zone)
}

// spans are the open parts of t's day, t being in the zone of the desk.
func (h Hours) spans(t time.Time) []Span {
	if own, ok := h.Dates[t.Format(time.DateOnly)]; ok {
		return own
	}
	if h.Federal && FederalHoliday(t) != "" {
		return nil
	}
	return h.Week[t.Weekday()]
}

// Open reports whether the desk is staffed at t.
func (h Hours) Open(t time.Time) bool {
	if h.Always {
		return true
	}
	_, ok := h.spanAt(t)
	return ok
}

// spanAt is when the span around t ends; false when there is none.
func (h Hours) spanAt(t time.Time) (closes time.Time, ok bool) {
	t = t.In(h.Zone)
	for _, s := range h.spans(t) {
		if closes := h.clock(t, s.Closes); !t.Before(h.clock(t, s.Opens)) && t.Before(closes) {
			return closes, true
		}
	}
	return time.Time{}, false
}

// NextOpen is the first moment not before t at which the desk is open; the zero
// time when it never opens.
func (h Hours) NextOpen(t time.Time) time.Time {
	if h.Open(t) {
		return t
	}
	t = t.In(h.Zone)
	for range lookAhead {
		for _, s := range h.spans(t) {
			if opens := h.clock(t, s.Opens); !opens.Before(t) {
				return opens
			}
		}
		y, m, d := t.Date()
		t = time.Date(y, m, d+1, 0, 0, 0, 0, h.Zone)
	}
	return time.Time{}
}

// CloseTime is when the desk, open at t, closes; the zero time when it is closed
// or does not close within a fortnight.
func (h Hours) CloseTime(t time.Time) time.Time {
	if h.Always {
		return time.Time{}
	}
	closes, ok := h.spanAt(t)
	for limit := t.AddDate(0, 0, 14); ok; {
		if closes.After(limit) {
			return time.Time{}
		}
		var next time.Time
		if next, ok = h.spanAt(closes); ok {
			closes = next
		}
	}
	return closes
}

// Validate says in a sentence what is wrong with the hours.
func (h Hours) Validate() error {
	if h.Zone == nil {
		return fmt.Errorf("the hours need a time zone, such as America/New_York")
	}
	days := map[string][]Span{}
	for day, spans := range h.Week {
		days[day.String()] = spans
	}
	for date, spans := range h.Dates {
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return fmt.Errorf("%q is no date such as 2026-12-24", date)
		}
		days[date] = spans
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		end := time.Duration(0)
		for _, s := range days[day] {
			if s.Opens < end || s.Closes <= s.Opens || s.Closes > 24*time.Hour {
				return fmt.Errorf("%s: %s must lie after what stands before it and end after it begins, at 24:00 at the latest", day, s)
			}
			end = s.Closes
		}
	}
	return nil
}

// String is the span as it is written in a configuration: 08:00-21:00.
func (s Span) String() string {
	clock := func(d time.Duration) string {
		return fmt.Sprintf("%02d:%02d", d/time.Hour, d%time.Hour/time.Minute)
	}
	return clock(s.Opens) + "-" + clock(s.Closes)
}

// MarshalText implements encoding.TextMarshaler.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a span such as 08:00-21:00.
func (s *Span) UnmarshalText(text []byte) error {
	from, to, _ := strings.Cut(string(text), "-")
	for _, part := range []struct {
		text string
		into *time.Duration
	}{{from, &s.Opens}, {to, &s.Closes}} {
		var hour, minute int
		if n, err := fmt.Sscanf(part.text, "%2d:%2d", &hour, &minute); err != nil || n != 2 || len(part.text) != 5 || hour > 24 || minute > 59 || hour < 0 || minute < 0 {
			return fmt.Errorf("%q is no span of a day such as 08:00-21:00", text)
		}
		*part.into = time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	}
	return nil
}

// hoursText is how Hours are written.
type hoursText struct {
	Zone    string            `json:"zone"`
	Week    weekText          `json:"week"`
	Federal bool              `json:"federal_holidays"`
	Dates   map[string][]Span `json:"dates,omitempty"`
}

type weekText struct {
	Monday    []Span `json:"monday,omitempty"`
	Tuesday   []Span `json:"tuesday,omitempty"`
	Wednesday []Span `json:"wednesday,omitempty"`
	Thursday  []Span `json:"thursday,omitempty"`
	Friday    []Span `json:"friday,omitempty"`
	Saturday  []Span `json:"saturday,omitempty"`
	Sunday    []Span `json:"sunday,omitempty"`
}

// days are the spans of the week from Sunday on, as time.Weekday counts.
func (w *weekText) days() [7]*[]Span {
	return [7]*[]Span{&w.Sunday, &w.Monday, &w.Tuesday, &w.Wednesday, &w.Thursday, &w.Friday, &w.Saturday}
}

// MarshalJSON implements json.Marshaler. Always is of a run and is not written.
func (h Hours) MarshalJSON() ([]byte, error) {
	text := hoursText{Zone: h.Zone.String(), Federal: h.Federal, Dates: h.Dates}
	for day, spans := range text.Week.days() {
		*spans = h.Week[time.Weekday(day)]
	}
	return json.Marshal(text)
}

// UnmarshalJSON implements json.Unmarshaler.
func (h *Hours) UnmarshalJSON(b []byte) error {
	var text hoursText
	if err := strictJSON(b, &text); err != nil {
		return err
	}
	zone, err := time.LoadLocation(text.Zone)
	if err != nil || text.Zone == "" || text.Zone == "Local" {
		return fmt.Errorf("%q is no time zone such as America/New_York", text.Zone)
	}
	*h = Hours{Zone: zone, Week: map[time.Weekday][]Span{}, Federal: text.Federal, Dates: text.Dates}
	for day, spans := range text.Week.days() {
		if len(*spans) > 0 {
			h.Week[time.Weekday(day)] = *spans
		}
	}
	return nil
}
