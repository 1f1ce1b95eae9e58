package handoff

import (
	"context"
	"slices"
)

// tick lets the desk do what is due, and checks what it promises afterwards.
func (f *floor) tick() {
	before, wasThere := map[string]Conversation{}, map[string]bool{}
	for id, p := range f.m.presence {
		wasThere[id] = p.available
	}
	for id, c := range f.m.conversations {
		before[id] = c
	}
	if err := f.d.Tick(context.Background()); err != nil {
		f.t.Fatalf("tick: %v", err)
	}
	agents, _ := f.m.Agents(context.Background(), f.now, f.now)
	for _, a := range agents {
		idle := f.now.Sub(f.active[a.ID])
		if a.Available && idle >= idleOfTest {
			f.t.Fatalf("%s takes conversations and nobody was there for %v", a.Name, idle)
		}
		// What a person did just before their connection broke may not be known.
		if a.Absence == AbsenceIdle && wasThere[a.ID] && f.here[a.ID] != nil && idle < idleOfTest {
			f.t.Fatalf("%s was set away %v after somebody was there", a.Name, idle)
		}
	}
	line, _ := f.m.Line(context.Background(), 100)
	for _, c := range f.m.conversations {
		if c.State == StateAgent && !slices.ContainsFunc(agents, func(a Agent) bool { return a.ID == c.Agent }) && f.now.Sub(f.d.attendance.started) >= f.d.grace {
			f.t.Fatalf("%s is still with %s, who is gone", c.ID, c.Agent)
		}
		if c.State == StateWaiting && c.Offer.Agent != "" && !c.Offer.live(f.now) {
			f.t.Fatalf("the offer of %s ended at %v and stands at %v", c.ID, c.Offer.Until, f.now)
		}
	}
	for i, c := range line {
		t := f.d.Team(c.Team)
		fresh := c.Offer.live(f.now) && before[c.ID].Offer != c.Offer
		for _, a := range agents {
			could := func(c Conversation) bool {
				return f.d.Team(c.Team).Assignment == Automatic && !c.Offer.live(f.now) && c.mayAsk(a.Staff, f.now) && a.Takes(f.d.Team(c.Team), c.Tier) == nil
			}
			// Nobody starves: while somebody has room for them they are asked.
			if could(c) && a.free(f.now) > 0 {
				f.t.Fatalf("%s waits at place %d while %s has room: %+v", c.ID, i+1, a.Name, c)
			}
			// Nobody is overtaken: who stands further ahead is asked first.
			if fresh && c.Offer.Agent == a.ID && t.Assignment == Automatic && c.Preferred != a.ID {
				for _, ahead := range line[:i] {
					if could(ahead) {
						f.t.Fatalf("%s is offered to %s before %s, who stands ahead", c.ID, a.Name, ahead.ID)
					}
				}
			}
		}
	}
}

// check is what holds after everything that happens.
func (f *floor) check() {
	load := map[string]int{}
	for id, c := range f.m.conversations {
		if (c.State == StateAgent) != (c.Agent != "") {
			f.t.Fatalf("%s is in state %s with the agent %q", id, c.State, c.Agent)
		}
		if c.State != StateWaiting && c.Offer.Agent != "" {
			f.t.Fatalf("%s is in state %s and offered to %s", id, c.State, c.Offer.Agent)
		}
		atDesk := c.State == StateWaiting || c.State == StateAgent
		if atDesk != !c.WaitingSince.IsZero() {
			f.t.Fatalf("%s is in state %s and waits since %v", id, c.State, c.WaitingSince)
		}
		first, known := f.joined[id]
		switch {
		case !atDesk:
			delete(f.joined, id)
		case !known:
			f.joined[id] = c.WaitingSince
		case !first.Equal(c.WaitingSince):
			f.t.Fatalf("the place of %s moved from %v to %v", id, first, c.WaitingSince)
		}
		if c.LastSeq != int64(len(f.m.logs[id])) {
			f.t.Fatalf("%s has %d events and says %d", id, len(f.m.logs[id]), c.LastSeq)
		}
		if c.AnsweredSeq > c.VisitorSeq || c.VisitorSeq > c.LastSeq {
			f.t.Fatalf("%s: answered %d, said %d, last %d", id, c.AnsweredSeq, c.VisitorSeq, c.LastSeq)
		}
		if c.State == StateAgent {
			load[c.Agent]++
			if err := f.m.staff[c.Agent].Takes(f.d.Team(c.Team), c.Tier); err != nil {
				f.t.Fatalf("%s has %s: %v", c.Agent, id, err)
			}
		}
	}
	for _, s := range f.staff {
		if n := f.m.load(s.ID, "", f.now); n > s.Room() || load[s.ID] > s.Room() {
			f.t.Fatalf("%s has %d of %d", s.Name, n, s.Room())
		}
	}
	for id, log := range f.m.logs {
		for i, e := range log[max(0, len(log)-4):] {
			if want := int64(max(0, len(log)-4) + i + 1); e.Seq != want || e.Conversation != id {
				f.t.Fatalf("event %d of %s has the number %d", want, id, e.Seq)
			}
		}
	}
}
