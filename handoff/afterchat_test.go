package handoff

import (
	"context"
	"testing"
	"time"
)

// What time alone ends gives no signal: the desk has to see it by itself.
func TestWhoHasDoneTheirAfterChatWorkIsAskedInTheSameSecond(t *testing.T) {
	t.Parallel()
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	teams[0].Assignment, teams[0].AfterChat = Automatic, Period(5*time.Second)
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	ann := Staff{ID: "ann", Name: "Ann", Role: RoleAgent, Capacity: 1}
	m := newModel(teams, ann)
	d, err := NewDesk(ctx, Config{Store: m, Floor: m, Emma: parrot{}, Bus: m, Now: func() time.Time { return now }, Grace: DefaultGrace})
	if err != nil {
		t.Fatal(err)
	}
	must := func(doing string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", doing, err)
		}
	}
	_, err = d.Attend(ctx, ann, true, func() time.Time { return now })
	must("coming to work", err)
	for i, id := range []string{"first", "second"} {
		must("arriving", m.Create(ctx, Conversation{ID: id, State: StateBot, OpenedAt: now, ChangedAt: now}))
		defer d.Visit(id)()
		_, err = d.AskPerson(ctx, id, id)
		must("asking for a person", err)
		now = now.Add(time.Duration(i) * time.Second)
	}
	must("the first tick", d.Tick(ctx))
	_, err = d.Claim(ctx, ann, "first", "claim")
	must("claiming", err)
	_, err = d.Close(ctx, ann, "first", "close", "", nil)
	must("closing", err)
	end := m.conversations["first"].WrapUntil
	if !end.After(now) {
		t.Fatal("there is no after-chat work: the test sees nothing")
	}
	for !m.conversations["second"].Offer.live(now) {
		if now.After(end) {
			t.Fatalf("nobody was asked by %v, after the end of the after-chat work at %v", now, end)
		}
		now = now.Add(time.Second)
		must("a tick", d.Tick(ctx))
	}
}
