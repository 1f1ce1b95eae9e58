package handoff

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// Those in front are told of each step of the line, those behind of one in five seconds,
// and everyone at once when others serve it.
func TestThoseWhoWaitAreToldWhereTheyStand(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	dee := Staff{ID: "dee", Name: "Dee", Role: RoleAgent, Teams: []string{defaultTeam}, Capacity: 1}
	m := newModel(teams, dee)
	d, err := NewDesk(ctx, Config{Store: m, Floor: m, Emma: parrot{}, Bus: m, Now: func() time.Time { return now }, Grace: DefaultGrace, AlwaysOpen: true})
	if err != nil {
		t.Fatal(err)
	}
	const people = nearPlaces + 10
	woken := make([]int, people)
	for i := range woken {
		id := fmt.Sprintf("c%02d", i)
		now = now.Add(time.Millisecond)
		if err := m.Create(ctx, Conversation{ID: id, State: StateBot, OpenedAt: now}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.AskPerson(ctx, id, "person of "+id); err != nil {
			t.Fatal(err)
		}
		defer d.FollowPlaces(id, func() { woken[i]++ })()
	}
	gone := 0
	told := func(when string, near, far bool) {
		t.Helper()
		if err := d.Tick(ctx); err != nil {
			t.Fatal(err)
		}
		for i := gone; i < people; i++ {
			if want := near && i < gone+nearPlaces || far && i >= gone+nearPlaces; woken[i] > 0 != want {
				t.Errorf("%s: number %d of the line was woken %d times", when, i-gone+1, woken[i])
			}
		}
		clear(woken)
	}
	told("when the first look finds who is here", true, false)
	told("when nothing has changed", false, false)
	step := func() {
		t.Helper()
		now = now.Add(2 * time.Second)
		id := fmt.Sprintf("c%02d", gone)
		if _, err := d.Cancel(ctx, id, "cancel of "+id); err != nil {
			t.Fatal(err)
		}
		gone++
	}
	step()
	told("after a step", true, false)
	now = now.Add(2 * time.Second)
	told("later", false, false)
	now = now.Add(2 * time.Second)
	told("after five seconds", false, true)
	step()
	told("after another step", true, false)
	now = now.Add(6 * time.Second)
	told("when those behind have been told, and only joiners came", false, true)
	join := func() {
		t.Helper()
		id := fmt.Sprintf("late at %d", now.Unix())
		if err := m.Create(ctx, Conversation{ID: id, State: StateBot, OpenedAt: now}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.AskPerson(ctx, id, "person of "+id); err != nil {
			t.Fatal(err)
		}
	}
	join()
	now = now.Add(6 * time.Second)
	told("when somebody joined behind them", true, false)
	join()
	now = now.Add(stillRest)
	told("half a minute later", true, true)
	here, err := d.Attend(ctx, dee, true, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer here.Leave()
	told("when an agent comes", true, true)
}
