package handoff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"emma/bot"
)

// missing says what an absence of the visitor calls for: a warning first, and some time
// later the end. The absence began at since: with DueGone the last sign of a connection,
// with DueSilent the agent's words that nobody answers. A new sign of life begins a new
// absence, and so does the other kind: each is warned of.
func (c *Conversation) missing(kind DueKind, since time.Time, t Team, now time.Time) (warn, end bool) {
	if t.WarnGone == 0 || c.State != StateAgent && (c.State != StateWaiting || kind == DueSilent) {
		return false, false
	}
	warned := !c.WarnedAt.IsZero() && !since.After(c.WarnedAt) && c.WarnedSilent == (kind == DueSilent)
	if !warned {
		return now.Sub(since) >= time.Duration(t.WarnGone), false
	}
	return false, now.Sub(c.WarnedAt) >= time.Duration(t.CloseGone)
}

// lookAfter warns a visitor who is away, or closes their chat.
func (d *Desk) lookAfter(ctx context.Context, item Due, now time.Time) error {
	_, err := d.change(ctx, "looking after a visitor who is away", item.Conversation, Key{}, func(c *Conversation) ([]Event, error) {
		t, language := d.Team(c.Team), c.Language()
		since := item.Seen
		if item.Kind == DueSilent {
			if c.AskedAt.IsZero() { // the visitor has answered meanwhile
				return nil, ErrStale
			}
			since = latest(c.AskedAt, d.typedAt(c.ID))
		}
		warn, end := c.missing(item.Kind, since, t, now)
		switch {
		case warn:
			c.WarnedAt, c.WarnedSilent = now, item.Kind == DueSilent
			text := fill(d.emma.Say("gone_warning", language), "minutes", fmt.Sprint(minutes(time.Duration(t.CloseGone))))
			return []Event{c.message(AuthorSystem, systemSender, Body{Text: text, Choices: d.choices(language, bot.ChoiceHere)}, now)}, nil
		case end:
			closing := c.message(AuthorSystem, systemSender, Body{Text: d.emma.Say("gone_closed", language), Choices: d.choices(language, bot.ChoiceReopen)}, now)
			events := []Event{closing, c.finish(StateClosed, systemSender, "abandoned", t, now)}
			c.Abandoned = true
			return events, nil
		}
		return nil, ErrStale
	})
	return err
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// choices are quick replies with their labels.
func (d *Desk) choices(language string, ids ...string) (list []bot.Choice) {
	for _, id := range ids {
		if label, ok := d.emma.Label(id, language); ok {
			list = append(list, bot.Choice{ID: id, Label: label})
		}
	}
	return list
}

// errAbandoned says that what was said would have to open the chat again.
var errAbandoned = errors.New("the chat was closed because the visitor was away")

// Reopen opens a chat that was closed not long ago again, from the browser that has
// its token: back to the team that it was with, or to Emma.
func (d *Desk) Reopen(ctx context.Context, conversation, id string) (Receipt, error) {
	return d.comeBack(ctx, conversation, key(visitorSender, id, "reopen"), Body{}, false, false)
}

// comeBack is Reopen with what the visitor said, if anything; Emma may answer it when
// owed. Who had the chat before is asked first.
func (d *Desk) comeBack(ctx context.Context, conversation string, k Key, said Body, owed, masked bool) (Receipt, error) {
	c, err := d.store.Conversation(ctx, conversation)
	if err != nil {
		return Receipt{}, fmt.Errorf("reopening: %w", err)
	}
	now := d.now()
	in, err := d.entry(ctx, d.Team(c.Team), c.Tier, c.Reason, now)
	if err != nil {
		return Receipt{}, err
	}
	receipt, err := d.change(ctx, "reopening", conversation, k, func(c *Conversation) ([]Event, error) {
		if c.State != StateClosed {
			return nil, fmt.Errorf("%w: the conversation is not closed", ErrState)
		}
		if now.Sub(c.ChangedAt) > time.Duration(in.team.ReopenFor) {
			return nil, refuse("too_late", "This chat was closed too long ago to open it again. Please start a new one.")
		}
		var events []Event
		if said.Text != "" {
			e := c.message(AuthorVisitor, visitorSender, said, now)
			c.VisitorSeq, c.Title = e.Seq, title(said.Text)
			events = append(events, e)
		}
		if masked {
			events = append(events, c.message(AuthorSystem, systemSender, Body{Text: d.emma.Say("masked_notice", c.Language())}, now))
		}
		if c.Team == "" { // it was never with the desk
			return append(events, c.become(StateBot, visitorSender, "reopened", now)), nil
		}
		c.Preferred = c.LastAgent
		events = d.enter(c, events, visitorSender, "reopened", in, now)
		if !owed {
			c.AnsweredSeq = c.VisitorSeq
		}
		return events, nil
	})
	receipt.Owed = err == nil && owed
	return receipt, err
}

// minutes is a length of time in whole minutes, at least 1.
func minutes(d time.Duration) int { return max(1, int(d.Round(time.Minute)/time.Minute)) }
