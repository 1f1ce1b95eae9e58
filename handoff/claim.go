package handoff

import (
	"fmt"
	"slices"
	"time"
)

// Offer asks one agent to take a waiting conversation, until a moment. Nobody else
// gets it before then, and it takes up room of the agent's capacity. Without an agent,
// Until is when the last offer ended.
type Offer struct {
	Agent string    `json:"agent,omitempty"` // staff id; empty for no offer
	Name  string    `json:"name,omitempty"`
	Until time.Time `json:"until,omitzero"`
}

// live reports whether the offer stands at now.
func (o Offer) live(now time.Time) bool { return o.Agent != "" && now.Before(o.Until) }

// room refuses when an agent with so many conversations cannot have another.
func room(agent Staff, load int) error {
	if load < agent.Room() {
		return nil
	}
	return refuse("full", "%s has as many chats as they may (%d). One of them must end first.", agent.Name, agent.Room())
}

// claim gives a waiting conversation to an agent who has load others. Exactly one of
// several claims succeeds; the others get a *TakenError.
func (c *Conversation) claim(agent Staff, load int, t Team, now time.Time) (Event, error) {
	switch {
	case c.State == StateAgent:
		return Event{}, &TakenError{Winner: c.AgentName}
	case c.State != StateWaiting:
		return Event{}, fmt.Errorf("%w: nobody is waiting in this conversation", ErrState)
	}
	if err := agent.Takes(t, c.Tier); err != nil {
		return Event{}, err
	}
	if c.Offer.live(now) && c.Offer.Agent != agent.ID && !agent.Supervises() {
		return Event{}, &TakenError{Winner: c.Offer.Name}
	}
	if err := room(agent, load); err != nil {
		return Event{}, err
	}
	return c.give(agent, agent, "", now), nil
}

// give makes an agent the owner, on behalf of by.
func (c *Conversation) give(agent, by Staff, reason string, now time.Time) Event {
	if c.Agent != "" {
		c.LastAgent = c.Agent
	}
	if c.LastAgent == agent.ID {
		c.WrapUntil = time.Time{}
	}
	last := c.LastAgent
	c.Agent, c.AgentName = agent.ID, agent.Name
	e := c.become(StateAgent, by.ID, reason, now)
	c.LastAgent = last
	return e
}

// offer asks an agent, who has load conversations, to take this one.
func (c *Conversation) offer(agent Staff, load int, t Team, now time.Time) error {
	if c.State != StateWaiting || c.Offer.live(now) || !c.mayAsk(agent, now) {
		return ErrStale
	}
	if err := agent.Takes(t, c.Tier); err != nil {
		return err
	}
	if err := room(agent, load); err != nil {
		return err
	}
	if slices.Contains(c.Passed, agent.ID) {
		c.Passed = nil // everyone had passed: a new round
	}
	c.Offer = Offer{Agent: agent.ID, Name: agent.Name, Until: now.Add(time.Duration(t.OfferFor))}
	return nil
}

// askAgain is the pause before a conversation is offered again to those who passed it.
const askAgain = 30 * time.Second

// mayAsk reports whether the agent can be asked: not at once after they passed.
func (c *Conversation) mayAsk(agent Staff, now time.Time) bool {
	return !slices.Contains(c.Passed, agent.ID) || !now.Before(c.Offer.Until.Add(askAgain))
}

// pass ends an offer that was declined or not accepted in time, and remembers who
// did not take it.
func (c *Conversation) pass(now time.Time) {
	if !slices.Contains(c.Passed, c.Offer.Agent) {
		c.Passed = append(slices.Clone(c.Passed), c.Offer.Agent)
	}
	if c.Preferred == c.Offer.Agent {
		c.Preferred = ""
	}
	c.Offer = Offer{Until: now}
}

// lose takes the conversation from an agent whose connection is gone. It stands in
// the line where it stood.
func (c *Conversation) lose(now time.Time) Event {
	c.Unread = max(c.Unread, 1)
	return c.become(StateWaiting, systemSender, "agent_lost", now)
}

// finish ends the time with the desk; whoever had it has after-chat work as the team
// says.
func (c *Conversation) finish(s State, sender, reason string, t Team, now time.Time) Event {
	if c.State == StateAgent && t.AfterChat > 0 {
		c.WrapUntil = now.Add(time.Duration(t.AfterChat))
	}
	return c.become(s, sender, reason, now)
}
