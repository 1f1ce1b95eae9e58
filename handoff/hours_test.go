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
		{"the end of the year", "2026-12-31 22:00", false, "2027-01-01 08:00"},
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
	d := &Desk{hours: h}
	saturday := time.Date(2026, 11, 28, 12, 0, 0, 0, h.Zone)
	for language, want := range map[string]string{"en": "opens on Monday at 8 am Eastern", "es": "abre el lunes a las 8 a. m., hora del Este"} {
		if got := d.HoursText(saturday, language); got != want {
			t.Errorf("closed: %q, want %q", got, want)
		}
	}
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, h.Zone)
	for language, want := range map[string]string{"en": "open until 9 pm Eastern", "es": "abierto hasta las 9 p. m., hora del Este"} {
		if got := d.HoursText(noon, language); got != want {
			t.Errorf("open: %q, want %q", got, want)
		}
	}
}

func TestWaitsGrowWithTheLineAndShrinkWithAgents(t *testing.T) {
	if a, b := estimateWait(1, 2), estimateWait(6, 2); a.P50 >= b.P50 || a.P90 <= a.P50 {
		t.Errorf("first %v, sixth %v", a, b)
	}
	if a, b := estimateWait(5, 1), estimateWait(5, 5); a.P90 <= b.P90 {
		t.Errorf("one agent %v, five agents %v", a, b)
	}
	if estimateWait(3, 0) != estimateWait(3, 1) {
		t.Error("with no agent the estimate is not that of one")
	}
}
