package handoff

import (
	"slices"
	"time"
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

// TeamFor returns the team with the id; for none it is the one that takes in a language
// what names no team.
func (d *Desk) TeamFor(id, language string) Team {
	if id != "" {
		return d.Team(id)
	}
	return d.route("", language, d.now())
}
