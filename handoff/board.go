package handoff

import (
	"context"
	"fmt"
	"time"
)

// Board is what a member of the staff sees of the desk.
type Board struct {
	Waiting []Conversation // whom they may take, in the order of the line; supervisors see all
	Offers  []Conversation // of these: offered to them
	Mine    []Conversation // theirs
	Wrap    []Conversation // closed, with after-chat work of theirs
	Held    []Conversation // of all agents; only for supervisors
	Agents  []Agent        // who is here, with their load
	Me      Agent          // Until is zero when their lease has ended
}

// Board shows the desk to a member of the staff.
func (d *Desk) Board(ctx context.Context, staff Staff) (Board, error) {
	now := d.now()
	snapshot, err := d.snapshot(ctx, 0)
	if err != nil {
		return Board{}, err
	}
	b := Board{Me: Agent{Staff: staff}, Agents: snapshot.agents}
	for _, c := range snapshot.waiting {
		if staff.Takes(d.Team(c.Team), c.Tier) != nil && c.Offer.Agent != staff.ID {
			continue
		}
		b.Waiting = append(b.Waiting, c)
		if c.Offer.live(now) && c.Offer.Agent == staff.ID {
			b.Offers = append(b.Offers, c)
		}
	}
	holder := staff.ID
	if staff.Supervises() {
		holder = ""
	}
	held, err := d.store.HeldBy(ctx, holder, now)
	if err != nil {
		return Board{}, fmt.Errorf("reading an agent's conversations: %w", err)
	}
	for _, c := range held {
		switch {
		case c.State != StateAgent:
			if c.LastAgent == staff.ID {
				b.Wrap = append(b.Wrap, c)
			}
			continue
		case c.Agent == staff.ID:
			b.Mine = append(b.Mine, c)
		}
		if staff.Supervises() {
			b.Held = append(b.Held, c)
		}
	}
	for _, a := range snapshot.agents {
		if a.ID == staff.ID {
			b.Me = a
		}
	}
	return b, nil
}

// Offered reports whether the conversation is offered to the person at now.
func (c *Conversation) Offered(staff string, now time.Time) bool {
	return c.Offer.live(now) && c.Offer.Agent == staff
}
