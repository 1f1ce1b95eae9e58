package handoff

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"emma/bot"
)

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
	full, err := s.full(ctx, conversation)
	if err != nil {
		return CaseChange{}, err
	}
	return s.open(ctx, "asking to be called", conversation, k, func(c *Conversation, k *Case) (CaseWork, error) {
		if full {
			return CaseWork{}, refuse("state", "You have left %d messages. A person answers them first.", openCases)
		}
		now := k.CreatedAt
		if err := checkWindow(s.team(k).Hours, from, until, now); err != nil {
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

// bookCall makes a call-back case of what a visitor chose in the dialogue with Emma, by
// their message seq: again it changes nothing. Choosing a time is the consent, as Emma
// says before.
func (s *Cases) bookCall(ctx context.Context, conversation string, seq int64, phone string, from, until time.Time) error {
	contact, err := Contact{Phone: phone}.check()
	if err != nil {
		return err
	}
	full, err := s.full(ctx, conversation)
	if err != nil {
		return err
	}
	k := key(systemSender, "call-"+strconv.FormatInt(seq, 10), "call_back", contact.Phone, from.UTC().String(), until.UTC().String())
	_, err = s.open(ctx, "asking to be called", conversation, k, func(c *Conversation, k *Case) (CaseWork, error) {
		now := k.CreatedAt
		switch {
		case full:
			return CaseWork{}, refuse("state", "You have left %d messages. A person answers them first.", openCases)
		case c.State != StateBot && c.State != StateWaiting:
			return CaseWork{}, fmt.Errorf("%w: an agent is here, or the conversation is closed", ErrState)
		}
		if err := checkWindow(s.team(k).Hours, from, until, now); err != nil {
			return CaseWork{}, err
		}
		k.Kind, k.Contact, k.From, k.Until, k.DueAt, k.Seq = CaseCallBack, contact, from.UTC(), until.UTC(), until.UTC(), seq
		text := s.say("call_back_set", k, "{window}", windowText(from, until, s.team(k).Hours.Zone, k.Language))
		events := []Event{k.event(c, AuthorSystem, systemSender, Body{Text: text}, now)}
		if c.State == StateWaiting {
			events = append(events, c.become(StateBot, visitorSender, string(k.Kind), now))
		}
		c.Memory.Pending, c.Memory.Offered = "", nil
		return CaseWork{Events: events, Entry: k.record(Entry{Staff: visitorSender}, now)}, nil
	})
	return err
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
	now, hours := s.cfg.Now(), s.hours(team, language)
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
