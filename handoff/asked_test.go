package handoff

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"emma/bot"
	"emma/knowledge"
)

// talk is a log in short: "v" visitor, "e" Emma with a decision, "a" agent, "s" state,
// "f" feedback on an event, "c" a quick reply.
type talk struct{ events []Event }

func (t *talk) add(e Event) {
	e.Conversation, e.Seq = "c", int64(len(t.events)+1)
	e.At = time.Unix(e.Seq, 0)
	t.events = append(t.events, e)
}

func (t *talk) v(text string) {
	t.add(Event{Kind: KindMessage, Author: AuthorVisitor, Body: Body{Text: text}})
}
func (t *talk) a(text string) {
	t.add(Event{Kind: KindMessage, Author: AuthorAgent, Body: Body{Text: text}})
}
func (t *talk) s(state State) { t.add(Event{Kind: KindState, Body: Body{State: state}}) }
func (t *talk) c(choice string) {
	t.add(Event{Kind: KindMessage, Author: AuthorVisitor, Body: Body{Text: "label", Choices: []bot.Choice{{ID: choice}}}})
}
func (t *talk) e(action bot.Action, reason bot.Reason, article string, confidence float64) {
	d := bot.Decision{Action: action, Reason: reason, Article: article, Confidence: confidence, Language: "en"}
	t.add(Event{Kind: KindMessage, Author: AuthorEmma, Body: Body{Text: "…", Decision: &d}})
}
func (t *talk) f(helpful bool) {
	t.add(Event{Kind: KindFeedback, Body: Body{Target: int64(len(t.events)), Helpful: helpful}})
}

func short(asked []knowledge.Asked) []string {
	var out []string
	for _, a := range asked {
		out = append(out, fmt.Sprintf("%s|%s|%s|%s", a.Outcome, a.Text, a.Article, a.Reply))
	}
	return out
}

func TestTheLogTellsWhatWasAsked(t *testing.T) {
	for name, test := range map[string]struct {
		talk func(t *talk)
		want []string
	}{
		"an answer": {func(t *talk) { t.v("how much"); t.e(bot.Answer, "", "fees", .9) }, []string{"answered|how much|fees|"}},
		"an answer that did not help": {func(t *talk) {
			t.v("how much")
			t.e(bot.Answer, "", "fees", .9)
			t.f(false)
		}, []string{"unhelpful|how much|fees|"}},
		"a miss that an agent answers": {func(t *talk) {
			t.v("can I bring my dog IOE0912345678")
			t.e(bot.Handoff, bot.LowConfidence, "", .2)
			t.s(StateWaiting)
			t.s(StateAgent)
			t.a("Hello, I am Dana.")
			t.v("hello")
			t.a("Only service dogs may come into the building. My number is A123456789.")
			t.a("Bye.")
			t.s(StateClosed)
		}, []string{"unanswered|can I bring my dog [receipt number]||Only service dogs may come into the building. My number is [A-number]."}},
		"choices, and one is taken": {func(t *talk) {
			t.v("card")
			t.e(bot.Clarify, "", "", .5)
			t.c("article:gc-renew")
			t.e(bot.Answer, "", "gc-renew", 0)
		}, []string{"unsure|card|gc-renew|"}},
		"asked of an agent": {func(t *talk) {
			t.v("a person please")
			t.e(bot.Handoff, bot.WantsPerson, "", 0)
			t.s(StateWaiting)
			t.s(StateAgent)
			t.v("may I bring my dog")
			t.v("my receipt is IOE0912345678 you see")
			t.v("ok thanks")
			t.a("Only service dogs.")
			t.v("and what about my cat then")
			t.a("No cats.")
		}, []string{"agent|may I bring my dog||Only service dogs.", "agent|and what about my cat then||No cats."}},
		"about the own case": {func(t *talk) {
			t.v("why was my case denied")
			t.e(bot.Handoff, bot.CaseSpecific, "", 0)
			t.v("hi")
			t.e(bot.SmallTalk, "", "", 0)
			t.v("I want to die")
			t.e(bot.Answer, bot.Safety, "safety-self-harm", 0)
		}, nil},
		"nobody answered": {func(t *talk) { t.v("hello out there my friends") }, nil},
		"back to Emma": {func(t *talk) {
			t.v("dogs")
			t.e(bot.Clarify, bot.UnknownWords, "", .1)
			t.v("dogs in the building")
			t.e(bot.Handoff, bot.RepeatedMiss, "", .1)
			t.s(StateAgent)
			t.a("Service dogs only.")
			t.s(StateBot)
			t.v("zeppelins")
			t.e(bot.Handoff, bot.LowConfidence, "", .1)
			t.s(StateAgent)
			t.a("You may not park a zeppelin here, sorry.")
		}, []string{"unanswered|dogs||Service dogs only.", "unanswered|dogs in the building||Service dogs only.",
			"unanswered|zeppelins||You may not park a zeppelin here, sorry."}},
	} {
		var log talk
		test.talk(&log)
		got := Asked(log.events)
		if diff := cmp.Diff(test.want, short(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for _, a := range got {
			if len(a.ID) != 24 || a.Visitor == "" || a.Language != "en" || a.At.IsZero() {
				t.Errorf("%s: %+v", name, a)
			}
		}
	}
}
