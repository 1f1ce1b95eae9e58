package handoff

import (
	"fmt"
	"time"
)

// Promise is when a message is answered: between Least and Most. With Business only
// the time counts during which the team is open.
type Promise struct {
	Least, Most time.Duration
	Business    bool
}

// Validate says in a sentence what is wrong with a promise.
func (p Promise) Validate() error {
	if p.Least < 0 || p.Most < p.Least || p.Most < time.Hour || p.Most > 60*24*time.Hour {
		return fmt.Errorf("an answer must be promised within one hour to 60 days, and not later than the end of that time")
	}
	return nil
}

// due is the end of a time d that begins at from. When the team never opens,
// business hours are counted as plain ones.
func (p Promise) due(h Hours, from time.Time, d time.Duration) time.Time {
	if !p.Business {
		return from.Add(d)
	}
	t := from
	for range 1000 {
		opens := h.NextOpen(t)
		if opens.IsZero() {
			break
		}
		closes := h.CloseTime(opens)
		if closes.IsZero() || closes.Sub(opens) >= d { // always open, or long enough
			return opens.Add(d)
		}
		d -= closes.Sub(opens)
		t = closes
	}
	return from.Add(d)
}

// text is the promise in words, for example "24 to 48 hours".
func (p Promise) text(language string) string {
	least, most := int(p.Least.Hours()), int(p.Most.Hours())
	unit, to := "hours", "to"
	if language == "es" {
		unit, to = "horas", "a"
	}
	if p.Business {
		unit = map[string]string{"es": "horas de atención"}[language]
		if unit == "" {
			unit = "opening hours"
		}
	}
	if most == 1 { // and so is least
		return "1 " + map[string]string{"hours": "hour", "horas": "hora", "opening hours": "opening hour", "horas de atención": "hora de atención"}[unit]
	}
	if least == 0 || least == most {
		return fmt.Sprintf("%d %s", most, unit)
	}
	return fmt.Sprintf("%d %s %d %s", least, to, most, unit)
}

// momentText is a day and time in words, for example "Friday, November 27, at 6:12 pm
// Eastern" or "el viernes 27 de noviembre a las 6:12 p. m., hora del Este".
func momentText(t time.Time, zone *time.Location, language string) string {
	t = t.In(zone)
	if language != "es" {
		return t.Format("Monday, January 2, at ") + clockName(t, language) + zoneName(t, language)
	}
	return fmt.Sprintf("el %s %d de %s a %s %s%s", dayName(t.Weekday(), language), t.Day(), monthName(t.Month()), hourArticle(t), clockName(t, language), zoneName(t, language))
}

// windowText is a span of one day in words.
func windowText(from, until time.Time, zone *time.Location, language string) string {
	from, until = from.In(zone), until.In(zone)
	if language == "es" {
		return fmt.Sprintf("el %s %d de %s de %s a %s%s", dayName(from.Weekday(), language), from.Day(), monthName(from.Month()), clockName(from, language), clockName(until, language), zoneName(from, language))
	}
	return fmt.Sprintf("%s between %s and %s%s", from.Format("Monday, January 2,"), clockName(from, language), clockName(until, language), zoneName(from, language))
}

func monthName(m time.Month) string {
	return [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}[m-1]
}
