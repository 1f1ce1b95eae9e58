package handoff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// dueLimit bounds what one Tick sees to; the rest waits for the next.
const dueLimit = 200

// Tick does what is due: it prolongs the leases of this node's agents, puts the
// conversations of agents who are gone back in the line, ends offers that were not
// accepted, sets away who is idle, asks the next agents, and warns and closes the chats
// of visitors who are gone. Call it every second and whenever TopicDesk changes; several
// nodes may do so at the same time. It goes on after an error and returns all of them.
func (d *Desk) Tick(ctx context.Context) error {
	now := d.now()
	errs := []error{d.followTeams(ctx), d.renew(ctx, now), d.measure(ctx, now)}
	due, err := d.floor.Due(ctx, now, now.Add(-d.shortestGone()), dueLimit)
	errs = append(errs, err)
	for _, item := range due {
		errs = append(errs, d.settle(ctx, item, now))
	}
	errs = append(errs, d.setIdleAway(ctx, now), d.askAgents(ctx, now), d.tellPlaces(ctx, now))
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("seeing to the desk: %w", err)
	}
	return nil
}

// shortestGone is the time after which the first team warns a visitor who is gone.
func (d *Desk) shortestGone() time.Duration {
	shortest := 24 * time.Hour
	for _, t := range *d.teams.list.Load() {
		if t.WarnGone > 0 {
			shortest = min(shortest, time.Duration(t.WarnGone))
		}
	}
	return shortest
}

// settle does what one conversation needs. Somebody else may have done it meanwhile.
func (d *Desk) settle(ctx context.Context, item Due, now time.Time) error {
	var err error
	switch item.Kind {
	case DueLost:
		// Agents of a node that has just been started come back within the grace time.
		if now.Sub(d.attendance.started) < d.grace {
			return nil
		}
		err = d.takeBack(ctx, item.Conversation, now)
	case DueOffer:
		err = d.missed(ctx, item.Conversation, now)
	case DueGone:
		if d.visitorHere(item.Conversation) {
			return nil
		}
		err = d.lookAfter(ctx, item, now)
	case DueSilent:
		if !d.visitorHere(item.Conversation) { // another node's, or gone
			return nil
		}
		err = d.lookAfter(ctx, item, now)
	}
	if errors.Is(err, ErrStale) || errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// takeBack puts the conversation of an agent whose lease has ended back in the line.
func (d *Desk) takeBack(ctx context.Context, id string, now time.Time) error {
	agents, err := d.floor.Agents(ctx, now, now)
	if err != nil {
		return fmt.Errorf("looking who is here: %w", err)
	}
	_, err = d.change(ctx, "taking back from an agent who is gone", id, Key{}, func(c *Conversation) ([]Event, error) {
		if c.State != StateAgent || slices.ContainsFunc(agents, func(a Agent) bool { return a.ID == c.Agent }) {
			return nil, ErrStale
		}
		return []Event{
			c.lose(now),
			c.message(AuthorSystem, systemSender, Body{Text: d.emma.Say("agent_lost", c.Language())}, now),
		}, nil
	})
	return err
}

// missed ends an offer that was not accepted in time. Who missed it is away from then
// on: the next visitor does not wait for them too.
func (d *Desk) missed(ctx context.Context, id string, now time.Time) error {
	missed := ""
	_, err := d.change(ctx, "ending an offer", id, Key{}, func(c *Conversation) ([]Event, error) {
		if c.State != StateWaiting || c.Offer.Agent == "" || c.Offer.live(now) {
			return nil, ErrStale
		}
		missed = c.Offer.Agent
		c.pass(now)
		return nil, nil
	})
	if err != nil {
		return err
	}
	return d.setAway(ctx, missed, AbsenceMissed, time.Time{})
}

// askAgents makes the offers that are to be made now.
func (d *Desk) askAgents(ctx context.Context, now time.Time) error {
	snapshot, err := d.snapshot(ctx, d.line.rest())
	if err != nil || len(snapshot.waiting) == 0 {
		return err
	}
	var errs []error
	for _, m := range Matches(snapshot.waiting, snapshot.agents, d.Team, now) {
		_, err := d.store.Assign(ctx, m.Conversation, Key{}, m.Agent.ID, now, func(c *Conversation, load int) ([]Event, error) {
			return nil, c.offer(m.Agent, load, d.Team(c.Team), now)
		})
		var refused *Refusal
		if err != nil && !errors.Is(err, ErrStale) && !errors.As(err, &refused) && !errors.Is(err, ErrForbidden) {
			errs = append(errs, fmt.Errorf("offering a conversation: %w", err))
		}
	}
	return errors.Join(errs...)
}
