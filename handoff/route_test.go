package handoff

import (
	"context"
	"testing"
	"time"

	"emma/bot"
)

func TestAChatGoesToATeamThatAnswersInItsLanguage(t *testing.T) {
	t.Parallel()
	open, closed := Hours{Zone: time.UTC, Always: true}, Hours{Zone: time.UTC}
	team := func(id string, hours Hours, languages ...string) Team {
		return Team{ID: id, Hours: hours, Languages: languages}
	}
	general, ayuda := team("general", open, "en"), team("ayuda", open, "es")
	for _, test := range []struct {
		name     string
		teams    []Team
		language string
		want     string
	}{
		{"the team answers in it", []Team{general, ayuda}, "en", "general"},
		{"the language is not known yet", []Team{general, ayuda}, "", "general"},
		{"another answers in it", []Team{general, team("other", open, "en"), ayuda}, "es", "ayuda"},
		{"of several the first", []Team{general, ayuda, team("last", open, "en", "es")}, "es", "ayuda"},
		{"of several the first that is open", []Team{general, team("asleep", closed, "es"), ayuda}, "es", "ayuda"},
		{"an open team keeps it from a closed one", []Team{general, team("asleep", closed, "es")}, "es", "general"},
		{"at night the first", []Team{team("general", closed, "en"), team("asleep", closed, "es"), team("last", closed, "es")}, "es", "asleep"},
		{"nobody answers in it", []Team{general, team("other", open, "en")}, "es", "general"},
	} {
		if got := InLanguage(test.teams, test.teams[0], test.language, time.Now()); got.ID != test.want {
			t.Errorf("%s: it goes to %s, want %s", test.name, got.ID, test.want)
		}
	}
}

// router is an Emma who sends everybody to the military help line, in their language.
type router struct{ parrot }

func (router) Decide(_ context.Context, q bot.Question) (bot.Decision, error) {
	return bot.Decision{Action: bot.Handoff, Reason: bot.Route, Team: "military", Language: q.Memory.Language, Memory: q.Memory}, nil
}

func TestRoutesHeedTheLanguageAndPeopleMayNot(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	teams[1].Languages, teams[2].Languages = []string{"en"}, []string{"en"}
	dee := Staff{ID: "dee", Name: "Dee", Role: RoleAgent}
	m := newModel(teams, dee)
	d, err := NewDesk(ctx, Config{Store: m, Floor: m, Emma: router{}, Bus: m, Now: func() time.Time { return now }, Grace: DefaultGrace})
	if err != nil {
		t.Fatal(err)
	}
	for id, language := range map[string]string{"c-en": "en", "c-es": "es"} {
		if err := m.Create(ctx, Conversation{ID: id, State: StateBot, OpenedAt: now, Memory: bot.Memory{Language: language}}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Say(ctx, id, "said", "my deployment"); err != nil {
			t.Fatal(err)
		}
	}
	in := func(when, id, want string) {
		t.Helper()
		if c := m.conversations[id]; c.Team != want {
			t.Errorf("%s: %s is with %s, want %s", when, id, c.Team, want)
		}
	}
	in("routed by an article", "c-en", "military")
	in("routed by an article", "c-es", "general")
	// Who sends a chat on by hand knows why, and a chat comes back to where it was.
	if _, err := d.Claim(ctx, dee, "c-es", "claim"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Transfer(ctx, dee, "c-es", "transfer", Transfer{Team: "premium"}, ""); err != nil {
		t.Fatal(err)
	}
	in("transferred", "c-es", "premium")
	if _, err := d.End(ctx, "c-es", "end"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Reopen(ctx, "c-es", "reopen"); err != nil {
		t.Fatal(err)
	}
	in("opened again", "c-es", "premium")
	// What is left for later goes to who can read it, when it was never with a team.
	teams[0].Languages = []string{"en"}
	d.teams.stale.Store(true)
	if err := d.followTeams(ctx); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ id, language, want string }{
		{"", "en", "general"}, {"", "es", "international"}, {"premium", "es", "premium"}, {"gone", "es", "general"},
	} {
		if got := d.TeamFor(test.id, test.language); got.ID != test.want {
			t.Errorf("a case for %q in %s goes to %s, want %s", test.id, test.language, got.ID, test.want)
		}
	}
}

func TestLanguagesOfATeamAreCodes(t *testing.T) {
	team := startTeam(t)
	for _, language := range []string{"English", "ES", "", "es-MX"} {
		if team.Languages = []string{"en", language}; team.Validate() == nil {
			t.Errorf("%q is taken for the code of a language", language)
		}
	}
}
