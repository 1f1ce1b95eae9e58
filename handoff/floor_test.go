package handoff

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"emma/bot"
)

// transitions is how many changes of conversations the property test makes. The whole
// check makes a million: see .ci/run.
var transitions = flag.Int("transitions", 200_000, "changes of conversations that the property test of the desk makes")

// floor is a desk over the model with its staff, and what a test remembers of it.
type floor struct {
	t       *rapid.T
	m       *model
	d       *Desk
	now     time.Time
	staff   []Staff
	seen    map[string]time.Time // last sign of life of the connected
	here    map[string]*Attendance
	active  map[string]time.Time // when a person was at their desk last
	visits  map[string]func()
	joined  map[string]time.Time // when a conversation came to the line first
	offered map[string]Offer
	n       int
}

// newFloor is a desk of three lines: automatic, picked, and one for officers.
func newFloor(t *rapid.T) *floor {
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	teams[0].Assignment, teams[2].Assignment = Automatic, Automatic
	teams[2].Skills, teams[1].AfterChat = []string{"premium"}, 0
	teams[0].Languages, teams[2].Languages = []string{"en"}, []string{"es"}
	f := &floor{t: t, now: time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC), seen: map[string]time.Time{}, here: map[string]*Attendance{}, active: map[string]time.Time{},
		visits: map[string]func(){}, joined: map[string]time.Time{}, offered: map[string]Offer{},
		staff: []Staff{
			{ID: "ann", Name: "Ann", Role: RoleAgent, Capacity: 1},
			{ID: "ben", Name: "Ben", Role: RoleAgent, Capacity: 2, Teams: []string{"general"}, Languages: []string{"en", "es"}},
			{ID: "cay", Name: "Cay", Role: RoleSenior, Capacity: 2, Skills: []string{"premium"}},
			{ID: "dee", Name: "Dee", Role: RoleSupervisor, Capacity: 1},
		}}
	f.m = newModel(teams, f.staff...)
	f.d, err = NewDesk(context.Background(), Config{Store: f.m, Floor: f.m, Emma: parrot{}, Bus: f.m, Now: func() time.Time { return f.now }, Grace: DefaultGrace, Idle: idleOfTest})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *floor) id() string { f.n++; return strconv.Itoa(f.n) }

func (f *floor) someone() Staff { return rapid.SampledFrom(f.staff).Draw(f.t, "agent") }

// some returns the id of a conversation in one of the states, or skips the action.
func (f *floor) some(states ...State) string {
	var ids []string
	for _, id := range f.m.order {
		if slices.Contains(states, f.m.conversations[id].State) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		f.t.Skip("no such conversation")
	}
	return rapid.SampledFrom(ids).Draw(f.t, "conversation")
}

const (
	openLimit  = 12 // conversations that are open at a time
	idleOfTest = time.Minute
)

