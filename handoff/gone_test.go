package handoff

import (
	"context"
	"errors"
	"testing"
	"time"

	"emma/bot"
)

func TestWhenAVisitorIsWarnedAndWhenTheChatEnds(t *testing.T) {
	noon := time.Date(2027, 3, 9, 12, 0, 0, 0, time.UTC)
	at := func(seconds int) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }
	team := Team{WarnGone: Period(5 * time.Minute), CloseGone: Period(3 * time.Minute)}
	for _, test := range []struct {
		name      string
		kind      DueKind
		c         Conversation
		since     time.Time
		now       int
		warn, end bool
	}{
		{"a second before", DueGone, Conversation{State: StateWaiting}, at(0), 299, false, false},
		{"on the second", DueGone, Conversation{State: StateWaiting}, at(0), 300, true, false},
		{"silent on the second", DueSilent, Conversation{State: StateAgent}, at(0), 300, true, false},
		{"who waits need say nothing", DueSilent, Conversation{State: StateWaiting}, at(0), 9999, false, false},
		{"with Emma nobody is warned", DueGone, Conversation{State: StateBot}, at(0), 9999, false, false},
		{"closed is closed", DueGone, Conversation{State: StateClosed}, at(0), 9999, false, false},
		{"a second before the end", DueGone, Conversation{State: StateAgent, WarnedAt: at(300)}, at(0), 479, false, false},
		{"the end on the second", DueGone, Conversation{State: StateAgent, WarnedAt: at(300)}, at(0), 480, false, true},
		{"the silent end", DueSilent, Conversation{State: StateAgent, WarnedAt: at(300), WarnedSilent: true}, at(0), 480, false, true},
		{"back after the warning, and gone again", DueGone, Conversation{State: StateAgent, WarnedAt: at(300)}, at(301), 600, false, false},
		{"then warned again", DueGone, Conversation{State: StateAgent, WarnedAt: at(300)}, at(301), 601, true, false},
		{"back, and silent: not closed by the other warning", DueSilent, Conversation{State: StateAgent, WarnedAt: at(300)}, at(0), 480, true, false},
	} {
		if warn, end := test.c.missing(test.kind, test.since, team, at(test.now)); warn != test.warn || end != test.end {
			t.Errorf("%s: warn %v end %v, want %v %v", test.name, warn, end, test.warn, test.end)
		}
	}
	never := Conversation{State: StateAgent}
	if warn, end := never.missing(DueGone, at(0), Team{}, at(999_999)); warn || end {
		t.Error("a team that does not warn did")
	}
}

// absence is a visitor with an agent, on a desk under a clock of its own.
type absence struct {
	t     *testing.T
	d     *Desk
	m     *model
	now   time.Time
	ann   Staff
	leave func()
}

func newAbsence(t *testing.T) *absence {
	t.Helper()
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	a := &absence{t: t, now: time.Date(2027, 3, 9, 15, 0, 0, 0, time.UTC), ann: Staff{ID: "ann", Name: "Ann", Role: RoleAgent}}
	a.m = newModel(teams, a.ann)
	a.d, err = NewDesk(context.Background(), Config{Store: a.m, Floor: a.m, Emma: parrot{}, Bus: a.m, Now: func() time.Time { return a.now }, Grace: DefaultGrace})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	_ = a.m.Create(ctx, Conversation{ID: "c", State: StateBot, OpenedAt: a.now, ChangedAt: a.now})
	a.leave = a.d.Visit("c")
	_, asked := a.d.AskPerson(ctx, "c", "1")
	if _, err := a.d.Attend(ctx, a.ann, true, func() time.Time { return a.now }); err != nil || asked != nil {
		t.Fatal(err, asked)
	}
	if _, err := a.d.Claim(ctx, a.ann, "c", "2"); err != nil {
		t.Fatal(err)
	}
	a.reply("3")
	return a
}

func (a *absence) reply(id string) {
	a.t.Helper()
	if _, err := a.d.Reply(context.Background(), a.ann, "c", id, "What is the number of the form?"); err != nil {
		a.t.Fatal(err)
	}
}

// pass lets time go by, a second at a time, and returns how many warnings came.
func (a *absence) pass(d time.Duration) (warnings int) {
	a.t.Helper()
	before := len(a.m.logs["c"])
	for end := a.now.Add(d); a.now.Before(end); {
		a.now = a.now.Add(time.Second)
		if err := a.d.Tick(context.Background()); err != nil {
			a.t.Fatal(err)
		}
	}
	for _, e := range a.m.logs["c"][before:] {
		if e.Text == "gone_warning" && len(e.Choices) == 1 && e.Choices[0].ID == bot.ChoiceHere {
			warnings++
		}
	}
	return warnings
}

