package handoff

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"emma/bot"
)

// Claim takes a waiting conversation. Of several agents exactly one gets it; the
// others get a *TakenError that names the winner.
func (d *Desk) Claim(ctx context.Context, agent Staff, conversation, id string) (Receipt, error) {
	now := d.now()
	return d.change(ctx, "claiming", conversation, key(agent.ID, id, "claim"), func(c *Conversation) ([]Event, error) {
		e, err := c.claim(agent, now)
		if err != nil {
			return nil, err
		}
		return []Event{e}, nil
	})
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
		c.Unread = 0
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

// Transfer says where a conversation goes. At least one field is set.
type Transfer struct {
	Team  string
	Tier  int    // 1 or 2; 0 leaves it
	Agent string // staff id
}

// Transfer puts a conversation back into the line, at its original place, with a
// note for whoever takes it. Only the agent who has it may do that.
func (d *Desk) Transfer(ctx context.Context, agent Staff, conversation, id string, to Transfer, note string) (Receipt, error) {
	if note != "" {
		if err := checkText(note); err != nil {
			return Receipt{}, err
		}
	}
	note, _ = bot.Mask(note)
	now := d.now()
	k := key(agent.ID, id, "transfer", to.Team, strconv.Itoa(to.Tier), to.Agent, note)
	return d.change(ctx, "transferring", conversation, k, func(c *Conversation) ([]Event, error) {
		if err := c.heldBy(agent); err != nil {
			return nil, err
		}
		if to.Team != "" {
			c.Team = to.Team
		}
		if to.Tier != 0 {
			c.Tier = to.Tier
		}
		c.Preferred = to.Agent
		events := []Event{c.become(StateWaiting, agent.ID, "transferred", now)}
		events[0].Name = agent.Name
		if note != "" {
			events = append(events, c.note(agent, note, now))
		}
		text := d.emma.Say("transferred", c.Language())
		return append(events, c.message(AuthorSystem, systemSender, Body{Text: text}, now)), nil
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
			c.become(StateBot, agent.ID, "returned", now),
			c.message(AuthorEmma, emmaSender, Body{Text: d.emma.Say("returned_to_emma", c.Language())}, now),
		}, nil
	})
}

// Close ends a conversation that the agent has, with what it was about.
func (d *Desk) Close(ctx context.Context, agent Staff, conversation, id, disposition string, tags []string) (Receipt, error) {
	now := d.now()
	k := key(agent.ID, id, "close", disposition, strings.Join(tags, "\x01"))
	return d.change(ctx, "closing", conversation, k, func(c *Conversation) ([]Event, error) {
		if err := c.heldBy(agent); err != nil {
			return nil, err
		}
		e := c.become(StateClosed, agent.ID, "", now)
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
