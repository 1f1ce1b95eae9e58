package main

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// signInPage signs a person in on a page of the staff.
func signInPage(tb *tab, name, password string) {
	tb.b.t.Helper()
	tb.write("#signin-name", name)
	tb.write("#signin-password", password+"\r")
}

// misses lets a visitor ask until Emma brings a person, and returns the conversation.
func (p *program) misses(t testing.TB, texts ...string) (*client, string) {
	t.Helper()
	visitor, welcome := p.visitor(t, "", 0)
	for _, text := range texts {
		visitor.ask(text)
		if visitor.until(isMessage("emma")).Decision.Action == "handoff" {
			break
		}
	}
	visitor.until(isState("waiting"))
	return visitor, welcome.Conversation
}

// takes lets an agent take a conversation.
func (c *client) takes(conversation string) {
	c.t.Helper()
	c.send(map[string]any{"type": "claim", "id": newID(), "conversation": conversation})
	c.until(func(f frame) bool { return f.Type == "ack" })
}

// replies lets an agent say something in a conversation that is the agent's.
func (c *client) replies(conversation, text string) {
	c.t.Helper()
	id := newID()
	c.send(map[string]any{"type": "say", "id": id, "conversation": conversation, "text": text})
	c.until(func(f frame) bool { return f.ID == id })
}

// clicks counts what an editor presses.
type clicks struct {
	*tab
	count int
}

func (c *clicks) press(text string) {
	c.b.t.Helper()
	c.count++
	c.tab.press(text)
}

func TestAGapBecomesAnAnswerInOneMinute(t *testing.T) {
	p := start(t, t.TempDir())
	const reply = "You may park a zeppelin on the roof, between 9 and 5. Tie it down well."
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
	visitor, conversation := p.misses(t, "where do I park my zeppelin", "zeppelin parking")
	agent.takes(conversation)
	agent.replies(conversation, "Hello!")
	visitor.ask("my receipt is IOE0912345678, I want to park my zeppelin")
	agent.replies(conversation, reply)
	visitor.until(func(f frame) bool { return f.Text == reply })
	p.misses(t, "can I park a zeppelin", "is there parking for my zeppelin")

	editor := &clicks{tab: openBrowser(t, p.origin).open(p.origin+"/editor", 1440, 900)}
	signInPage(editor.tab, "admin", p.password(t, "admin"))
	editor.press("Gaps")
	editor.wait("find.all('.gap').length")
	editor.shot("editor-gaps")
	editor.sees("visitors helped by one edit")
	if page := js[string](editor.tab, "find.text()"); strings.Contains(page, "0912345678") || strings.Contains(page, "IOE") {
		t.Errorf("an editor sees a receipt number: %s", page)
	}
	editor.axe("gaps")
	editor.press("New article from an agent")
	editor.sees("Save the draft")
	editor.sees("Emma would answer")
	editor.axe("gap dialog")
	editor.shot("editor-gap-dialog")
	editor.press("Save the draft")
	editor.sees("As visitors see it")
	if got := js[string](editor.tab, "find.all('textarea')[0].value"); got != reply {
		t.Errorf("the draft says %q", got)
	}
	publish(t, editor)

	deadline := time.Now().Add(time.Second)
	for {
		next, _ := p.visitor(t, "", 0)
		next.ask("where can I park my zeppelin?")
		said := next.until(isMessage("emma"))
		if strings.HasPrefix(said.Text, "You may park a zeppelin on the roof") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("a second after publishing Emma says %+v", said)
		}
	}
	if editor.count > 12 {
		t.Errorf("the editor pressed %d times, want at most 12", editor.count)
	}
	t.Log("from the gap to the answer: " + strconv.Itoa(editor.count) + " clicks")
	editor.press("Gaps")
	editor.sees("No gap is open")
}

// publish presses what it takes to publish the article on the page.
func publish(t testing.TB, editor *clicks) {
	t.Helper()
	editor.press("Check and publish")
	editor.sees("Tried on")
	editor.axe("publish gate")
	editor.shot("editor-gate")
	editor.press("Publish now")
	editor.sees("Emma answers with it now")
}
