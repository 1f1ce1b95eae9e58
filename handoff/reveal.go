package handoff

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"emma/bot"
)

// Reveal shows the value behind a mark of a message to the agent who has the
// conversation, or to a supervisor. First an event for staff says who looked at what;
// only when that is stored is the value shown. The same id again shows it again without a
// second event.
func (d *Desk) Reveal(ctx context.Context, staff Staff, conversation, id string, seq int64, number int) (bot.Sealed, Receipt, error) {
	found, err := d.store.SealedValue(ctx, conversation, seq, number)
	if err != nil {
		return bot.Sealed{}, Receipt{}, fmt.Errorf("revealing mark %d of message %d: %w", number, seq, err)
	}
	now := d.now()
	k := key(staff.ID, id, "reveal", strconv.FormatInt(seq, 10), strconv.Itoa(number))
	receipt, err := d.change(ctx, "revealing", conversation, k, func(c *Conversation) ([]Event, error) {
		if err := c.mayReveal(staff, d.Team(c.Team), found.Kind); err != nil {
			return nil, err
		}
		return []Event{c.reveal(staff, seq, found, now)}, nil
	})
	if err != nil {
		return bot.Sealed{}, Receipt{}, err
	}
	return found, receipt, nil
}

// mayReveal returns an error unless the person has the conversation or supervises, and
// their tier may look at such numbers.
func (c *Conversation) mayReveal(staff Staff, t Team, kind bot.Kind) error {
	switch {
	case !staff.UsesDesk():
		return fmt.Errorf("revealing: %w", ErrForbidden)
	case !staff.Supervises() && (c.State != StateAgent || c.Agent != staff.ID):
		return fmt.Errorf("revealing in a conversation of somebody else: %w", ErrForbidden)
	case !t.MayReveal(staff, kind):
		return refuse("tier", "Only a higher tier may look at this. Pass the chat on if it is needed.")
	}
	return nil
}

// reveal notes who looked at which mark.
func (c *Conversation) reveal(staff Staff, seq int64, opened bot.Sealed, now time.Time) Event {
	opened.Value = ""
	return c.log(Event{Kind: KindReveal, Author: AuthorAgent, Sender: staff.ID,
		Body: Body{Name: staff.Name, Target: seq, Sealed: []bot.Sealed{opened}}}, now)
}
