package handoff

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"emma/bot"
)

// checkText refuses texts of nothing but space and texts that are too long.
func checkText(text string) error {
	if strings.TrimSpace(text) == "" {
		return ErrEmpty
	}
	if utf8.RuneCountInString(text) > MaxText {
		return ErrTooLong
	}
	return nil
}

// Say appends a visitor's message. What must never be stored is masked first, and
// numbers and addresses of persons are sealed: the log holds marks in their place.
// ErrBusy says that too many messages wait for Emma.
func (d *Desk) Say(ctx context.Context, conversation, id, text string) (Receipt, error) {
	return d.say(ctx, conversation, nil, id, text)
}

func (d *Desk) say(ctx context.Context, conversation string, seen *glimpse, id, text string) (Receipt, error) {
	if d.intake.full() {
		return Receipt{}, ErrBusy
	}
	if err := checkText(text); err != nil {
		return Receipt{}, err
	}
	clean, masked := bot.Mask(text)
	open, sealed := d.emma.Seal(clean)
	said := Body{Text: open, Sealed: sealed}
	var foreseen *verdict
	if len(masked) == 0 {
		foreseen = d.foresee(ctx, conversation, seen, said)
	}
	return d.ask(ctx, conversation, key(visitorSender, id, "say", clean), said, foreseen, "", len(masked) > 0)
}

// Choose appends a quick reply as a message with its label, or returns ErrNotFound
// when the choice means nothing.
func (d *Desk) Choose(ctx context.Context, conversation, id, choice string) (Receipt, error) {
	c, err := d.store.Conversation(ctx, conversation)
	if err != nil {
		return Receipt{}, fmt.Errorf("choosing: %w", err)
	}
	label, ok := d.emma.Label(choice, c.Language())
	if !ok {
		return Receipt{}, fmt.Errorf("choosing %.60q: %w", choice, ErrNotFound)
	}
	k, said := key(visitorSender, id, "choose", choice), Body{Text: label, Choices: chosen(choice, label)}
	if choice == bot.ChoiceReopen && c.State == StateClosed {
		return d.comeBack(ctx, conversation, k, said, false, false)
	}
	return d.ask(ctx, conversation, k, said, nil, choice, false)
}

// ask appends a message of the visitor with the answer that was foreseen, or notes what
// Emma needs to answer it without reading the log again.
func (d *Desk) ask(ctx context.Context, conversation string, k Key, said Body, foreseen *verdict, choice string, masked bool) (Receipt, error) {
	now := d.now()
	var q question
	owed := false
	receipt, err := d.change(ctx, "saying", conversation, k, func(c *Conversation) ([]Event, error) {
		earlier := c.VisitorSeq
		q = question{answered: c.AnsweredSeq, text: said.Text, choice: choice, memory: c.Memory, waiting: c.State == StateWaiting}
		e, err := c.say(said, now)
		if err != nil {
			return nil, err
		}
		events := append(make([]Event, 0, 3), e) // most get one answer, some two
		if masked {
			events = append(events, c.message(AuthorSystem, systemSender, Body{Text: d.emma.Say("masked_notice", c.Language())}, now))
		}
		q.seq = e.Seq
		if foreseen != nil && foreseen.seq == e.Seq && foreseen.memory.Language == c.Memory.Language && c.OwesAnswer() { // nothing came between
			events = append(events, d.reply(c, *foreseen, d.now())...)
		}
		if owed = c.OwesAnswer(); owed && earlier > q.answered {
			q.seq = 0 // an earlier message is unanswered too: Answer reads the log
		}
		return events, nil
	})
	if errors.Is(err, errAbandoned) { // they are back: so is the chat
		return d.comeBack(ctx, conversation, k, said, choice == "", masked)
	}
	if err != nil {
		return Receipt{}, err
	}
	// A duplicate may be a resend after a crash, so it may still be owed an answer.
	receipt.Owed = owed || receipt.Duplicate
	if !receipt.Duplicate && q.seq != 0 {
		receipt.single = &q
	}
	return receipt, nil
}

// chosen records on the visitor's own message which quick reply it was, so that
// Emma can answer it from the log alone.
func chosen(choice, label string) []bot.Choice {
	return []bot.Choice{{ID: choice, Label: label}}
}

// AskPerson is the button "talk to a person". The request enters the log as the
// visitor's words, and the line as wants_person.
func (d *Desk) AskPerson(ctx context.Context, conversation, id string) (Receipt, error) {
	now := d.now()
	c, err := d.store.Conversation(ctx, conversation)
	if err != nil {
		return Receipt{}, fmt.Errorf("asking for a person: %w", err)
	}
	in, err := d.entry(ctx, d.route("", c.Language(), now), 0, bot.WantsPerson, now)
	if err != nil {
		return Receipt{}, fmt.Errorf("asking for a person: %w", err)
	}
	return d.change(ctx, "asking for a person", conversation, key(visitorSender, id, "agent"), func(c *Conversation) ([]Event, error) {
		if c.State != StateBot {
			return nil, fmt.Errorf("%w: the visitor is in the line or with an agent", ErrState)
		}
		lang := c.Language()
		said, err := c.say(Body{Text: d.emma.Say("talk_to_person", lang)}, now)
		if err != nil {
			return nil, err
		}
		c.AnsweredSeq = said.Seq
		decision := &bot.Decision{Action: bot.Handoff, Reason: bot.WantsPerson, Language: lang, Signals: []string{"button"}}
		events := []Event{said, c.message(AuthorEmma, emmaSender, Body{Text: d.emma.Say("person_coming", lang), Decision: decision}, now)}
		c.Meant = ""
		return d.enter(c, events, emmaSender, string(bot.WantsPerson), in, now), nil
	})
}

