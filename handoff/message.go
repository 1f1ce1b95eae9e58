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
	return s.open(ctx, "leaving a message", conversation, k, func(c *Conversation, k *Case) (CaseWork, error) {
		now := k.CreatedAt
		k.Kind, k.Text, k.Contact, k.DueAt = CaseMessage, text, contact, s.cfg.Promise.due(s.hours(k.Team), now, s.cfg.Promise.Most)
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

// CallBack is a visitor's wish to be called.
type CallBack struct {
	Contact     Contact // with a telephone number
	Text        string  // what it is about; may be empty
	From, Until time.Time
	Consent     bool
}

// callBackAhead bounds how far ahead a call may be asked for.
const callBackAhead = 14 * 24 * time.Hour

// AskCallBack makes a call-back case, instead of waiting in the line.
func (s *Cases) AskCallBack(ctx context.Context, conversation, id string, b CallBack) (CaseChange, error) {
	contact, err := b.Contact.check()
	if err != nil {
		return CaseChange{}, err
	}
	if contact.Phone == "" {
		return CaseChange{}, &FieldError{"phone", "Please write the telephone number that we should call."}
	}
	if !b.Consent {
		return CaseChange{}, &FieldError{"consent", "Please agree that we keep your number and call you."}
	}
	if b.Text != "" {
		if err := checkText(b.Text); err != nil {
			return CaseChange{}, err
		}
	}
	clean, _ := bot.Mask(b.Text)
	text, sealed := s.cfg.Emma.Seal(clean)
	from, until := b.From.UTC(), b.Until.UTC()
	k := key(visitorSender, id, "call_back", clean, contact.Name, contact.Email, contact.Phone, from.String(), until.String())
	return s.open(ctx, "asking to be called", conversation, k, func(c *Conversation, k *Case) (CaseWork, error) {
		now := k.CreatedAt
		if err := checkWindow(s.hours(k.Team), from, until, now); err != nil {
			return CaseWork{}, err
		}
		k.Kind, k.Text, k.Contact, k.From, k.Until, k.DueAt = CaseCallBack, text, contact, from, until, until
		words := s.cfg.Emma.Say("call_back_asked", k.Language)
		if text != "" {
			words += "\n\n" + text
		}
		said, err := sayAside(c, Body{Text: words, Sealed: sealed, Case: k.mark()}, now)
		if err != nil {
			return CaseWork{}, err
		}
		return s.opened(c, k, said, "call_back_set", now), nil
	})
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
		window = windowText(k.From, k.Until, s.hours(k.Team).Zone, k.Language)
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

// checkWindow refuses times to call at which nobody is there.
func checkWindow(h Hours, from, until, now time.Time) error {
	wrong := func(text string) error { return &FieldError{"window", text} }
	switch {
	case until.Sub(from) < 30*time.Minute || until.Sub(from) > 12*time.Hour:
		return wrong("Please choose a time of 30 minutes to 12 hours.")
	case until.Before(now.Add(15*time.Minute)) || from.After(now.Add(callBackAhead)):
		return wrong("Please choose a time within the next 14 days.")
	case !h.Open(from) || !h.Open(until.Add(-time.Minute)):
		return wrong("Please choose a time at which our agents are there.")
	}
	return nil
}

// Window is a time at which a visitor may be called, with its name.
type Window struct {
	From, Until time.Time
	Text        string
}

// Windows offers times to call: two-hour parts of a team's opening hours, at most limit.
func (s *Cases) Windows(team, language string, limit int) []Window {
	const length = 2 * time.Hour
	now, hours := s.cfg.Now(), s.hours(team)
	var list []Window
	t := now.Add(30 * time.Minute).Truncate(time.Hour).Add(time.Hour)
	for len(list) < limit && t.Before(now.Add(callBackAhead)) {
		opens := hours.NextOpen(t)
		if opens.IsZero() {
			break
		}
		until := opens.Add(length)
		if closes := hours.CloseTime(opens); !closes.IsZero() && closes.Before(until) {
			until = closes
		}
		if until.Sub(opens) >= time.Hour {
			list = append(list, Window{opens.UTC(), until.UTC(), windowText(opens, until, hours.Zone, language)})
		}
		t = until
	}
	return list
}
