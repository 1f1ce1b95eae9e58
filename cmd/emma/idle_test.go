package main

import (
	"testing"
	"time"
)

// An agent whose client only keeps the connection is set away; visitors are told the
// truth, and one command brings the agent back.
func TestAnIdleAgentIsSetAwayAndComesBack(t *testing.T) {
	p := start(t, t.TempDir(), "--agent-idle", "2s")
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
	agent.staysAlive()
	me := func(status, absence string) func(frame) bool {
		return func(f frame) bool {
			return f.Type == "desk" && f.Me != nil && f.Me.Status == status && f.Me.Absence == absence
		}
	}
	agent.until(me("available", ""))
	var active time.Time
	for begun := time.Now(); time.Since(begun) < 4*time.Second; time.Sleep(200 * time.Millisecond) {
		agent.send(map[string]any{"type": "active"})
		active = time.Now()
	}
	away := me("away", "idle")
	agent.until(away)
	if after := time.Since(active); after < 1900*time.Millisecond {
		t.Errorf("set away %v after a person was there", after)
	}
	visitor, _ := p.visitor(t, "", 0)
	visitor.send(map[string]any{"type": "agent", "id": newID()})
	visitor.until(func(f frame) bool { return f.Type == "queue" && f.Staffed != nil && !*f.Staffed })
	agent.send(map[string]any{"type": "status", "status": "available"})
	agent.until(me("available", ""))
	visitor.until(func(f frame) bool { return f.Type == "queue" && f.Staffed != nil && *f.Staffed })
}
