package handoff

import (
	"context"
	"testing"
	"time"

	"emma/bot"
)

// thinker is an Emma who says "yes", after something happened.
type thinker struct {
	parrot
	meanwhile func()
}

func (th *thinker) Decide(context.Context, bot.Question) (bot.Decision, error) {
	if th.meanwhile != nil {
		th.meanwhile()
	}
	return bot.Decision{Action: bot.Answer, Text: "yes", Language: "en"}, nil
}

func (th *thinker) Seal(text string) (string, []bot.Sealed) {
	if text == "IOE0912345678" {
		return "[receipt number 1 · número de recibo]", []bot.Sealed{{Number: 1, Kind: bot.Receipt, Value: text}}
	}
	return text, nil
}

func TestAMessageAndItsAnswerTakeOneTransaction(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, text string
		memory     bot.Memory
		meanwhile  func(d *Desk)
		changes    int  // of Say
		owed       bool // what Say leaves to Answer
		answers    int  // in the end
	}{
		{name: "plain", text: "hello", changes: 1, answers: 1},
		{name: "with a mark, whose value has to be stored first", text: "IOE0912345678", changes: 1, owed: true, answers: 1},
		{name: "in a dialogue", text: "hello", memory: bot.Memory{Pending: "call-time:general:3"}, changes: 1, owed: true, answers: 1},
		{name: "another message came first", text: "hello", changes: 2, owed: true, answers: 2, meanwhile: func(d *Desk) {
			if _, err := d.Say(ctx, "c", "before", "IOE0912345678"); err != nil {
				t.Error(err)
			}
		}},
		{name: "an agent took over", text: "hello", changes: 3, meanwhile: func(d *Desk) {
			if _, err := d.AskPerson(ctx, "c", "person"); err != nil {
				t.Error(err)
			}
			if _, err := d.TakeOver(ctx, Staff{ID: "dee", Name: "Dee", Role: RoleSupervisor, Capacity: 1}, "c", "take"); err != nil {
				t.Error(err)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			teams, err := StartTeams()
			if err != nil {
				t.Fatal(err)
			}
			m, emma := newModel(teams, Staff{ID: "dee", Name: "Dee", Role: RoleSupervisor, Capacity: 1}), &thinker{}
			d, err := NewDesk(ctx, Config{Store: m, Floor: m, Emma: emma, Bus: m, Now: func() time.Time { return now }, Grace: DefaultGrace, AlwaysOpen: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Create(ctx, Conversation{ID: "c", State: StateBot, OpenedAt: now, ChangedAt: now, Memory: test.memory}); err != nil {
				t.Fatal(err)
			}
			if test.meanwhile != nil {
				emma.meanwhile = func() {
					emma.meanwhile = nil
					test.meanwhile(d)
				}
			}
			before := m.changes
			receipt, err := d.Say(ctx, "c", "said", test.text)
			if err != nil {
				t.Fatal(err)
			}
			if changes := m.changes - before; changes != test.changes || receipt.Owed != test.owed {
				t.Errorf("%d changes, owed %v; want %d and %v", changes, receipt.Owed, test.changes, test.owed)
			}
			if receipt.Owed {
				if err := d.Answer(ctx, receipt); err != nil {
					t.Fatal(err)
				}
			}
			var answers int
			for i, e := range m.logs["c"] {
				if e.Seq != int64(i+1) {
					t.Errorf("event %d has the number %d", i+1, e.Seq)
				}
				if e.Author == AuthorEmma && e.Text == "yes" {
					answers++
				}
			}
			if c := m.conversations["c"]; answers != test.answers || c.OwesAnswer() {
				t.Errorf("%d answers, want %d; owes: %v", answers, test.answers, c.OwesAnswer())
			}
			// A chat that saw the last message needs to read nothing, and is not misled by
			// what it does not see.
			chat := d.Chat(Arrival{Conversation: "c"})
			for i, text := range []string{"one", "two", "three"} {
				if i == 2 {
					if _, err := d.Say(ctx, "c", "other tab", "hello"); err != nil {
						t.Fatal(err)
					}
				}
				receipt, err := chat.Say(ctx, text, text)
				if err != nil {
					t.Fatal(err)
				}
				if err := d.Answer(ctx, receipt); err != nil {
					t.Fatal(err)
				}
				if c := m.conversations["c"]; c.OwesAnswer() {
					t.Errorf("%s is not answered", text)
				}
			}
			// Whoever chose another language meanwhile is answered in that one.
			if _, err := chat.Say(ctx, "once more", "once more"); err != nil {
				t.Fatal(err)
			}
			if err := d.SetLanguage(ctx, "c", "es"); err != nil {
				t.Fatal(err)
			}
			if receipt, err = chat.Say(ctx, "four", "four"); err != nil {
				t.Fatal(err)
			}
			if c := m.conversations["c"]; c.State == StateBot && !receipt.Owed {
				t.Error("an answer was taken that was thought of in another language")
			}
			if err := d.Answer(ctx, receipt); err != nil {
				t.Fatal(err)
			}
			// The message sent once more is not answered once more.
			again, err := d.Say(ctx, "c", "said", test.text)
			if err != nil || !again.Duplicate {
				t.Fatalf("sent again: %+v, %v", again, err)
			}
			if err := d.Answer(ctx, again); err != nil {
				t.Fatal(err)
			}
			if got := len(m.logs["c"]); int64(got) != m.conversations["c"].LastSeq {
				t.Errorf("%d events, last number %d", got, m.conversations["c"].LastSeq)
			}
		})
	}
}
