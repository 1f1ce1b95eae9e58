package main

import (
	"sync"
	"testing"
	"time"
)

// goneGrace is the grace time of these tests; the default is 20 seconds.
const goneGrace = 2 * time.Second

// gone is an agent who has the first of two visitors.
type gone struct {
	p             *program
	agent         *client
	first, second *client
	conversation  string
	lastSign      time.Time // of the agent
}

func newGone(t *testing.T, p, visitors *program, password string) *gone {
	t.Helper()
	g := &gone{p: p, agent: p.staff(t, p.signIn(t, "agent", password))}
	var welcome frame
	g.first, welcome = visitors.visitor(t, "", 0)
	g.conversation = welcome.Conversation
	for _, v := range []**client{&g.first, &g.second} {
		if *v == nil {
			*v, _ = visitors.visitor(t, "", 0)
		}
		(*v).send(map[string]any{"type": "agent", "id": newID()})
		(*v).until(isState("waiting"))
	}
	g.lastSign = time.Now()
	g.agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": g.conversation})
	g.first.until(isState("agent"))
	return g
}

// back waits until the visitor hears that the agent is gone, and checks that it was in
// time and that the place is the old one.
func (g *gone) back(t *testing.T) {
	t.Helper()
	lost := g.first.until(isState("waiting"))
	told := time.Now()
	if lost.Reason != "agent_lost" {
		t.Errorf("the visitor is back in line because of %q", lost.Reason)
	}
	if wait := time.UnixMilli(lost.At).Sub(g.lastSign); wait > goneGrace+3*time.Second {
		t.Errorf("the chat went back to the line %v after the agent's last sign of life", wait)
	}
	// A busy machine is slow for everyone: what a ping takes now is not the desk's.
	g.second.send(map[string]any{"type": "ping"})
	pinged := time.Now()
	g.second.until(func(f frame) bool { return f.Type == "pong" })
	if late := told.Sub(time.UnixMilli(lost.At)); late > time.Second+time.Since(pinged) {
		t.Errorf("the visitor was told %v later", late)
	}
	var said, place frame
	g.first.until(func(f frame) bool {
		switch {
		case f.Type == "queue":
			place = f
		case f.Type == "message" && f.Author == "system":
			said = f
		}
		return said.Seq > lost.Seq && place.Position > 0
	})
	if place.Position != 1 {
		t.Errorf("the place is %d, want 1: it is before who came later", place.Position)
	}
	t.Logf("back in line %v after the last sign of life (grace %v), told %v after that",
		time.UnixMilli(lost.At).Sub(g.lastSign).Round(time.Millisecond), goneGrace, told.Sub(time.UnixMilli(lost.At)).Round(time.Millisecond))
}

// late lets the agent answer although the chat is back in the line.
func (g *gone) late(t *testing.T, agent *client) {
	t.Helper()
	id := newID()
	agent.send(map[string]any{"type": "say", "id": id, "conversation": g.conversation, "text": "Are you still there?"})
	refused := agent.until(func(f frame) bool { return f.ID == id })
	if refused.Type != "error" || refused.Code != "lost" || refused.Text == "" {
		t.Errorf("the late message got %+v", refused)
	}
	for _, f := range g.first.heard {
		if f.Text == "Are you still there?" {
			t.Error("the visitor heard the late message")
		}
	}
}

func TestAChatOfAFrozenAgentGoesBackToItsPlace(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), append(flags, "--agent-grace", goneGrace.String())...)
		g := newGone(t, p, p, p.password(t, "agent"))
		// A client that does not read answers no pings; its socket stays open.
		g.back(t)
		g.late(t, g.agent)
	})
}

func TestAChatOfAKilledAgentGoesBackToItsPlace(t *testing.T) {
	p := start(t, t.TempDir(), "--agent-grace", goneGrace.String())
	g := newGone(t, p, p, p.password(t, "agent"))
	_ = g.agent.ws.CloseNow()
	g.back(t)
	g.late(t, p.staff(t, p.signIn(t, "agent", p.password(t, "agent"))))
}

func TestAnAgentWhoAnswersPingsKeepsTheChat(t *testing.T) {
	p := start(t, t.TempDir(), "--agent-grace", goneGrace.String())
	g := newGone(t, p, p, p.password(t, "agent"))
	// Reading answers the pings; nothing is sent.
	for end := time.Now().Add(2 * goneGrace); time.Now().Before(end); {
		if _, err := g.agent.read(time.Until(end)); err != nil {
			break
		}
	}
	again, _ := p.visitor(t, "", 0)
	again.send(map[string]any{"type": "ping"})
	g.first.send(map[string]any{"type": "say", "id": newID(), "text": "hello?"})
	g.first.until(func(f frame) bool { return f.Type == "ack" })
	for _, f := range g.first.heard {
		if f.Reason == "agent_lost" {
			t.Error("the agent lost the chat")
		}
	}
}

func TestAChatOfANodeThatStoppedGoesBackOnAnother(t *testing.T) {
	database := postgres().Database(t)
	one := start(t, t.TempDir(), "--database", database, "--agent-grace", goneGrace.String())
	two := start(t, t.TempDir(), "--database", database, "--agent-grace", goneGrace.String())
	g := newGone(t, one, two, one.password(t, "agent"))
	password := one.password(t, "agent")
	var stopping sync.WaitGroup // the visitor is listened to meanwhile
	stopping.Go(func() { one.stop() })
	g.back(t)
	stopping.Wait()
	g.late(t, two.staff(t, two.signIn(t, "agent", password)))
}
