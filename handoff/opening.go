package handoff

import (
	"fmt"
	"time"
)

// dayNames are the days in the words of each language.
func dayName(day time.Weekday, language string) string {
	if language == "es" {
		return [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}[day]
	}
	return day.String()
}

// clockName is a time of day as people write it, for example 8 am or 8:30 p. m.
func clockName(t time.Time, language string) string {
	layout := "3 pm"
	if t.Minute() != 0 {
		layout = "3:04 pm"
	}
	text := t.Format(layout)
	if language == "es" {
		half := "a. m."
		if t.Hour() >= 12 {
			half = "p. m."
		}
		return text[:len(text)-2] + half
	}
	return text
}

// hourArticle goes before a time of day in Spanish: la 1, las 2.
func hourArticle(t time.Time) string {
	if t.Hour()%12 == 1 {
		return "la"
	}
	return "las"
}

// zoneName is what people call the time zone, after a time of day.
func zoneName(t time.Time, language string) string {
	names := map[string][2]string{
		"America/New_York": {"Eastern", "hora del Este"}, "America/Chicago": {"Central", "hora del Centro"},
		"America/Denver": {"Mountain", "hora de la Montaña"}, "America/Los_Angeles": {"Pacific", "hora del Pacífico"},
	}
	abbreviation, _ := t.Zone()
	switch known, ok := names[t.Location().String()]; {
	case ok && language == "es":
		return ", " + known[1]
	case ok:
		return " " + known[0]
	}
	return " (" + abbreviation + ")"
}

// opensText says when hours begin next, for example "on Monday at 8 am Eastern" or
// "el lunes a las 8 a. m., hora del Este"; with the date when that is a week away.
func opensText(h Hours, now time.Time, language string) string {
	opens := h.NextOpen(now)
	if opens.IsZero() {
		return ""
	}
	opens = opens.In(h.Zone)
	day := dayName(opens.Weekday(), language)
	far := opens.Sub(now) > 6*24*time.Hour
	if language == "es" {
		if far {
			day += fmt.Sprintf(" %d/%d", opens.Day(), opens.Month())
		}
		return fmt.Sprintf("el %s a %s %s%s", day, hourArticle(opens), clockName(opens, language), zoneName(opens, language))
	}
	if far {
		day += opens.Format(", January 2,")
	}
	return fmt.Sprintf("on %s at %s%s", day, clockName(opens, language), zoneName(opens, language))
}

// Text is one sentence for visitors about when people are there.
func (h Hours) Text(now time.Time, language string) string {
	closes := h.CloseTime(now)
	if !closes.IsZero() {
		closes = closes.In(h.Zone)
	}
	switch {
	case closes.IsZero() && h.Open(now) && language == "es":
		return "abierto ahora"
	case closes.IsZero() && h.Open(now):
		return "open now"
	case !closes.IsZero() && language == "es":
		return "abierto hasta " + hourArticle(closes) + " " + clockName(closes, language) + zoneName(closes, language)
	case !closes.IsZero():
		return "open until " + clockName(closes, language) + zoneName(closes, language)
	case language == "es":
		return "abre " + opensText(h, now, language)
	}
	return "opens " + opensText(h, now, language)
}

// HoursText is one sentence for visitors about when people of general help are there.
func (d *Desk) HoursText(now time.Time, language string) string { return d.Hours().Text(now, language) }
