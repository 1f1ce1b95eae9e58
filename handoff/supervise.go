package handoff

import (
	"context"
	"fmt"
	"strconv"
)

// supervised wraps what only supervisors may do.
func supervised(by Staff, doing string) error {
	if !by.Supervises() {
		return fmt.Errorf("%s: %w", doing, ErrForbidden)
	}
	return nil
}

// Whisper appends a supervisor's word to the agent who has the conversation. Visitors
// never get it.
func (d *Desk) Whisper(ctx context.Context, by Staff, conversation, id, text string) (Receipt, error) {
	if err := supervised(by, "whispering"); err != nil {
		return Receipt{}, err
	}
	if err := checkText(text); err != nil {
		return Receipt{}, err
	}
	now := d.now()
	return d.change(ctx, "whispering", conversation, key(by.ID, id, "whisper", text), func(c *Conversation) ([]Event, error) {
		if c.State != StateAgent {
			return nil, fmt.Errorf("%w: no agent has this conversation", ErrState)
		}
		return []Event{c.log(Event{Kind: KindWhisper, Author: AuthorAgent, Sender: by.ID, Body: Body{Text: text, Name: by.Name}}, now)}, nil
	})
}

// TakeOver makes the supervisor the owner of a conversation that waits or that an
// agent has. That agent's later messages are refused.
func (d *Desk) TakeOver(ctx context.Context, by Staff, conversation, id string) (Receipt, error) {
	if err := supervised(by, "taking over"); err != nil {
		return Receipt{}, err
	}
	return d.hand(ctx, by, by, conversation, key(by.ID, id, "takeover"), "taken_over")
}

// Reassign gives a conversation that waits or that an agent has to another agent, who
// must be here, take conversations and have room; else a *Refusal says what is wrong.
func (d *Desk) Reassign(ctx context.Context, by Staff, conversation, id, agent string) (Receipt, error) {
	if err := supervised(by, "reassigning"); err != nil {
		return Receipt{}, err
	}
	target, err := d.available(ctx, agent, d.now())
	if err != nil {
		return Receipt{}, err
	}
	return d.hand(ctx, target.Staff, by, conversation, key(by.ID, id, "assign", agent), "assigned")
}

// hand gives a conversation to an agent on behalf of a supervisor.
func (d *Desk) hand(ctx context.Context, to, by Staff, conversation string, k Key, reason string) (Receipt, error) {
	now := d.now()
	return d.assign(ctx, "reassigning", conversation, k, to.ID, now, func(c *Conversation, load int) ([]Event, error) {
		if err := c.handable(to, load, d.Team(c.Team)); err != nil {
			return nil, err
		}
		return []Event{c.give(to, by, reason, now)}, nil
	})
}

// handable returns an error unless the conversation can be given to an agent.
func (c *Conversation) handable(to Staff, load int, t Team) error {
	switch {
	case c.State != StateWaiting && c.State != StateAgent:
		return fmt.Errorf("%w: nobody is waiting in this conversation", ErrState)
	case c.Agent == to.ID:
		return fmt.Errorf("%w: %s has this conversation already", ErrState, to.Name)
	}
	if err := to.Takes(t, c.Tier); err != nil {
		return err
	}
	return room(to, load)
}

// SetPriority moves a waiting conversation ahead or back: see LineAt.
func (d *Desk) SetPriority(ctx context.Context, by Staff, conversation, id string, priority int) (Receipt, error) {
	if err := supervised(by, "setting a priority"); err != nil {
		return Receipt{}, err
	}
	if priority < Later || priority > Urgent {
		return Receipt{}, refuse("priority", "A priority is a number from %d to %d.", Later, Urgent)
	}
	now := d.now()
	return d.change(ctx, "setting a priority", conversation, key(by.ID, id, "priority", strconv.Itoa(priority)), func(c *Conversation) ([]Event, error) {
		if c.State != StateWaiting {
			return nil, fmt.Errorf("%w: the visitor is not in the line", ErrState)
		}
		c.Priority = priority
		e := c.note(by, "Priority "+strconv.Itoa(priority), now)
		e.Priority = &priority
		return []Event{e}, nil
	})
}
