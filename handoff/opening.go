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

// opensText says when the desk opens next, for example "on Monday at 8 am Eastern"
// or "el lunes a las 8 a. m., hora del Este".
func (d *Desk) opensText(now time.Time, language string) string {
	opens := d.hours.NextOpen(now)
	if opens.IsZero() {
		return ""
	}
	opens = opens.In(d.hours.Zone)
	if language == "es" {
		article := "a las"
		if opens.Hour()%12 == 1 {
			article = "a la"
		}
		return fmt.Sprintf("el %s %s %s, hora del Este", dayName(opens.Weekday(), language), article, clockName(opens, language))
	}
	return fmt.Sprintf("on %s at %s Eastern", dayName(opens.Weekday(), language), clockName(opens, language))
}

// HoursText is one sentence for visitors about when people are there.
func (d *Desk) HoursText(now time.Time, language string) string {
	closes := d.hours.CloseTime(now)
	switch {
	case d.hours.Always && language == "es":
		return "abierto ahora"
	case d.hours.Always:
		return "open now"
	case !closes.IsZero() && language == "es":
		return "abierto hasta las " + clockName(closes, language) + ", hora del Este"
	case !closes.IsZero():
		return "open until " + clockName(closes, language) + " Eastern"
	case language == "es":
		return "abre " + d.opensText(now, language)
	}
	return "opens " + d.opensText(now, language)
}
