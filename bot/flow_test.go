package bot

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// talk is a conversation with Emma in a test: it carries the memory from turn to turn
// and goes to the line when she hands off, as the desk does.
type talk struct {
	t       testing.TB
	b       *Bot
	memory  Memory
	waiting bool
	last    Decision
}

func newTalk(t testing.TB) *talk {
	b, _ := starterBot(t)
	return &talk{t: t, b: b}
}

func (k *talk) ask(q Question) Decision {
	k.t.Helper()
	q.Memory, q.Waiting = k.memory, k.waiting
	d, err := k.b.Decide(context.Background(), q)
	if err != nil {
		k.t.Fatal(err)
	}
	if d.Action == Handoff && k.waiting {
		k.t.Errorf("%q: a second hand-off while waiting", q.Text)
	}
	k.memory, k.waiting, k.last = d.Memory, k.waiting || d.Action == Handoff, d
	return d
}

func (k *talk) say(text string) Decision      { k.t.Helper(); return k.ask(Question{Text: text}) }
func (k *talk) choose(choice string) Decision { k.t.Helper(); return k.ask(Question{Choice: choice}) }

// expect fails unless the last decision has the action and says the phrase.
func (k *talk) expect(action Action, phrase string) {
	k.t.Helper()
	want := k.b.Say(phrase, k.last.Language)
	if k.last.Action != action || phrase != "" && (want == "" || !strings.Contains(k.last.Text, want)) {
		k.t.Errorf("decided %s %s, signals %v: %q, want %s with %s", k.last.Action, k.last.Reason, k.last.Signals, k.last.Text, action, phrase)
	}
}

func TestTheReceiptNumberIsAskedForOnceAndCheckedAndThePersonComesInAnyCase(t *testing.T) {
	k := newTalk(t)
	k.say("my N-400 was denied and nobody tells me why")
	k.expect(Handoff, "receipt_ask")
	k.say("where do I find it?")
	k.expect(SmallTalk, "receipt_where")
	k.say("IOE09123456")
	k.expect(SmallTalk, "receipt_few")
	k.say("IOE091234567899")
	k.expect(SmallTalk, "receipt_many")
	k.say("ioe 0912345678")
	k.expect(SmallTalk, "receipt_kept")
	k.waiting = false // the visitor left the line and asks again
	k.say("why was my I-485 denied?")
	k.expect(Handoff, "case_specific")
	if strings.Contains(k.last.Text, k.b.Say("receipt_ask", "en")) {
		t.Error("asked for the receipt number twice")
	}

	k = newTalk(t)
	k.say("llevo 14 meses esperando mi permiso")
	k.expect(Handoff, "receipt_ask")
	k.say("no lo tengo")
	k.expect(SmallTalk, "receipt_none")

	k = newTalk(t)
	k.say("my case is EAC2190012345")
	k.expect(Handoff, "number_kept")
	k = newTalk(t)
	k.say("EAC219001234 is stuck")
	k.expect(Handoff, "receipt_few")
}

func TestTheVisitorIsToldOnceThatPersonalDetailsArePutAway(t *testing.T) {
	k := newTalk(t)
	k.say("How do I renew my green card? I am ana@mail.example")
	k.expect(Answer, "sealed_notice")
	if k.say("and my phone is (305) 555-0142, how do I renew my green card?"); strings.Contains(k.last.Text, k.b.Say("sealed_notice", "en")) {
		t.Error("told twice")
	}
}

func TestInsultsAreAnsweredCalmlyAndOnlyTheSecondBringsAPerson(t *testing.T) {
	k := newTalk(t)
	k.say("you are a stupid bot")
	k.expect(SmallTalk, "abusive")
	if !slices.ContainsFunc(k.last.Choices, func(c Choice) bool { return c.ID == choiceAgent }) {
		t.Error("no person is offered")
	}
	k.say("fuck you")
	k.expect(Handoff, "abusive_again")
}

func TestASecondMissInARowBringsAPerson(t *testing.T) {
	for _, misses := range [][2]string{{"blorp frobnicate", "zxcvb qwrtp"}, {"how do i unclog a sink", "how do i fix the tap in the kitchen"}} {
		k := newTalk(t)
		if k.say(misses[0]); k.last.Action == Handoff {
			k.expect(Handoff, "low_confidence")
			continue
		}
		k.say(misses[1])
		k.expect(Handoff, "repeated_miss")
	}
	k := newTalk(t)
	k.say("blorp frobnicate")
	k.expect(Clarify, "unknown_words")
	k.say("How do I change my address?")
	k.expect(Answer, "")
	k.say("blorp frobnicate")
	k.expect(Clarify, "unknown_words") // an answer between: no second miss in a row
}

func TestEmmaGoesOnAnsweringWhileTheVisitorWaits(t *testing.T) {
	k := newTalk(t)
	k.say("talk to a person please")
	k.expect(Handoff, "wants_person")
	k.say("How do I change my address?")
	k.expect(Answer, "waiting_answered")
	if k.last.Article != "address-change-how" || len(k.last.Choices) != 2 {
		t.Errorf("answered %s with the choices %v", k.last.Article, k.last.Choices)
	}
	k.choose(choiceStay)
	k.expect(SmallTalk, "stay")
	k.say("AGENT!!!")
	k.expect(SmallTalk, "already_waiting")
	k.say("how do i unclog a sink")
	k.expect(SmallTalk, "waiting_noted")
	if k.say("and a second one that she does not know: zorblax"); k.last.Text != "" && k.last.Action != Answer {
		t.Errorf("said %q, want silence", k.last.Text)
	}
}

