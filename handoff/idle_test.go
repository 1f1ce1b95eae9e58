package handoff

import (
	"context"
	"testing"
	"time"
)

// An empty chair is set away in time, on the word of no connection but of a person, and
// keeps what it has.
func TestWhoIsIdleIsSetAway(t *testing.T) {
	t.Parallel()
	const limit = 10 * time.Minute
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	dee := Staff{ID: "dee", Name: "Dee", Role: RoleAgent}
	team := startTeam(t)
	team.WarnGone = 0
	m := newModel([]Team{team}, dee)
	if err := m.Create(ctx, Conversation{ID: "c", State: StateBot, OpenedAt: now}); err != nil {
		t.Fatal(err)
	}
	d, err := NewDesk(ctx, Config{Store: m, Floor: m, Emma: parrot{}, Bus: m, Now: func() time.Time { return now }, Grace: DefaultGrace, Idle: limit})
	if err != nil {
		t.Fatal(err)
	}
	if every := d.ActiveEvery(); every != time.Minute {
		t.Errorf("clients tell of a person every %v", every)
	}
	seen := func() time.Time { return now }
	here, err := d.Attend(ctx, dee, true, seen)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	m.Subscribe(AgentTopic("dee"), func(Signal) { told++ })
	pass := func(long time.Duration) {
		t.Helper()
		for end := now.Add(long); now.Before(end); {
			now = now.Add(5 * time.Second)
			if err := d.Tick(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	is := func(when string, available bool, why Absence) {
		t.Helper()
		b, err := d.Board(ctx, dee)
		if err != nil {
			t.Fatal(err)
		}
		if b.Me.Available != available || b.Me.Absence != why {
			t.Errorf("%s: available %v, absence %q; want %v, %q", when, b.Me.Available, b.Me.Absence, available, why)
		}
	}
	if _, err := d.AskPerson(ctx, "c", "ask"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Claim(ctx, dee, "c", "claim"); err != nil {
		t.Fatal(err)
	}
	pass(9 * time.Minute)
	here.Active()
	pass(9 * time.Minute)
	is("a person was there nine minutes ago", true, "")
	told = 0
	pass(time.Minute)
	is("nobody was there for ten", false, AbsenceIdle)
	if told == 0 {
		t.Error("the console was not told")
	}
	if c := m.conversations["c"]; c.Agent != "dee" {
		t.Errorf("the chat is with %q", c.Agent)
	}
	// Connecting again by itself changes nothing, and neither does a page that was left open.
	here.Leave()
	if here, err = d.Attend(ctx, dee, false, seen); err != nil {
		t.Fatal(err)
	}
	is("the connection broke and is back", false, AbsenceIdle)
	if err := here.Set(ctx, true); err != nil {
		t.Fatal(err)
	}
	pass(9 * time.Minute)
	is("back with one press", true, "")
	other, err := d.Attend(ctx, dee, true, seen) // a second window opens by itself
	if err != nil {
		t.Fatal(err)
	}
	pass(time.Minute)
	is("idle in two windows", false, AbsenceIdle)
	if err := here.Set(ctx, true); err != nil {
		t.Fatal(err)
	}
	pass(5 * time.Minute)
	other.Active()
	pass(6 * time.Minute)
	is("active in the other window", true, "")
	if err := here.Set(ctx, false); err != nil {
		t.Fatal(err)
	}
	is("away on purpose", false, "")
	pass(time.Hour)
	is("still away on purpose", false, "")
	other.Leave()
	here.Leave()
	pass(time.Minute)
	if _, err = d.Attend(ctx, dee, true, seen); err != nil {
		t.Fatal(err)
	}
	pass(5 * time.Minute)
	is("the next day", true, "")
}
