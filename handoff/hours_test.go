package handoff

import (
	"testing"
	"time"
)

func TestHoursAreRightToTheMinute(t *testing.T) {
	h, err := WeekdayHours(false)
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		t.Helper()
		v, err := time.ParseInLocation("2006-01-02 15:04", text, h.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, test := range []struct {
		name, now string
		open      bool
		next      string
	}{
		{"a minute before opening", "2026-11-24 07:59", false, "2026-11-24 08:00"},
		{"opening", "2026-11-24 08:00", true, "2026-11-24 08:00"},
		{"the last minute", "2026-11-24 20:59", true, "2026-11-24 20:59"},
		{"closing", "2026-11-24 21:00", false, "2026-11-25 08:00"},
		{"Friday night", "2026-11-27 23:00", false, "2026-11-30 08:00"},
		{"the night when the clock goes back", "2026-11-01 01:30", false, "2026-11-02 08:00"},
		{"the night when the clock goes forward", "2027-03-14 03:30", false, "2027-03-15 08:00"},
		{"the end of the year", "2026-12-31 22:00", false, "2027-01-04 08:00"},
		{"the last day of the year", "2026-12-31 20:59", true, "2026-12-31 20:59"},
		{"the eve of Thanksgiving", "2026-11-25 21:00", false, "2026-11-27 08:00"},
		{"Independence Day on a Saturday, observed on Friday", "2026-07-02 21:00", false, "2026-07-06 08:00"},
		{"Independence Day on a Sunday, observed on Monday", "2027-07-02 21:00", false, "2027-07-06 08:00"},
		{"New Year on a Saturday, observed in the old year", "2027-12-30 21:00", false, "2028-01-03 08:00"},
		{"Christmas Day on a Saturday, observed on Christmas Eve", "2027-12-23 21:00", false, "2027-12-27 08:00"},
		{"Juneteenth on a Saturday", "2027-06-17 21:00", false, "2027-06-21 08:00"},
	} {
		now := at(test.now).UTC()
		if got := h.Open(now); got != test.open {
			t.Errorf("%s: open is %v", test.name, got)
		}
		if got := h.NextOpen(now); !got.Equal(at(test.next)) {
			t.Errorf("%s: opens at %v, want %v", test.name, got.In(h.Zone), test.next)
		}
	}
	if got := h.CloseTime(at("2026-11-24 12:00")); !got.Equal(at("2026-11-24 21:00")) {
		t.Errorf("closes at %v", got)
	}
	h.Always = true
	if !h.Open(at("2026-11-28 03:00")) || !h.CloseTime(at("2026-11-28 03:00")).IsZero() {
		t.Error("always open is not")
	}
}

func TestOpeningTimesAreSaidInWords(t *testing.T) {
	h, err := WeekdayHours(false)
	if err != nil {
		t.Fatal(err)
	}
	saturday := time.Date(2026, 11, 28, 12, 0, 0, 0, h.Zone)
	for language, want := range map[string]string{"en": "opens on Monday at 8 am Eastern", "es": "abre el lunes a las 8 a. m., hora del Este"} {
		if got := h.Text(saturday, language); got != want {
			t.Errorf("closed: %q, want %q", got, want)
		}
	}
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, h.Zone)
	for language, want := range map[string]string{"en": "open until 9 pm Eastern", "es": "abierto hasta las 9 p. m., hora del Este"} {
		if got := h.Text(noon, language); got != want {
			t.Errorf("open: %q, want %q", got, want)
		}
	}
}

func TestHoursThroughTheNightsWhenTheClockChanges(t *testing.T) {
	zone := eastern(t)
	// A night shift from 22:00 to 06:00, every night, and a line that opens in the hour
	// that is missing in March and comes twice in November.
	night := map[time.Weekday][]Span{}
	early := map[time.Weekday][]Span{}
	for day := time.Sunday; day <= time.Saturday; day++ {
		night[day] = []Span{{0, 6 * time.Hour}, {22 * time.Hour, 24 * time.Hour}}
		early[day] = []Span{{2*time.Hour + 30*time.Minute, 4 * time.Hour}}
	}
	shift, line := Hours{Zone: zone, Week: night}, Hours{Zone: zone, Week: early}
	utc := func(text string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, test := range []struct {
		name  string
		hours Hours
		from  string // UTC
		open  int    // minutes in the 24 hours from then
	}{
		// The night is an hour longer in November and an hour shorter in March.
		{"November", shift, "2026-10-31 16:00", 9 * 60},
		{"March", shift, "2027-03-13 17:00", 7 * 60},
		{"an ordinary night", shift, "2026-11-10 17:00", 8 * 60},
		{"a line that opens in the missing hour", line, "2027-03-13 17:00", 60},
		{"an ordinary early line", line, "2026-11-10 17:00", 90},
	} {
		open := 0
		for minute := range 24 * 60 {
			at := utc(test.from).Add(time.Duration(minute) * time.Minute)
			if test.hours.Open(at) {
				open++
				if closes := test.hours.CloseTime(at); !closes.After(at) || test.hours.Open(closes) || !test.hours.Open(closes.Add(-time.Minute)) {
					t.Fatalf("%s: open at %v until %v", test.name, at, closes)
				}
			} else if next := test.hours.NextOpen(at); next.Before(at) || !test.hours.Open(next) || test.hours.Open(next.Add(-time.Minute)) {
				t.Fatalf("%s: closed at %v, opens at %v", test.name, at, next)
			}
		}
		if open != test.open {
			t.Errorf("%s: open for %d minutes, want %d", test.name, open, test.open)
		}
	}
}

func TestATeamInAnotherZoneKeepsItsOwnClock(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	h := Hours{Zone: chicago, Week: map[time.Weekday][]Span{time.Tuesday: {{8 * time.Hour, 12 * time.Hour}, {13 * time.Hour, 16 * time.Hour}}}, Federal: true,
		Dates: map[string][]Span{"2026-11-26": {{9 * time.Hour, 10 * time.Hour}}, "2026-12-01": nil}}
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, eastern(t))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, test := range []struct {
		now  string // Eastern
		open bool
		next string
	}{
		{"2026-11-24 08:59", false, "2026-11-24 09:00"},
		{"2026-11-24 09:00", true, "2026-11-24 09:00"},
		{"2026-11-24 12:59", true, "2026-11-24 12:59"},
		{"2026-11-24 13:00", false, "2026-11-24 14:00"}, // lunch
		{"2026-11-24 16:59", true, "2026-11-24 16:59"},
		{"2026-11-24 17:00", false, "2026-11-26 10:00"}, // own hours on Thanksgiving
		{"2026-11-26 11:00", false, "2026-12-08 09:00"}, // closed on the own date
	} {
		if got := h.Open(at(test.now)); got != test.open {
			t.Errorf("at %s open is %v", test.now, got)
		}
		if got := h.NextOpen(at(test.now)); !got.Equal(at(test.next)) {
			t.Errorf("at %s the next opening is %v, want %s", test.now, got.In(eastern(t)), test.next)
		}
	}
	if text := h.Text(at("2026-11-24 08:00"), "en"); text != "opens on Tuesday at 8 am Central" {
		t.Errorf("the hours are said as %q", text)
	}
}

func eastern(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
