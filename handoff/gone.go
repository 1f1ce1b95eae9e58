package handoff

import (
	"context"
	"fmt"
	"time"
)

// missing sees to a visitor without a sign of life since seen: a warning first, and
// some time later the end. Whoever comes back in between has extended it.
func (d *Desk) missing(ctx context.Context, id string, seen, now time.Time) error {
	_, err := d.change(ctx, "looking after a visitor who is gone", id, Key{}, func(c *Conversation) ([]Event, error) {
		if c.State != StateWaiting && c.State != StateAgent {
			return nil, ErrStale
		}
		t := d.Team(c.Team)
		warned := !c.WarnedAt.IsZero() && !seen.After(c.WarnedAt)
		switch {
		case t.WarnGone == 0:
			return nil, ErrStale
		case !warned && now.Sub(seen) >= time.Duration(t.WarnGone):
			c.WarnedAt = now
			text := fill(d.emma.Say("gone_warning", c.Language()), "minutes", fmt.Sprint(minutes(time.Duration(t.CloseGone))))
			return []Event{c.message(AuthorSystem, systemSender, Body{Text: text}, now)}, nil
		case warned && now.Sub(c.WarnedAt) >= time.Duration(t.CloseGone):
			return []Event{
				c.message(AuthorSystem, systemSender, Body{Text: d.emma.Say("gone_closed", c.Language())}, now),
				c.finish(StateClosed, systemSender, "abandoned", t, now),
			}, nil
		}
		return nil, ErrStale
	})
	return err
}

// Reopen opens a chat that was closed not long ago again, from the browser that has
// its token: back to the team that it was with, or to Emma.
func (d *Desk) Reopen(ctx context.Context, conversation, id string) (Receipt, error) {
	c, err := d.store.Conversation(ctx, conversation)
	if err != nil {
		return Receipt{}, fmt.Errorf("reopening: %w", err)
	}
	now := d.now()
	in, err := d.entry(ctx, c.Team, c.Tier, c.Reason, now)
	if err != nil {
		return Receipt{}, err
	}
	return d.change(ctx, "reopening", conversation, key(visitorSender, id, "reopen"), func(c *Conversation) ([]Event, error) {
		if c.State != StateClosed {
			return nil, fmt.Errorf("%w: the conversation is not closed", ErrState)
		}
		if now.Sub(c.ChangedAt) > time.Duration(in.team.ReopenFor) {
			return nil, refuse("too_late", "This chat was closed too long ago to open it again. Please start a new one.")
		}
		if c.Team == "" { // it was never with the desk
			return []Event{c.become(StateBot, visitorSender, "reopened", now)}, nil
		}
		c.Preferred = c.LastAgent
		return d.enter(c, nil, visitorSender, "reopened", in, now), nil
	})
}

// minutes is a length of time in whole minutes, at least 1.
func minutes(d time.Duration) int { return max(1, int(d.Round(time.Minute)/time.Minute)) }
