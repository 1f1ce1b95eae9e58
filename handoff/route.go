package handoff

import (
	"slices"
	"time"

	"emma/bot"
)

// LanguageRule says in a sentence what a team's languages are for.
const LanguageRule = "A chat in a language that its team does not answer in goes to the first open team that does (to the first one if all are closed); if no team does, it stays."

// Answers reports whether the team answers in a language; one that is not known yet
// suits every team.
func (t Team) Answers(language string) bool {
	return language == "" || slices.Contains(t.Languages, language)
}

// InLanguage is LanguageRule: who takes a conversation in a language that was meant for
// t. A closed team does not take it from an open one, where somebody comes.
func InLanguage(teams []Team, t Team, language string, now time.Time) Team {
	if t.Answers(language) {
		return t
	}
	found := t
	for _, other := range teams {
		switch {
		case !other.Answers(language):
		case other.Hours.Open(now):
			return other
		case !found.Answers(language) && !t.Hours.Open(now):
			found = other
		}
	}
	return found
}

// route returns the team that takes a hand-off which names a team, or none.
func (d *Desk) route(team, language string, now time.Time) Team {
	return InLanguage(*d.teams.list.Load(), d.Team(team), language, now)
}

// turnTo lets a visitor in line whose language has changed wait for a team that answers in
// the new one: the routing is asked again, and whoever has waited longer still comes first.
// Where no team does, they are told.
func (d *Desk) turnTo(c *Conversation, before string, now time.Time) []Event {
	language := c.Language()
	if c.State != StateWaiting || language == before {
		return nil
	}
	was, t := d.Team(c.Team), d.route(c.Meant, language, now)
	var events []Event
	if t.ID != was.ID {
		events = append(events, c.changeLine(t, now))
	}
	switch {
	case !t.Answers(language):
		if was.Answers(before) {
			events = append(events, c.message(AuthorSystem, systemSender, Body{Text: d.emma.Say("no_language", language), Offers: Offers(), Choices: d.choices(language, bot.ChoiceEmma)}, now))
		}
	case t.ID != was.ID:
		events = append(events, c.message(AuthorSystem, systemSender, Body{Text: d.emma.Say("other_line", language)}, now))
	}
	return events
}

// changeLine moves a visitor from one line into another, at the time that they have waited since.
func (c *Conversation) changeLine(t Team, now time.Time) Event {
	c.Team, c.Tier, c.Preferred = t.ID, t.Tier(c.Tier).Level, ""
	c.Forecast = Forecast{} // what was told was said of the other line
	return c.become(StateWaiting, visitorSender, "language", now)
}

// TeamFor returns the team with the id; for none it is the one that takes in a language
// what names no team.
func (d *Desk) TeamFor(id, language string) Team {
	if id != "" {
		return d.Team(id)
	}
	return d.route("", language, d.now())
}
