package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestAVisitorWhoIsAwayIsWarnedAndComesBack lets a visitor fall silent in the middle of
// a chat: warned, extended with the button, warned again, closed, opened again by writing,
// and at last too late.
func TestAVisitorWhoIsAwayIsWarnedAndComesBack(t *testing.T) {
	p := start(t, t.TempDir())
	admin := p.signIn(t, "admin", p.password(t, "admin"))
	_, content := p.call(t, admin, "GET", "/api/teams/general", nil)
	var team map[string]any
	if err := json.Unmarshal([]byte(content), &team); err != nil {
		t.Fatal(err)
	}
	team["warn_gone"], team["close_gone"], team["reopen_for"] = "2s", "2s", "2s"
	if status, body := p.call(t, admin, "PUT", "/api/teams/general", team); status != 200 {
		t.Fatalf("saving the team answers %d %s", status, body)
	}
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
	agent.staysAlive()
	visitor, welcome := p.visitor(t, "", 0)
	chat := welcome.Conversation
	send := func(kind, field, value string) (id string) {
		id = newID()
		visitor.send(map[string]any{"type": kind, "id": id, field: value})
		return id
	}
	answer := func(id string) frame { return visitor.until(func(f frame) bool { return f.ID == id }) }
	take := func() {
		agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": chat})
		visitor.until(isState("agent"))
	}
	speak := func() time.Time {
		agent.send(map[string]any{"type": "say", "id": newID(), "conversation": chat, "text": "Which form is it?"})
		visitor.until(isMessage("agent"))
		return time.Now()
	}
	offered := func(choice string) frame {
		return visitor.until(func(f frame) bool {
			return f.Author == "system" && len(f.Choices) == 1 && f.Choices[0].ID == choice
		})
	}
	visitor.send(map[string]any{"type": "agent", "id": newID()})
	visitor.until(isState("waiting"))
	take()
	asked := speak()
	warning := offered("here")
	if after := time.Since(asked); after < 1900*time.Millisecond || !strings.Contains(warning.Text, "still there") {
		t.Errorf("warned %v after the agent's words: %q", after, warning.Text)
	}
	if f := answer(send("choose", "choice", "here")); f.Type != "ack" {
		t.Errorf("the button that extends got %+v", f)
	}
	agent.until(func(f frame) bool { return f.Author == "visitor" && f.Text == warning.Choices[0].Label })
	extended := time.Now()
	for time.Since(extended) < 3*time.Second { // longer than the warning ran
		visitor.send(map[string]any{"type": "ping"})
		if f := visitor.until(func(f frame) bool { return f.Type == "pong" || f.State == "closed" }); f.Type != "pong" {
			t.Fatal("the chat was closed although the visitor extended it")
		}
		time.Sleep(100 * time.Millisecond)
	}
	speak()
	offered("here")
	offered("reopen")
	if f := visitor.until(isState("closed")); f.Reason != "abandoned" {
		t.Errorf("closed because of %q", f.Reason)
	}
	before := len(visitor.heard)
	if f := answer(send("say", "text", "I am back, it is the N-400")); f.Type != "ack" {
		t.Errorf("what the visitor wrote after the closing got %+v", f)
	}
	reopened := func() frame { // before or after the receipt
		if i := slices.IndexFunc(visitor.heard[before:], isState("waiting")); i >= 0 {
			return visitor.heard[before+i]
		}
		return visitor.until(isState("waiting"))
	}()
	if reopened.Reason != "reopened" || reopened.Team != "general" {
		t.Errorf("opened again as %+v", reopened)
	}
	take()
	speak()
	offered("reopen")
	visitor.until(isState("closed"))
	time.Sleep(2100 * time.Millisecond)
	if f := answer(send("choose", "choice", "reopen")); f.Type != "error" || f.Code != "too_late" {
		t.Errorf("too late the button got %+v", f)
	}
	if f := answer(send("say", "text", "hello?")); f.Type != "error" || f.Code != "too_late" {
		t.Errorf("too late a message got %+v", f)
	}
}
