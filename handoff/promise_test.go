package handoff

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhenAnAnswerIsDue(t *testing.T) {
	h, err := WeekdayHours(false)
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, h.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, test := range []struct {
		name, from string
		business   bool
		want       string
	}{
		{"plain", "2026-11-24 23:30", false, "2026-11-26 23:30"},
		{"plain, over the night when the clock goes back", "2026-10-31 12:00", false, "2026-11-02 11:00"},
		{"in opening hours: 13 a day", "2026-11-16 08:00", true, "2026-11-19 17:00"},
		{"from the night", "2026-11-15 23:30", true, "2026-11-19 17:00"},
		{"over a holiday", "2026-11-23 08:00", true, "2026-11-27 17:00"},
		{"over a weekend", "2026-11-27 20:00", true, "2026-12-03 16:00"},
		{"from the last minute", "2026-11-27 20:59", true, "2026-12-03 16:59"},
	} {
		p := Promise{Least: 24 * time.Hour, Most: 48 * time.Hour, Business: test.business}
		if got := p.due(h, at(test.from), p.Most); !got.Equal(at(test.want)) {
			t.Errorf("%s: %v, want %s", test.name, got.In(h.Zone), test.want)
		}
	}
	always := h
	always.Always = true
	p := Promise{Most: 48 * time.Hour, Business: true}
	if got := p.due(always, at("2026-11-28 03:00"), p.Most); !got.Equal(at("2026-11-30 03:00")) {
		t.Errorf("always open: %v", got)
	}
}

// TestBusinessTimeIsTimeInWhichTheDeskIsOpen counts the open quarters of an hour one by one.
func TestBusinessTimeIsTimeInWhichTheDeskIsOpen(t *testing.T) {
	h, err := WeekdayHours(false)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2026, 10, 20, 0, 15*rapid.IntRange(0, 4*24*45).Draw(t, "quarter"), 0, 0, h.Zone)
		hours := rapid.IntRange(1, 60).Draw(t, "hours")
		due := Promise{Business: true}.due(h, from, time.Duration(hours)*time.Hour)
		open := 0
		for m := from; m.Before(due); m = m.Add(15 * time.Minute) {
			if h.Open(m) {
				open++
			}
		}
		if open != hours*4 {
			t.Fatalf("%d hours from %v end at %v, with %d open quarters of an hour", hours, from, due, open)
		}
	})
}

func TestTheAgeOfACase(t *testing.T) {
	from := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	k := Case{State: CaseOpen, CreatedAt: from, DueAt: from.Add(48 * time.Hour)}
	for hours, want := range map[int]Ageing{0: AgeFresh, 35: AgeFresh, 36: AgeSoon, 47: AgeSoon, 48: AgeLate} {
		if got := k.Ageing(from.Add(time.Duration(hours) * time.Hour)); got != want {
			t.Errorf("after %d hours it is %s, want %s", hours, got, want)
		}
	}
	k.State = CaseAnswered
	if got := k.Ageing(from.Add(100 * time.Hour)); got != AgeDone {
		t.Errorf("an answered case is %s", got)
	}
}

func TestTimesToCallLieInOpeningHours(t *testing.T) {
	h, err := WeekdayHours(false)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 10, 20, 0, rapid.IntRange(0, 60*24*60).Draw(t, "minute"), 0, 0, h.Zone)
		cases := NewCases(CasesConfig{Team: func(string, string) Team { return Team{Hours: h} }, Now: func() time.Time { return now }})
		windows := cases.Windows("", "en", 12)
		if len(windows) != 12 {
			t.Fatalf("%d windows from %v", len(windows), now)
		}
		last := now
		for _, w := range windows {
			if err := checkWindow(h, w.From, w.Until, now); err != nil || w.From.Before(last) {
				t.Fatalf("at %v the window %v to %v is offered: %v", now, w.From.In(h.Zone), w.Until.In(h.Zone), err)
			}
			last = w.Until
		}
	})
}

func TestContactsAreChecked(t *testing.T) {
	for _, test := range []struct {
		in    Contact
		field string
	}{
		{Contact{}, ""},
		{Contact{Name: " Maria  López ", Email: " maria@example.org ", Phone: "(212) 555-0142 x5"}, ""},
		{Contact{Email: "müller@example.org"}, ""},
		{Contact{Email: "maria"}, "email"},
		{Contact{Email: "maria@localhost"}, "email"},
		{Contact{Email: "Maria <maria@example.org>"}, "email"},
		{Contact{Email: "a@example.org, b@example.org"}, "email"},
		{Contact{Email: "a@example.org\r\nBcc: b@example.org"}, "email"},
		{Contact{Phone: "12345"}, "phone"},
		{Contact{Phone: "call me"}, "phone"},
		{Contact{Name: "a\x00b"}, "name"},
	} {
		got, err := test.in.check()
		var field *FieldError
		if errors.As(err, &field); (err != nil) != (test.field != "") || field != nil && field.Field != test.field {
			t.Errorf("%+v gave %+v, %v", test.in, got, err)
		}
	}
}

// A promise, and a wait, are worded for one as for many.
func TestOneIsNotMany(t *testing.T) {
	for _, test := range []struct {
		promise Promise
		en, es  string
	}{
		{Promise{Least: 24 * time.Hour, Most: 48 * time.Hour}, "24 to 48 hours", "24 a 48 horas"},
		{Promise{Least: 0, Most: 2 * time.Hour}, "2 hours", "2 horas"},
		{Promise{Least: time.Hour, Most: time.Hour}, "1 hour", "1 hora"},
		{Promise{Most: time.Hour, Business: true}, "1 opening hour", "1 hora de atención"},
	} {
		if en, es := test.promise.text("en"), test.promise.text("es"); en != test.en || es != test.es {
			t.Errorf("%+v is %q and %q, want %q and %q", test.promise, en, es, test.en, test.es)
		}
	}
	for _, test := range []struct {
		wait   Wait
		en, es string
	}{
		{Wait{P50: 20 * time.Second, P90: time.Minute}, "1 minute", "1 minuto"},
		{Wait{P50: time.Minute, P90: 4 * time.Minute}, "1 to 4 minutes", "1 a 4 minutos"},
		{Wait{P50: 9 * time.Minute, P90: 9 * time.Minute}, "9 minutes", "9 minutos"},
	} {
		if en, es := rangeText(test.wait, "en"), rangeText(test.wait, "es"); en != test.en || es != test.es {
			t.Errorf("%+v is %q and %q, want %q and %q", test.wait, en, es, test.en, test.es)
		}
	}
	one := Hours{Zone: time.UTC, Week: map[time.Weekday][]Span{time.Monday: {{8 * time.Hour, 13 * time.Hour}}}}
	if got, want := one.Text(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), "es"), "abierto hasta la 1 p. m. (UTC)"; got != want {
		t.Errorf("the hours are said as %q, want %q", got, want)
	}
}