func (a *absence) expect(what string, warnings, want int, state State) {
	a.t.Helper()
	if c := a.m.conversations["c"]; warnings != want || c.State != state {
		a.t.Errorf("%s: %d warnings and %s, want %d and %s", what, warnings, c.State, want, state)
	}
}

func TestASilentVisitorIsWarnedAndCanExtend(t *testing.T) {
	a := newAbsence(t)
	ctx := context.Background()
	a.expect("just before five minutes", a.pass(5*time.Minute-time.Second), 0, StateAgent)
	a.expect("at five minutes", a.pass(time.Second), 1, StateAgent)
	a.pass(4 * time.Minute)
	if _, err := a.d.Choose(ctx, "c", "4", bot.ChoiceHere); err != nil {
		t.Fatal(err)
	}
	a.expect("after they extended it is the agent's turn", a.pass(time.Hour), 0, StateAgent)
	a.reply("5")
	a.pass(4 * time.Minute)
	a.d.Typing("c", AuthorVisitor)
	a.expect("while they type", a.pass(4*time.Minute), 0, StateAgent)
	a.expect("five minutes after the last key", a.pass(time.Minute), 1, StateAgent)
	a.reply("6")
	a.expect("the agent spoke again: five minutes more", a.pass(5*time.Minute), 1, StateAgent)
	a.expect("just before the end", a.pass(5*time.Minute-time.Second), 0, StateAgent)
	a.expect("the end", a.pass(time.Second), 0, StateClosed)
	log := a.m.logs["c"]
	closed := log[len(log)-2]
	if closed.Author != AuthorSystem || closed.Text != "gone_closed" || closed.Choices[0].ID != bot.ChoiceReopen {
		t.Errorf("the last line is %+v", closed)
	}
}

func TestAVisitorWhoseConnectionIsGoneIsWarned(t *testing.T) {
	a := newAbsence(t)
	if _, err := a.d.Say(context.Background(), "c", "4", "a moment"); err != nil {
		t.Fatal(err)
	}
	a.expect("connected, and the agent's turn", a.pass(time.Hour), 0, StateAgent)
	a.leave()
	// The last sign of life is known to noteVisitorsEvery.
	a.expect("before five minutes", a.pass(5*time.Minute-noteVisitorsEvery), 0, StateAgent)
	a.expect("within five minutes", a.pass(noteVisitorsEvery), 1, StateAgent)
	back := a.d.Visit("c")
	a.expect("back: nothing more", a.pass(20*time.Minute), 0, StateAgent)
	back()
	a.expect("gone again: warned again and closed", a.pass(10*time.Minute), 1, StateClosed)
}

func TestAnAbandonedChatOpensAgainWithItsTeam(t *testing.T) {
	ctx := context.Background()
	for name, back := range map[string]func(a *absence) (Receipt, error){
		"by the button":           func(a *absence) (Receipt, error) { return a.d.Choose(ctx, "c", "9", bot.ChoiceReopen) },
		"by the button to extend": func(a *absence) (Receipt, error) { return a.d.Choose(ctx, "c", "9", bot.ChoiceHere) },
		"by writing":              func(a *absence) (Receipt, error) { return a.d.Say(ctx, "c", "9", "I found it: N-400") },
		"by the command":          func(a *absence) (Receipt, error) { return a.d.Reopen(ctx, "c", "9") },
	} {
		a := newAbsence(t)
		a.pass(10 * time.Minute)
		a.expect(name, 0, 0, StateClosed)
		a.now = a.now.Add(24 * time.Hour)
		first, err := back(a)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		c := a.m.conversations["c"]
		if c.State != StateWaiting || c.Team != "general" || c.Preferred != "ann" || c.Abandoned {
			t.Errorf("%s: %+v", name, c)
		}
		if owed := name == "by writing"; first.Owed != owed || c.OwesAnswer() != owed {
			t.Errorf("%s: Emma owes an answer: %v", name, first.Owed)
		}
		if again, err := back(a); err != nil || !again.Duplicate || again.Seq != first.Seq {
			t.Errorf("%s a second time: %+v %v", name, again, err)
		}

		late := newAbsence(t)
		late.pass(10 * time.Minute)
		late.now = late.now.Add(24*time.Hour + time.Second)
		var refused *Refusal
		if _, err := back(late); !errors.As(err, &refused) || refused.Code != "too_late" {
			t.Errorf("%s, too late: %v", name, err)
		}
		late.expect(name+", too late", 0, 0, StateClosed)
	}
	a := newAbsence(t)
	if _, err := a.d.Close(ctx, a.ann, "c", "4", "", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := a.d.Say(ctx, "c", "9", "thank you"); !errors.Is(err, ErrState) {
		t.Errorf("a chat that the agent closed opened by a word: %v", err)
	}
}
