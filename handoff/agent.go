package handoff

import (
	"context"
	"fmt"
	"strings"
	"time"

	"emma/bot"
)

// Claim takes a waiting conversation, or accepts one that is offered. Of several
// agents exactly one gets it; the others get a *TakenError that names the winner. A
// *Refusal says which rule forbids it: capacity, team, tier or skill.
func (d *Desk) Claim(ctx context.Context, agent Staff, conversation, id string) (Receipt, error) {
	now := d.now()
	return d.assign(ctx, "claiming", conversation, key(agent.ID, id, "claim"), agent.ID, now, func(c *Conversation, load int) ([]Event, error) {
		e, err := c.claim(agent, load, d.Team(c.Team), now)
		if err != nil {
			return nil, err
		}
		return []Event{e}, nil
	})
}

// Decline ends an offer to the agent; the next one is asked.
func (d *Desk) Decline(ctx context.Context, agent Staff, conversation string) error {
	now := d.now()
	_, err := d.change(ctx, "declining", conversation, Key{}, func(c *Conversation) ([]Event, error) {
		if c.State != StateWaiting || c.Offer.Agent != agent.ID {
			return nil, refuse("offer", "This chat is no longer offered to you.")
		}
		c.pass(now)
		return nil, nil
	})
	return err
}

// Done ends the after-chat work with a closed conversation early.
func (d *Desk) Done(ctx context.Context, agent Staff, conversation string) error {
	now := d.now()
	_, err := d.change(ctx, "ending after-chat work", conversation, Key{}, func(c *Conversation) ([]Event, error) {
		if c.LastAgent == agent.ID && c.WrapUntil.After(now) {
			c.WrapUntil = now
		}
		return nil, nil
	})
	return err
}

// Reply appends an agent's message to the visitor. What must never be stored is masked
// in the words of staff too.
func (d *Desk) Reply(ctx context.Context, agent Staff, conversation, id, text string) (Receipt, error) {
	if err := checkText(text); err != nil {
		return Receipt{}, err
	}
	text, _ = bot.Mask(text)
	now := d.now()
	return d.change(ctx, "replying", conversation, key(agent.ID, id, "say", text), func(c *Conversation) ([]Event, error) {
		if err := c.heldBy(agent); err != nil {
			return nil, err
		}
		c.Unread, c.AskedAt, c.Replied = 0, now, true
		if c.WarnedSilent { // there is something new to answer
			c.WarnedAt = time.Time{}
		}
		return []Event{c.message(AuthorAgent, agent.ID, Body{Text: text, Name: agent.Name}, now)}, nil
	})
}

// Note appends a note that only staff see, in any state.
func (d *Desk) Note(ctx context.Context, agent Staff, conversation, id, text string) (Receipt, error) {
	if err := checkText(text); err != nil {
		return Receipt{}, err
	}
	text, _ = bot.Mask(text)
	now := d.now()
	return d.change(ctx, "noting", conversation, key(agent.ID, id, "note", text), func(c *Conversation) ([]Event, error) {
		return []Event{c.note(agent, text, now)}, nil
	})
}

// Return gives a conversation that the agent has, or that waits, back to Emma.
func (d *Desk) Return(ctx context.Context, agent Staff, conversation, id string) (Receipt, error) {
	now := d.now()
	return d.change(ctx, "returning", conversation, key(agent.ID, id, "return"), func(c *Conversation) ([]Event, error) {
		if c.State != StateWaiting {
			if err := c.heldBy(agent); err != nil {
				return nil, err
			}
		}
		return []Event{
			c.finish(StateBot, agent.ID, "returned", d.Team(c.Team), now),
			c.message(AuthorEmma, emmaSender, Body{Text: d.emma.Say("returned_to_emma", c.Language())}, now),
		}, nil
	})
}

// Close ends a conversation that the agent has, with what it was about. A *Refusal
// says that the team requires a disposition or a tag. The agent's after-chat work begins.
func (d *Desk) Close(ctx context.Context, agent Staff, conversation, id, disposition string, tags []string) (Receipt, error) {
	now := d.now()
	k := key(agent.ID, id, "close", disposition, strings.Join(tags, "\x01"))
	return d.change(ctx, "closing", conversation, k, func(c *Conversation) ([]Event, error) {
		if err := c.heldBy(agent); err != nil {
			return nil, err
		}
		t := d.Team(c.Team)
		if err := t.closes(disposition, tags); err != nil {
			return nil, err
		}
		e := c.finish(StateClosed, agent.ID, "", t, now)
		e.Disposition, e.Tags = disposition, tags
		return []Event{e}, nil
	})
}

// SeenByStaff notes that the agent has read everything up to seq.
func (d *Desk) SeenByStaff(ctx context.Context, agent Staff, conversation string, seq int64) error {
	_, err := d.change(ctx, "marking as read", conversation, Key{}, func(c *Conversation) ([]Event, error) {
		if err := c.heldBy(agent); err != nil {
			return nil, err
		}
		if seq >= c.VisitorSeq {
			c.Unread = 0
		}
		return nil, nil
	})
	return err
}

// View returns a conversation for a member of the staff, or ErrForbidden for those
// who do not use the desk.
func (d *Desk) View(ctx context.Context, staff Staff, conversation string) (Conversation, error) {
	if !staff.UsesDesk() {
		return Conversation{}, fmt.Errorf("opening a conversation: %w", ErrForbidden)
	}
	return d.store.Conversation(ctx, conversation)
}
