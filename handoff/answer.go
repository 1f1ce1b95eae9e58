package handoff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"emma/bot"
)

// Answer lets Emma answer what a receipt owes. It may be called more than once and
// on several nodes: each message is answered once, in order. The decision is made
// outside any lock; an agent who stepped in meanwhile wins and the answer is dropped.
func (d *Desk) Answer(ctx context.Context, r Receipt) error {
	if r.single != nil {
		err := d.answerOne(ctx, r.conversation, *r.single)
		if !errors.Is(err, ErrStale) {
			return err
		}
	}
	return d.answerFromLog(ctx, r.conversation)
}

// Recover answers what was left unanswered by a process that died: messages that
// are older than age and still owed. It returns how many conversations it took up.
func (d *Desk) Recover(ctx context.Context, age time.Duration) (int, error) {
	ids, err := d.store.Owed(ctx, d.now().Add(-age), 100)
	if err != nil {
		return 0, fmt.Errorf("looking for unanswered messages: %w", err)
	}
	for _, id := range ids {
		if err := d.answerFromLog(ctx, id); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// answerFromLog answers all owed messages of a conversation, oldest first.
func (d *Desk) answerFromLog(ctx context.Context, id string) error {
	for {
		c, err := d.store.Conversation(ctx, id)
		if err != nil {
			return fmt.Errorf("answering: %w", err)
		}
		if !c.OwesAnswer() {
			return nil
		}
		events, err := d.store.EventsAfter(ctx, id, c.AnsweredSeq, 100)
		if err != nil {
			return fmt.Errorf("answering: %w", err)
		}
		q := question{answered: c.AnsweredSeq, seq: c.VisitorSeq, memory: c.Memory, waiting: c.State == StateWaiting}
		for _, e := range events {
			if e.Kind == KindMessage && e.Author == AuthorVisitor {
				q.seq, q.text = e.Seq, e.Text
				if len(e.Choices) > 0 {
					q.choice = e.Choices[0].ID
				}
				break
			}
		}
		// Somebody else answering at the same time is fine: the loop looks again.
		if err := d.answerOne(ctx, id, q); err != nil && !errors.Is(err, ErrStale) {
			return err
		}
	}
}

// answerOne decides on one message and appends what Emma says, unless the
// conversation moved on: then ErrStale.
func (d *Desk) answerOne(ctx context.Context, id string, q question) error {
	done, err := d.intake.turn(ctx)
	if err != nil {
		return fmt.Errorf("waiting to decide: %w", err)
	}
	v, err := d.decide(ctx, id, q)
	done()
	if err != nil {
		return err
	}
	now := d.now()
	_, err = d.change(ctx, "answering", id, Key{}, func(c *Conversation) ([]Event, error) {
		if !c.emmasTurn() {
			return nil, nil
		}
		if c.AnsweredSeq != q.answered {
			return nil, ErrStale
		}
		return d.reply(c, v, now), nil
	})
	return err
}

// verdict is what Emma does with a question, and the line that it leads into.
type verdict struct {
	question
	decision bot.Decision
	entry    entry // of a hand-off
}

// decide lets Emma think, outside any lock.
func (d *Desk) decide(ctx context.Context, id string, q question) (verdict, error) {
	v := verdict{question: q}
	var err error
	if v.decision, err = d.emma.Decide(ctx, bot.Question{Text: q.text, Choice: q.choice, Memory: q.memory, Waiting: q.waiting, Conversation: id, Seq: q.seq}); err != nil {
		return verdict{}, fmt.Errorf("deciding: %w", err)
	}
	if v.decision.Action == bot.Handoff {
		now := d.now()
		team := d.route(v.decision.Team, v.decision.Memory.Language, now)
		if v.entry, err = d.entry(ctx, team, v.decision.Tier, v.decision.Reason, now); err != nil {
			return verdict{}, fmt.Errorf("looking at the line: %w", err)
		}
	}
	return v, nil
}

// reply carries out a verdict in a conversation in which it is Emma's turn, and returns
// the events.
func (d *Desk) reply(c *Conversation, v verdict, now time.Time) []Event {
	decision := v.decision
	c.AnsweredSeq = v.seq
	chosen, language := c.Memory.Chosen, c.Memory.Language
	c.Memory = decision.Memory
	if chosen && !v.memory.Chosen { // switched by hand while Emma was deciding
		c.Memory.Chosen, c.Memory.Language = chosen, language
	}
	var events []Event
	if decision.Leaves && c.State == StateWaiting {
		events = append(events, c.become(StateBot, visitorSender, "cancelled", now))
		c.AnsweredSeq = v.seq // what came behind it is answered next
	}
	if decision.Text != "" {
		body := Body{Text: decision.Text, HTML: decision.HTML, Decision: &decision, Links: decision.Links, Choices: decision.Choices, Offers: decision.Offers}
		events = append(events, c.message(AuthorEmma, emmaSender, body, now))
	}
	if decision.Action == bot.Handoff && c.State == StateBot {
		c.Meant = decision.Team
		return d.enter(c, events, emmaSender, string(decision.Reason), v.entry, now)
	}
	return append(events, d.turnTo(c, language, now)...)
}

// Consult tells an agent what Emma would say to the visitor's last words, with what
// she remembers of the conversation. Nothing is stored. ErrState means that the
// visitor has said nothing yet.
func (d *Desk) Consult(ctx context.Context, staff Staff, id string) (bot.Decision, error) {
	c, err := d.View(ctx, staff, id)
	if err != nil {
		return bot.Decision{}, err
	}
	if c.VisitorSeq == 0 {
		return bot.Decision{}, fmt.Errorf("%w: the visitor has said nothing yet", ErrState)
	}
	events, err := d.store.EventsAfter(ctx, id, c.VisitorSeq-1, 1)
	if err != nil {
		return bot.Decision{}, fmt.Errorf("consulting Emma: %w", err)
	}
	if len(events) == 0 {
		return bot.Decision{}, fmt.Errorf("consulting Emma: %w", ErrNotFound)
	}
	decision, err := d.emma.Decide(ctx, bot.Question{Text: events[0].Text, Memory: c.Memory})
	if err != nil {
		return bot.Decision{}, fmt.Errorf("consulting Emma: %w", err)
	}
	return decision, nil
}
