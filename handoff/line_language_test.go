package handoff

import (
	"context"
	"testing"
	"time"

	"emma/bot"
)

// polyglot is an Emma who sends everybody to the military help line and hears Spanish in
// what begins with a capital letter.
type polyglot struct{ parrot }

func (polyglot) Decide(_ context.Context, q bot.Question) (bot.Decision, error) {
	d := bot.Decision{Action: bot.SmallTalk, Text: "hm", Memory: q.Memory}
	d.Memory.Language = "en"
	if q.Text[0] < 'a' {
		d.Memory.Language = "es"
	}
	if !q.Waiting {
		d.Action, d.Reason, d.Team = bot.Handoff, bot.Route, "military"
	}
	d.Language = d.Memory.Language
	return d, nil
}

// lineDesk is a desk with an English team that takes everything, an English one that is
// named by articles, and a Spanish one.
func lineDesk(t *testing.T, now *time.Time) (*Desk, *model) {
	t.Helper()
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	teams = teams[:3]
	teams[0].Languages, teams[1].Languages, teams[2].Languages = []string{"en"}, []string{"en"}, []string{"es"}
	m := newModel(teams)
	d, err := NewDesk(context.Background(), Config{Store: m, Floor: m, Emma: polyglot{}, Bus: m, Now: func() time.Time { return *now }, Grace: DefaultGrace, AlwaysOpen: true})
	if err != nil {
		t.Fatal(err)
	}
	return d, m
}

func TestWhoChangesTheLanguageInLineKeepsTheirPlaceByTime(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	d, m := lineDesk(t, &now)
	for i, c := range []struct{ id, said string }{{"first", "Hola"}, {"chat", "hello"}, {"later", "Hola"}} {
		if err := m.Create(ctx, Conversation{ID: c.id, State: StateBot, OpenedAt: now}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Say(ctx, c.id, "said", c.said); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Duration(i+1) * time.Minute)
	}
	since := m.conversations["chat"].WaitingSince
	stands := func(when, team string, place, events int) {
		t.Helper()
		c := m.conversations["chat"]
		if c.State != StateWaiting || c.Team != team || !c.WaitingSince.Equal(since) {
			t.Errorf("%s the chat is %s of %s since %v, want it in line of %s since %v", when, c.State, c.Team, c.WaitingSince, team, since)
		}
		p, ok, err := d.PlaceOf(ctx, "chat")
		if err != nil || !ok || p.Position != place {
			t.Errorf("%s it stands at %d (%t, %v), want %d", when, p.Position, ok, err, place)
		}
		log := m.logs["chat"]
		if len(log) != events {
			t.Fatalf("%s the log has %d events, want %d: %+v", when, len(log), events, log)
		}
	}
	stands("after joining", "military", 1, 4)

	switchTo := func(language string) {
		t.Helper()
		now = now.Add(placeAge)
		if err := d.SetLanguage(ctx, "chat", language); err != nil {
			t.Fatal(err)
		}
	}
	switchTo("es")
	stands("after the switch to Spanish", "premium", 2, 6)
	moved, told := m.logs["chat"][4], m.logs["chat"][5]
	if moved.Kind != KindState || moved.State != StateWaiting || moved.Team != "premium" || moved.Reason != "language" {
		t.Errorf("the log tells of the move as %+v", moved)
	}
	if told.Author != AuthorSystem || told.Text != "other_line" {
		t.Errorf("the visitor is told %+v", told)
	}
	switchTo("es")
	stands("after the same switch again", "premium", 2, 6)
	switchTo("en")
	stands("back in English it is with the team that was meant,", "military", 1, 8)

	// Somebody who simply writes in the other language is understood too.
	now = now.Add(placeAge)
	if _, err := d.Say(ctx, "chat", "more", "Perdón"); err != nil {
		t.Fatal(err)
	}
	stands("after a message in Spanish", "premium", 2, 12)

	// With an agent nothing moves, and the line that was left is not told of again.
	if _, err := d.Claim(ctx, Staff{ID: "ana", Name: "Ana", Role: RoleAgent}, "chat", "claim"); err != nil {
		t.Fatal(err)
	}
	before := len(m.logs["chat"])
	switchTo("en")
	if c := m.conversations["chat"]; c.State != StateAgent || c.Team != "premium" || len(m.logs["chat"]) != before {
		t.Errorf("with an agent the switch made %s of %s with %+v", c.State, c.Team, m.logs["chat"][before:])
	}
}

func TestAnOfferEndsWithTheLineThatItWasOf(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	d, _ := lineDesk(t, &now)
	c := Conversation{ID: "c", State: StateWaiting, Team: "general", Tier: 1, WaitingSince: now, Priority: 2, Preferred: "ann",
		Offer: Offer{Agent: "ann", Until: now.Add(time.Minute)}, Passed: []string{"bob"}, Forecast: Forecast{At: now}, Memory: bot.Memory{Language: "es"}}
	if events := d.turnTo(&c, "en", now.Add(time.Second)); len(events) != 2 {
		t.Fatalf("the move makes %+v", events)
	}
	if c.Offer.Agent != "" || c.Preferred != "" || len(c.Passed) > 0 || !c.Forecast.At.IsZero() || c.Priority != 2 || !c.WaitingSince.Equal(now) || c.Team != "premium" {
		t.Errorf("after the move it is %+v", c)
	}
}

func TestVisitorsHearThatNobodyAnswersInTheirLanguage(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	d, m := lineDesk(t, &now)
	m.teams[2].Languages = []string{"en", "fr"}
	d.teams.stale.Store(true)
	if err := d.followTeams(ctx); err != nil {
		t.Fatal(err)
	}
	last := func(id string) Event {
		t.Helper()
		log := m.logs[id]
		return log[len(log)-1]
	}
	for id, want := range map[string]string{"es": "no_language\n\nnobody_here", "en": "nobody_here", "": "nobody_here"} {
		if err := m.Create(ctx, Conversation{ID: id, State: StateBot, OpenedAt: now, Memory: bot.Memory{Language: id}}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.AskPerson(ctx, id, "ask"); err != nil {
			t.Fatal(err)
		}
		if e := last(id); e.Author != AuthorSystem || e.Text != want || len(e.Offers) == 0 || len(e.Choices) == 0 {
			t.Errorf("in %q the visitor hears %+v, want %q with other ways", id, e, want)
		}
	}
	// Somebody comes, and in line the language is changed to one that nobody answers in.
	here, err := d.Attend(ctx, Staff{ID: "ann", Name: "Ann", Role: RoleAgent, Capacity: 9}, true, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer here.Leave()
	before := len(m.logs["en"])
	for range 2 {
		if err := d.SetLanguage(ctx, "en", "es"); err != nil {
			t.Fatal(err)
		}
	}
	if e := last("en"); len(m.logs["en"]) != before+1 || e.Text != "no_language" || m.conversations["en"].Team != "general" {
		t.Errorf("after the switch the log goes on with %+v", m.logs["en"][before:])
	}
}
