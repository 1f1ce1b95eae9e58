package handoff

import (
	"context"
	"fmt"
	"time"

	"emma/bot"
)

// LeftMessage is what a visitor leaves when nobody is there, or instead of waiting.
type LeftMessage struct {
	Text    string
	Contact Contact
	Consent bool // to keep it and to be answered; required
}

// LeaveMessage makes a message case. A visitor in the line leaves it; one who talks
// with an agent gets ErrState.
func (s *Cases) LeaveMessage(ctx context.Context, conversation, id string, m LeftMessage) (CaseChange, error) {
	if err := checkText(m.Text); err != nil {
		return CaseChange{}, err
	}
	contact, err := m.Contact.check()
	if err != nil {
		return CaseChange{}, err
	}
	if !m.Consent {
		return CaseChange{}, &FieldError{"consent", "Please agree that we keep the message and answer it."}
	}
	clean, _ := bot.Mask(m.Text)
	text, sealed := s.cfg.Emma.Seal(clean)
	k := key(visitorSender, id, "leave_message", clean, contact.Name, contact.Email, contact.Phone)
	full, err := s.full(ctx, conversation)
	if err != nil {
		return CaseChange{}, err
	}
	return s.open(ctx, "leaving a message", conversation, k, func(c *Conversation, k *Case) (CaseWork, error) {
		if full {
			return CaseWork{}, refuse("state", "You have left %d messages. A person answers them first.", openCases)
		}
		now := k.CreatedAt
		k.Kind, k.Text, k.Contact, k.DueAt = CaseMessage, text, contact, s.cfg.Promise.due(s.team(k).Hours, now, s.cfg.Promise.Most)
		said, err := sayAside(c, Body{Text: text, Sealed: sealed, Case: k.mark()}, now)
		if err != nil {
			return CaseWork{}, err
		}
		name := "message_left"
		if contact.Email != "" {
			name = "message_left_email"
		}
		return s.opened(c, k, said, name, now), nil
	})
}

// openCases is how many open cases a visitor may have in one conversation.
const openCases = 10

// full reports whether a visitor has so many: nobody fills the list of the staff.
func (s *Cases) full(ctx context.Context, conversation string) (bool, error) {
	list, err := s.cfg.Store.Cases(ctx, CaseFilter{Conversation: conversation, Limit: 10 * openCases})
	if err != nil {
		return false, fmt.Errorf("counting a visitor's cases: %w", err)
	}
	open := 0
	for _, k := range list {
		if k.Open() {
			open++
		}
	}
	return open >= openCases, nil
}

// opened takes the visitor out of the line and says what happens next.
func (s *Cases) opened(c *Conversation, k *Case, said Event, name string, now time.Time) CaseWork {
	k.Seq = said.Seq
	events := []Event{said}
	if c.State == StateWaiting {
		events = append(events, c.become(StateBot, visitorSender, string(k.Kind), now))
	}
	window := ""
	if !k.From.IsZero() {
		window = windowText(k.From, k.Until, s.team(k).Hours.Zone, k.Language)
	}
	text := s.say(name, k, "{window}", window)
	events = append(events, k.event(c, AuthorSystem, systemSender, Body{Text: text}, now))
	return CaseWork{Events: events, Entry: k.record(Entry{Staff: visitorSender}, now)}
}

// sayAside appends words of the visitor that are not for Emma to answer.
func sayAside(c *Conversation, body Body, now time.Time) (Event, error) {
	if c.State == StateAgent {
		return Event{}, fmt.Errorf("%w: an agent is here", ErrState)
	}
	owed := c.OwesAnswer()
	e, err := c.say(body, now)
	if err == nil && !owed {
		c.AnsweredSeq = e.Seq
	}
	return e, err
}