// actions are what can happen at the desk. Refusals are part of it: what they leave
// behind is checked like everything else.
func (f *floor) actions() map[string]func(*rapid.T) {
	ctx, d := context.Background(), f.d
	act := func(do func()) func(*rapid.T) {
		return func(t *rapid.T) {
			f.t = t
			do()
		}
	}
	team := func() string {
		return rapid.SampledFrom([]string{"general", "military", "premium"}).Draw(f.t, "team")
	}
	return map[string]func(*rapid.T){
		"": func(t *rapid.T) { f.t = t; f.check() },
		"arrive": act(func() {
			open := f.m.filter(func(c Conversation) bool { return c.State != StateClosed })
			if len(open) >= openLimit {
				f.t.Skip("enough")
			}
			id := fmt.Sprintf("c%03d", len(f.m.order))
			_ = f.m.Create(ctx, Conversation{ID: id, State: StateBot, OpenedAt: f.now, ChangedAt: f.now,
				Memory: bot.Memory{Language: rapid.SampledFrom([]string{"en", "es", ""}).Draw(f.t, "language")}})
			f.visits[id] = d.Visit(id)
			_, _ = d.AskPerson(ctx, id, f.id())
			if c := f.m.conversations[id]; c.State == StateWaiting && !d.Team(c.Team).Answers(c.Language()) {
				f.t.Fatalf("%s waits in %q for a team that does not answer in it", id, c.Language())
			}
		}),
		"ask again": act(func() { _, _ = d.AskPerson(ctx, f.some(StateBot), f.id()) }),
		"say":       act(func() { _, _ = d.Say(ctx, f.some(StateBot, StateWaiting, StateAgent), f.id(), "hello") }),
		"claim":     act(func() { _, _ = d.Claim(ctx, f.someone(), f.some(StateWaiting, StateAgent), f.id()) }),
		"accept": act(func() {
			c := f.m.conversations[f.some(StateWaiting)]
			if c.Offer.Agent == "" {
				f.t.Skip("no offer")
			}
			_, _ = d.Claim(ctx, f.m.staff[c.Offer.Agent], c.ID, f.id())
		}),
		"decline": act(func() { _ = d.Decline(ctx, f.someone(), f.some(StateWaiting)) }),
		"reply":   act(func() { _, _ = d.Reply(ctx, f.someone(), f.some(StateWaiting, StateAgent), f.id(), "hello") }),
		"transfer": act(func() {
			c := f.m.conversations[f.some(StateAgent)]
			to := Transfer{Team: team()}
			if rapid.Bool().Draw(f.t, "to an agent") {
				to = Transfer{Agent: f.someone().ID}
			}
			_, _ = d.Transfer(ctx, f.m.staff[c.Agent], c.ID, f.id(), to, "note")
		}),
		"escalate": act(func() {
			c := f.m.conversations[f.some(StateAgent)]
			_, _ = d.Escalate(ctx, f.m.staff[c.Agent], c.ID, f.id(), Brief{Question: "why"})
		}),
		"return": act(func() {
			c := f.m.conversations[f.some(StateAgent)]
			_, _ = d.Return(ctx, f.m.staff[c.Agent], c.ID, f.id())
		}),
		"close": act(func() {
			c := f.m.conversations[f.some(StateAgent)]
			_, _ = d.Close(ctx, f.m.staff[c.Agent], c.ID, f.id(), "", nil)
		}),
		"done":      act(func() { _ = d.Done(ctx, f.someone(), f.some(StateClosed, StateBot)) }),
		"cancel":    act(func() { _, _ = d.Cancel(ctx, f.some(StateWaiting), f.id()) }),
		"end":       act(func() { _, _ = d.End(ctx, f.some(StateBot, StateWaiting, StateAgent), f.id()) }),
		"reopen":    act(func() { _, _ = d.Reopen(ctx, f.some(StateClosed), f.id()) }),
		"take over": act(func() { _, _ = d.TakeOver(ctx, f.someone(), f.some(StateWaiting, StateAgent), f.id()) }),
		"reassign": act(func() {
			_, _ = d.Reassign(ctx, f.staff[3], f.some(StateWaiting, StateAgent), f.id(), f.someone().ID)
		}),
		"priority": act(func() {
			_, _ = d.SetPriority(ctx, f.staff[3], f.some(StateWaiting), f.id(), rapid.IntRange(Later, Urgent).Draw(f.t, "priority"))
		}),
		"connect": act(func() {
			s := f.someone()
			if f.here[s.ID] != nil {
				f.t.Skip("is here")
			}
			f.seen[s.ID] = f.now
			if p := f.m.at(s.ID); !p.available || !f.now.Before(p.until) {
				f.active[s.ID] = f.now
			}
			f.here[s.ID], _ = d.Attend(ctx, s, true, func() time.Time { return f.seen[s.ID] })
		}),
		"disconnect": act(func() {
			s := f.someone()
			if f.here[s.ID] == nil {
				f.t.Skip("is not here")
			}
			f.here[s.ID].Leave()
			delete(f.here, s.ID)
		}),
		"freeze": act(func() { f.now = f.now.Add(DefaultGrace + time.Second) }), // nobody gives a sign of life
		"status": act(func() {
			if s := f.someone(); f.here[s.ID] != nil {
				f.active[s.ID] = f.now
				_ = f.here[s.ID].Set(ctx, rapid.Bool().Draw(f.t, "available"))
			}
		}),
		"touch": act(func() {
			if s := f.someone(); f.here[s.ID] != nil {
				f.active[s.ID] = f.now
				f.here[s.ID].Active()
			}
		}),
		"visitor leaves": act(func() {
			if leave := f.visits[f.some(StateWaiting, StateAgent)]; leave != nil {
				leave()
			}
		}),
		"time": act(func() {
			f.now = f.now.Add(time.Duration(rapid.IntRange(1, 20).Draw(f.t, "seconds")) * time.Second)
			for id := range f.here {
				f.seen[id] = f.now
			}
		}),
		"tick": act(f.tick),
	}
}

func TestTheDeskKeepsItsPromises(t *testing.T) {
	if err := flag.Set("rapid.steps", "300"); err != nil {
		t.Fatal(err)
	}
	made, runs := 0, 0
	for made < *transitions && !t.Failed() {
		rapid.Check(t, func(t *rapid.T) {
			f := newFloor(t)
			t.Repeat(f.actions())
			made += f.m.changes // of this run
			runs++
		})
	}
	t.Logf("%d transitions in %d runs, no violation", made, runs)
}
