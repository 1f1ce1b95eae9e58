package handoff

import (
	"testing"

	"emma/bot"
)

func TestShowingsTellWhatCameOfAnAnswer(t *testing.T) {
	answer := func(seq int64, article string) Event {
		return Event{Conversation: "c", Seq: seq, Kind: KindMessage, Author: AuthorEmma, Body: Body{Decision: &bot.Decision{Action: bot.Answer, Article: article, Language: "en"}}}
	}
	got := Showings([]Event{
		answer(1, "a"),
		{Conversation: "c", Seq: 2, Kind: KindFeedback, Body: Body{Target: 1, Helpful: true}},
		answer(3, "b"),
		{Conversation: "c", Seq: 4, Kind: KindFeedback, Body: Body{Target: 3}},
		{Conversation: "c", Seq: 5, Kind: KindState, Body: Body{State: StateWaiting}},
		{Conversation: "c", Seq: 6, Kind: KindMessage, Author: AuthorAgent, Body: Body{Text: "It is like this."}},
		answer(7, "c"),
	})
	if len(got) != 3 {
		t.Fatalf("%d showings: %+v", len(got), got)
	}
	if a := got[0]; a.Article != "a" || !a.Helpful || a.Unhelpful || a.HandedOff || a.Corrected {
		t.Errorf("the first is %+v", a)
	}
	if b := got[1]; b.Helpful || !b.Unhelpful || !b.HandedOff || !b.Corrected {
		t.Errorf("the second is %+v", b)
	}
	if c := got[2]; c.Helpful || c.Unhelpful || c.HandedOff || c.Corrected {
		t.Errorf("the third is %+v", c)
	}
}
