package main

import (
	"context"
	"math/rand/v2"
	"time"
)

// hear takes a frame of the server into account. The caller holds the lock.
func (a *agent) hear(ctx context.Context, f frame) {
	switch {
	case f.event():
		a.event(ctx, f)
	case f.Type == "desk":
		a.line = f.Waiting
		a.reach(ctx)
	case f.Type == "ack":
		if c, l := a.under(f.ID); c != nil {
			a.acknowledged(ctx, c, l, f)
		} else {
			a.tally.fail("stray_ack")
		}
	case f.Type == "error":
		a.refused(ctx, f)
	}
}

// reach claims from the line while this agent has room, at random among the first, for others do the same.
func (a *agent) reach(ctx context.Context) {
	for len(a.line) > 0 && len(a.cases) < a.atOnce {
		i := rand.IntN(min(len(a.line), 32))
		talk := a.line[i].Conversation
		a.line = append(a.line[:i:i], a.line[i+1:]...)
		if a.cases[talk] != nil {
			continue
		}
		c := &deskCase{talk: talk}
		a.cases[talk] = c
		c.out.put(command{Type: "claim", Conversation: talk}, time.Now())
		a.flush(ctx, c)
	}
}

// under finds the command under way with this id.
func (a *agent) under(id string) (*deskCase, *letter) {
	for _, c := range a.cases {
		if l := c.out.head(id); l != nil {
			return c, l
		}
	}
	return nil, nil
}

func (a *agent) acknowledged(ctx context.Context, c *deskCase, l *letter, f frame) {
	a.tally.acked.Add(1)
	a.ledger.note(record{Kind: "ack", At: now(), Conversation: c.talk, Sender: a.name, ID: l.ID, Seq: f.Seq, Sum: l.sum("agent")})
	c.out.done()
	switch l.Type {
	case "claim":
		a.tally.claims.Add(1)
		a.tally.latencies.claim.add(time.Since(l.at))
		c.mine, c.from = true, f.Seq
	case "close":
		a.tally.closed.Add(1)
		a.drop(ctx, c)
		return
	}
	a.flush(ctx, c)
}

func (a *agent) refused(ctx context.Context, f frame) {
	c, l := a.under(f.ID)
	if f.Code != "taken" {
		a.tally.fail(f.Code)
	}
	switch {
	case c == nil:
	case passing(f.Code):
		s := a.socket
		time.AfterFunc(l.pause(), func() { a.retry(ctx, s, c, f.ID) })
	case l.Type == "claim":
		a.tally.beaten.Add(1)
		a.tally.latencies.claim.add(time.Since(l.at))
		delete(a.cases, c.talk)
		if f.Code != "full" { // with no room left the next desk frame is soon enough
			a.reach(ctx)
		}
	default:
		a.tally.refused.Add(1)
		c.out.done()
		a.flush(ctx, c)
	}
}

// retry sends the command with this id once more if it is still under way on the same socket.
func (a *agent) retry(ctx context.Context, s *socket, c *deskCase, id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.socket == s && c.out.head(id) != nil {
		c.out.again()
		a.flush(ctx, c)
	}
}

func (a *agent) event(ctx context.Context, f frame) {
	c := a.cases[f.Conversation]
	if c == nil {
		return
	}
	if c.stream == 0 {
		c.stream = a.ledger.note(record{Kind: "open", At: now(), Conversation: c.talk, Staff: true, Epoch: a.epoch, After: -1})
	}
	a.ledger.note(record{Kind: "event", At: now(), Stream: c.stream, Seq: f.Seq, Sum: f.sum()})
	c.after = max(c.after, f.Seq)
	switch {
	case f.Type == "state" && c.mine && f.Seq > c.from && f.State != "agent" && !c.closing():
		a.drop(ctx, c)
	case f.Type == "message" && f.Author == "visitor":
		a.tally.land(f.ClientID, f.at, &a.tally.latencies.agent)
		if c.mine && f.Seq > c.from && !c.closing() {
			c.from = f.Seq
			a.answer(ctx, c)
		}
	}
}

// answer replies to a message of the visitor; the last reply is followed by the end of the conversation.
func (a *agent) answer(ctx context.Context, c *deskCase) {
	at := time.Now()
	if l, ok := c.out.put(command{Type: "say", Conversation: c.talk, Text: replies()[c.answered%len(replies())]}, at); ok {
		a.tally.depart(l.ID, at)
		c.answered++
	}
	if c.answered >= a.exchanges {
		disposition, tags := "", []string{}
		c.out.put(command{Type: "close", Conversation: c.talk, Disposition: &disposition, Tags: &tags}, at)
	}
	a.flush(ctx, c)
}

// closing reports whether the end of the conversation is under way.
func (c *deskCase) closing() bool {
	for _, l := range c.out.queue {
		if l.Type == "close" {
			return true
		}
	}
	return false
}

// drop lets go of a conversation that is closed or went to somebody else, and takes the next.
func (a *agent) drop(ctx context.Context, c *deskCase) {
	delete(a.cases, c.talk)
	_ = a.socket.send(ctx, encode(command{Type: "leave", Conversation: c.talk}))
	a.reach(ctx)
}