// Cancel leaves the line, back to Emma.
func (d *Desk) Cancel(ctx context.Context, conversation, id string) (Receipt, error) {
	now := d.now()
	return d.change(ctx, "leaving the line", conversation, key(visitorSender, id, "cancel"), func(c *Conversation) ([]Event, error) {
		if c.State != StateWaiting {
			return nil, fmt.Errorf("%w: the visitor is not in the line", ErrState)
		}
		return []Event{
			c.become(StateBot, visitorSender, "cancelled", now),
			c.message(AuthorEmma, emmaSender, Body{Text: d.emma.Say("back_to_emma", c.Language())}, now),
		}, nil
	})
}

// End closes the conversation for the visitor.
func (d *Desk) End(ctx context.Context, conversation, id string) (Receipt, error) {
	now := d.now()
	return d.change(ctx, "ending", conversation, key(visitorSender, id, "end"), func(c *Conversation) ([]Event, error) {
		if c.State == StateClosed {
			return nil, fmt.Errorf("%w: the conversation is closed", ErrState)
		}
		return []Event{c.finish(StateClosed, visitorSender, "visitor", d.Team(c.Team), now)}, nil
	})
}

// Feedback notes whether an answer of Emma helped.
func (d *Desk) Feedback(ctx context.Context, conversation, id string, seq int64, helpful bool, comment string) (Receipt, error) {
	comment, sealed, err := d.checkComment(comment)
	if err != nil {
		return Receipt{}, err
	}
	now := d.now()
	k := key(visitorSender, id, "feedback", strconv.FormatInt(seq, 10), strconv.FormatBool(helpful), comment)
	return d.change(ctx, "giving feedback", conversation, k, func(c *Conversation) ([]Event, error) {
		if seq < 1 || seq > c.LastSeq {
			return nil, fmt.Errorf("message %d: %w", seq, ErrNotFound)
		}
		body := Body{Target: seq, Helpful: helpful, Text: comment, Sealed: sealed}
		return []Event{c.log(Event{Kind: KindFeedback, Author: AuthorVisitor, Sender: visitorSender, Body: body}, now)}, nil
	})
}

// Rate notes how content the visitor was, 1 to 5, in any state.
func (d *Desk) Rate(ctx context.Context, conversation, id string, stars int, comment string) (Receipt, error) {
	comment, sealed, err := d.checkComment(comment)
	if err != nil {
		return Receipt{}, err
	}
	now := d.now()
	return d.change(ctx, "rating", conversation, key(visitorSender, id, "rate", strconv.Itoa(stars), comment), func(c *Conversation) ([]Event, error) {
		body := Body{Stars: stars, Text: comment, Sealed: sealed}
		return []Event{c.log(Event{Kind: KindRating, Author: AuthorVisitor, Sender: visitorSender, Body: body}, now)}, nil
	})
}

// checkComment masks and seals a comment, which may be empty.
func (d *Desk) checkComment(comment string) (string, []bot.Sealed, error) {
	if utf8.RuneCountInString(comment) > MaxText {
		return "", nil, ErrTooLong
	}
	clean, _ := bot.Mask(comment)
	open, sealed := d.emma.Seal(clean)
	return open, sealed, nil
}

// SetLanguage switches the conversation to a language that the visitor chose. Who waits in
// line goes on waiting for a team that answers in it.
func (d *Desk) SetLanguage(ctx context.Context, conversation, language string) error {
	now := d.now()
	_, err := d.change(ctx, "switching the language", conversation, Key{}, func(c *Conversation) ([]Event, error) {
		before := c.Language()
		c.Memory.Language, c.Memory.Chosen = language, true
		return d.turnTo(c, before, now), nil
	})
	return err
}

// SeenByVisitor tells whoever follows the conversation that the visitor has seen
// everything up to seq. The mark is stored so that staff see it later too.
func (d *Desk) SeenByVisitor(ctx context.Context, conversation string, seq int64) error {
	_, err := d.change(ctx, "marking as read", conversation, Key{}, func(c *Conversation) ([]Event, error) {
		if seq > c.ReadSeq && seq <= c.LastSeq {
			c.ReadSeq = seq
		}
		return nil, nil
	})
	if err == nil {
		d.bus.Publish(Signal{Topic: ConversationTopic(conversation), Read: seq})
	}
	return err
}

// Typing passes on that somebody is typing; it is stored nowhere.
func (d *Desk) Typing(conversation string, author Author) {
	if author == AuthorVisitor {
		d.typing(conversation)
	}
	d.bus.Publish(Signal{Topic: ConversationTopic(conversation), Typing: author})
}
