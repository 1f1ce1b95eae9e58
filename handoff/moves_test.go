package handoff

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"emma/bot"
)

// TestMovesKeepTheInvariants tries random moves on one conversation and checks after
// each what the package promises.
func TestMovesKeepTheInvariants(t *testing.T) {
	agents := []Staff{{ID: "a", Name: "Ann"}, {ID: "b", Name: "Ben"}, {ID: "c", Name: "Cay"}}
	moves := 0
	rapid.Check(t, func(t *rapid.T) {
		c := &Conversation{ID: "x", State: StateBot}
		now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		var joined time.Time // when the visitor first came to the line
		step := func(events []Event, before Conversation, err error) {
			moves++
			if err != nil {
				if fmt.Sprintf("%+v", *c) != fmt.Sprintf("%+v", before) {
					t.Fatalf("a refused move changed %+v to %+v", before, *c)
				}
				return
			}
			for i, e := range events {
				if want := before.LastSeq + int64(i) + 1; e.Seq != want {
					t.Fatalf("event %d follows %d", e.Seq, want-1)
				}
			}
			if c.LastSeq != before.LastSeq+int64(len(events)) {
				t.Fatalf("%d events, but the last number went from %d to %d", len(events), before.LastSeq, c.LastSeq)
			}
		}
		one := func(e Event, before Conversation, err error) {
			if err != nil {
				step(nil, before, err)
			} else {
				step([]Event{e}, before, nil)
			}
		}
		check := func() {
			if (c.State == StateAgent) != (c.Agent != "") {
				t.Fatalf("state %s with agent %q", c.State, c.Agent)
			}
			if inLine := c.State == StateWaiting || c.State == StateAgent; inLine != !c.WaitingSince.IsZero() {
				t.Fatalf("state %s, waiting since %v", c.State, c.WaitingSince)
			}
			if c.WaitingSince.IsZero() {
				joined = time.Time{}
			} else if joined.IsZero() {
				joined = c.WaitingSince
			} else if !c.WaitingSince.Equal(joined) {
				t.Fatalf("the place moved from %v to %v", joined, c.WaitingSince)
			}
			if c.AnsweredSeq > c.VisitorSeq && c.VisitorSeq > 0 || c.VisitorSeq > c.LastSeq {
				t.Fatalf("answered %d, said %d, last %d", c.AnsweredSeq, c.VisitorSeq, c.LastSeq)
			}
			if c.OwesAnswer() && !c.emmasTurn() {
				t.Fatalf("Emma owes an answer in state %s", c.State)
			}
		}
		agent := rapid.SampledFrom(agents)
		t.Repeat(map[string]func(*rapid.T){
			"": func(*rapid.T) { now = now.Add(time.Second); check() },
			"say": func(*rapid.T) {
				before := *c
				e, err := c.say(Body{Text: "hello"}, now)
				one(e, before, err)
			},
			"escalate": func(t *rapid.T) {
				if c.State != StateBot {
					t.Skip("only Emma escalates")
				}
				before := *c
				c.AnsweredSeq = c.VisitorSeq
				step([]Event{c.escalate(emmaSender, bot.WantsPerson, "general", 1, now)}, before, nil)
			},
			"claim": func(t *rapid.T) {
				before, a := *c, agent.Draw(t, "agent")
				e, err := c.claim(a, now)
				one(e, before, err)
				if err == nil && c.Agent != a.ID {
					t.Fatalf("%s claimed, %s has it", a.ID, c.Agent)
				}
				var taken *TakenError
				if errors.As(err, &taken) && taken.Winner != before.AgentName {
					t.Fatalf("the loser heard of %s, %s has it", taken.Winner, before.AgentName)
				}
			},
			"transfer": func(t *rapid.T) {
				if c.heldBy(agent.Draw(t, "agent")) != nil {
					t.Skip("not theirs")
				}
				before := *c
				step([]Event{c.become(StateWaiting, c.Agent, "transferred", now)}, before, nil)
			},
			"return": func(t *rapid.T) {
				if c.heldBy(agent.Draw(t, "agent")) != nil {
					t.Skip("not theirs")
				}
				before := *c
				step([]Event{c.become(StateBot, c.Agent, "returned", now)}, before, nil)
			},
			"close": func(t *rapid.T) {
				if c.State == StateClosed || rapid.IntRange(0, 9).Draw(t, "rarely") > 0 {
					t.Skip("closed, or not now")
				}
				before := *c
				step([]Event{c.become(StateClosed, visitorSender, "visitor", now)}, before, nil)
			},
		})
	})
	t.Logf("%d moves", moves)
}

func TestTitlesAreShort(t *testing.T) {
	for text, want := range map[string]string{
		"  Where\n is  my card? ": "Where is my card?",
		"":                        "",
	} {
		if got := title(text); got != want {
			t.Errorf("title(%q) is %q, want %q", text, got, want)
		}
	}
	long := title(fmt.Sprintf("%0100d", 0) + "é")
	if n := len([]rune(long)); n != titleLength {
		t.Errorf("a long title has %d characters", n)
	}
}

func TestOnlyWhatChangedIsWoken(t *testing.T) {
	bot := Conversation{ID: "x", State: StateBot, LastSeq: 1}
	said := Conversation{ID: "x", State: StateBot, LastSeq: 2, Title: "new"}
	waiting := Conversation{ID: "x", State: StateWaiting, LastSeq: 3}
	more := Conversation{ID: "x", State: StateWaiting, LastSeq: 4, Title: "more"}
	held := Conversation{ID: "x", State: StateAgent, Agent: "a", LastSeq: 5}
	talk := Conversation{ID: "x", State: StateAgent, Agent: "a", LastSeq: 6}
	for _, test := range []struct {
		name          string
		before, after Conversation
		want          []Topic
	}{
		{"a question to Emma", bot, said, []Topic{"c/x"}},
		{"joining the line", said, waiting, []Topic{"c/x", TopicDesk}},
		{"a message in the line", waiting, more, []Topic{"c/x", TopicDesk}},
		{"a claim", waiting, held, []Topic{"c/x", TopicDesk, "a/a"}},
		{"a message to an agent", held, talk, []Topic{"c/x", "a/a"}},
	} {
		var got []Topic
		for _, s := range Signals(test.before, test.after) {
			got = append(got, s.Topic)
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s wakes %v, want %v", test.name, got, test.want)
		}
	}
}
