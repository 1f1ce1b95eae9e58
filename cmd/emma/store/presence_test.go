package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/handoff"
)

// What says that a person is there moves forward only, whatever the order in which nodes
// write, and nobody is set away who was there a moment ago.
func TestAbsenceIsTheLastWordOfWhoWasThere(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx, now := d.open(t), context.Background(), time.Now().Truncate(time.Millisecond)
		dana := handoff.Staff{ID: uuid.NewString(), Name: "Dana R.", Role: handoff.RoleAgent}
		if err := s.AddStaff(ctx, dana); err != nil {
			t.Fatal(err)
		}
		do := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		is := func(when string, want handoff.Agent) {
			t.Helper()
			agents, err := s.Agents(ctx, now, now)
			do(err)
			if len(agents) != 1 {
				t.Fatalf("%s: %d agents are here", when, len(agents))
			}
			got := agents[0]
			if got.Available != want.Available || got.Absence != want.Absence || !got.ActiveAt.Equal(want.ActiveAt) || !got.Until.Equal(now.Add(time.Minute)) {
				t.Errorf("%s: %+v, want %+v", when, got, want)
			}
		}
		earlier := now.Add(-time.Minute)
		do(s.Renew(ctx, []handoff.Lease{{Staff: dana.ID, Until: now.Add(time.Minute), Active: now}}))
		do(s.Renew(ctx, []handoff.Lease{{Staff: dana.ID, Until: now.Add(time.Second), Active: earlier}}))
		do(s.SetAvailable(ctx, dana.ID, true))
		do(s.SetAway(ctx, dana.ID, handoff.AbsenceIdle, earlier))
		is("a person was there since", handoff.Agent{Available: true, ActiveAt: now})
		do(s.SetAway(ctx, dana.ID, handoff.AbsenceIdle, now))
		is("nobody was there since", handoff.Agent{Absence: handoff.AbsenceIdle, ActiveAt: now})
		do(s.SetAway(ctx, dana.ID, handoff.AbsenceMissed, time.Time{}))
		is("an offer runs out of somebody who is away", handoff.Agent{Absence: handoff.AbsenceIdle, ActiveAt: now})
		do(s.SetAvailable(ctx, dana.ID, true))
		is("back", handoff.Agent{Available: true, ActiveAt: now})
		do(s.SetAway(ctx, dana.ID, handoff.AbsenceMissed, time.Time{}))
		is("an offer ran out", handoff.Agent{Absence: handoff.AbsenceMissed, ActiveAt: now})
		do(s.SetAvailable(ctx, dana.ID, false))
		is("away on purpose", handoff.Agent{ActiveAt: now})
	})
}
