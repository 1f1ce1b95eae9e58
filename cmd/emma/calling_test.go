package main

import (
	"strings"
	"testing"
)

// TestAVisitorAsksToBeCalledInsteadOfWaiting goes through the dialogue with quick replies
// and typed words, as any page shows it, to the list of the staff.
func TestAVisitorAsksToBeCalledInsteadOfWaiting(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), flags...)
		visitor, welcome := p.visitor(t, "", 0)
		choose := func(choice string) {
			visitor.send(map[string]any{"type": "choose", "id": newID(), "choice": choice})
		}
		visitor.send(map[string]any{"type": "agent", "id": newID()})
		ways := visitor.until(func(f frame) bool { return f.Author == "system" && len(f.Choices) > 0 })
		if len(ways.Choices) != 2 || ways.Choices[0].Label != "Call me back" || ways.Choices[1].ID != "emma" {
			t.Fatalf("who waits is offered %+v", ways.Choices)
		}
		choose(ways.Choices[0].ID)
		if f := visitor.until(isMessage("emma")); !strings.Contains(f.Text, "Which telephone number") {
			t.Fatalf("Emma says %q", f.Text)
		}
		visitor.ask("it is 555 12")
		if f := visitor.until(isMessage("emma")); !strings.Contains(f.Text, "could not read") {
			t.Errorf("to half a number Emma says %q", f.Text)
		}
		visitor.ask("sorry: (773) 555-0199")
		times := visitor.until(isMessage("emma"))
		if len(times.Choices) < 3 || !strings.Contains(times.Text, "agree") {
			t.Fatalf("Emma offers %+v with %q", times.Choices, times.Text)
		}
		visitor.ask("2")
		set := visitor.until(func(f frame) bool { return f.Case != nil })
		if set.Case.Kind != "call_back" || !strings.Contains(set.Text, times.Choices[1].Label) {
			t.Errorf("the visitor is told %q about %+v, chose %q", set.Text, set.Case, times.Choices[1].Label)
		}
		if f := visitor.until(isState("bot")); f.Reason != "call_back" {
			t.Errorf("the line was left because of %q", f.Reason)
		}
		visitor.ask("thank you")
		if f := visitor.until(isMessage("emma")); !strings.Contains(f.Text, "welcome") {
			t.Errorf("then Emma says %q", f.Text)
		}
		agent := p.signIn(t, "agent", p.password(t, "agent"))
		_, list := p.call(t, agent, "GET", "/api/cases?kind=call_back", nil)
		if strings.Count(list, `"reference"`) != 1 || !strings.Contains(list, "(773) 555-0199") || !strings.Contains(list, welcome.Conversation) {
			t.Errorf("the staff see %s", list)
		}
		for _, f := range visitor.heard {
			if strings.Contains(f.Text, "0199") {
				t.Errorf("the number stands in the log: %q", f.Text)
			}
		}

		// Who goes on with Emma has left the line.
		visitor.send(map[string]any{"type": "agent", "id": newID()})
		visitor.until(func(f frame) bool { return f.Author == "system" && len(f.Choices) > 0 })
		choose("emma")
		if f := visitor.until(isState("bot")); f.Reason != "cancelled" {
			t.Errorf("going on with Emma gave %+v", f)
		}
		if f := visitor.until(isMessage("emma")); !strings.Contains(f.Text, "left the line") {
			t.Errorf("Emma says %q", f.Text)
		}
		choose("emma") // again, from an older page
		if f := visitor.until(isMessage("emma")); strings.Contains(f.Text, "left the line") {
			t.Errorf("out of the line Emma says %q", f.Text)
		}
	})
}