func TestAShortFollowUpLeansOnTheTurnBefore(t *testing.T) {
	for _, c := range []struct{ first, then, article string }{
		{"How do I renew my green card?", "how much is it?", "fees-amount"},
		{"How do I apply for citizenship?", "and for my kids?", "nat-child-citizenship"},
		{"¿Cómo solicito la ciudadanía?", "¿y cuánto tarda?", "status-processing-times"},
		{"How do I renew my green card?", "What is premium processing?", "prem-what-is"},
		{"How do I renew my green card?", "How do I change my address?", "address-change-how"},
	} {
		k := newTalk(t)
		k.say(c.first)
		first := k.last.Article
		k.say(c.then)
		named := k.last.Article == c.article || slices.ContainsFunc(k.last.Choices, func(x Choice) bool { return x.ID == choiceArticle+c.article })
		if !named && k.last.Article != first {
			t.Errorf("%q, then %q: %s %q %v, want %s", c.first, c.then, k.last.Action, k.last.Article, k.last.Choices, c.article)
		}
	}
}

func TestTheLanguageFollowsTheVisitor(t *testing.T) {
	k := newTalk(t)
	for _, turn := range []struct{ text, language string }{
		{"How do I change my address?", "en"},
		{"ok", "en"},
		{"¿Cómo renuevo mi permiso de trabajo?", "es"},
		{"ok", "es"},
		{"N-400", "es"},
		{"Thank you, and how much does it cost to apply for citizenship?", "en"},
		{"en español por favor", "es"},
	} {
		if d := k.say(turn.text); d.Language != turn.language {
			t.Errorf("%q is answered in %s, want %s", turn.text, d.Language, turn.language)
		}
	}
}

func TestTheMenuIsReachableByWordNumberAndChoice(t *testing.T) {
	k := newTalk(t)
	k.say("menu")
	k.expect(Clarify, "menu")
	topics := k.b.base.Topics("en")
	if len(k.last.Choices) < 3 || k.last.Choices[0].ID != choiceTopic+topics[0].ID || k.last.Choices[1].ID != choiceTopic+topics[1].ID {
		t.Fatalf("the menu shows %v, the editors' order is %v", k.last.Choices, topics[:3])
	}
	k.say("2")
	k.expect(Clarify, "menu_topic")
	question := k.last.Choices[0]
	k.say("the first one")
	if k.last.Action != Answer || choiceArticle+k.last.Article != question.ID {
		t.Errorf("the first question of the topic gave %s %s, want %s", k.last.Action, k.last.Article, question.ID)
	}
	k.choose(choiceMenu)
	k.expect(Clarify, "menu")
	k.say("77")
	k.expect(Clarify, "menu_number")
	seen := map[string]bool{}
	for range 10 { // the pages of the menu end
		more := ""
		for _, c := range k.last.Choices {
			seen[c.ID] = true
			if strings.HasPrefix(c.ID, choiceMenu+":") {
				more = c.ID
			}
		}
		if more == "" {
			break
		}
		k.choose(more)
	}
	for _, topic := range topics {
		if !seen[choiceTopic+topic.ID] {
			t.Errorf("the menu never shows %s", topic.ID)
		}
	}
}

func TestNoConversationIsALoop(t *testing.T) {
	k := newTalk(t)
	asked := 0
	for range 6 {
		if k.say("wert zuio pljk"); k.last.Action == Clarify {
			asked++
		}
	}
	if asked > 1 || !k.waiting {
		t.Errorf("asked back %d times, waiting %v", asked, k.waiting)
	}
}

// TestADecisionCanBeMadeAgain replays stored questions: the same text, memory and base
// give the same decision, from the raw text and from the sealed one of the log.
func TestADecisionCanBeMadeAgain(t *testing.T) {
	b, _ := starterBot(t)
	for _, text := range []string{"How do I change my address?", "my case IOE0912345678 is stuck", "call me at (305) 555-0142 about the fee", "renew", "LIVE AGENT", "SSN 123-45-6789 where do I send it"} {
		memory := Memory{Language: "en", Asked: "How do I renew my green card?", Seen: map[string]int{"abusive": 1}}
		first, err := b.Decide(context.Background(), Question{Text: text, Memory: memory})
		if err != nil {
			t.Fatal(err)
		}
		masked, _ := Mask(text)
		sealed, _ := b.Seal(masked)
		again, err := b.Decide(context.Background(), Question{Text: sealed, Memory: memory})
		if err != nil {
			t.Fatal(err)
		}
		if first.Action != again.Action || first.Reason != again.Reason || first.Article != again.Article || first.Confidence != again.Confidence ||
			first.Text != again.Text || first.Change != again.Change || !slices.Equal(first.Signals, again.Signals) || !slices.Equal(first.Candidates, again.Candidates) {
			t.Errorf("%q was decided as\n%+v and again as\n%+v", text, first, again)
		}
		if len(memory.Seen) != 1 || memory.Seen["abusive"] != 1 {
			t.Errorf("deciding changed the memory that it was given: %v", memory.Seen)
		}
	}
}
