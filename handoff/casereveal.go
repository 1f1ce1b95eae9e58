package handoff

import (
	"context"
	"fmt"
	"strconv"

	"emma/bot"
)

// Reveal shows what is sealed with a case to whoever may work on it: mark number n of
// the visitor's message, or with 0 the receipt number of a service request. An event of
// the conversation and a line of the case's history say who looked; only when they are
// stored is the value shown. ErrNotFound when there is nothing.
func (s *Cases) Reveal(ctx context.Context, staff Staff, reference, id string, number int) (bot.Sealed, error) {
	if !staff.UsesDesk() {
		return bot.Sealed{}, fmt.Errorf("revealing a number: %w", ErrForbidden)
	}
	k, err := s.find(ctx, reference)
	if err != nil {
		return bot.Sealed{}, err
	}
	found := bot.Sealed{Kind: bot.Receipt}
	if number == 0 {
		found.Value, err = s.cfg.Store.Receipt(ctx, k.Reference)
	} else {
		found, err = s.cfg.Store.SealedValue(ctx, k.Conversation, k.Seq, number)
	}
	if err != nil {
		return bot.Sealed{}, fmt.Errorf("revealing a number: %w", err)
	}
	once := Key{}
	if id != "" {
		once = key(staff.ID, id, "case_reveal", k.Reference, strconv.Itoa(number))
	}
	if !s.team(&k).MayReveal(staff, found.Kind) {
		return bot.Sealed{}, refuse("tier", "Only a higher tier may look at this. Pass the case on if it is needed.")
	}
	_, err = s.change(ctx, "revealing a number", staff, k.Reference, once, func(c *Conversation, k *Case) (CaseWork, error) {
		now := s.cfg.Now()
		event := c.reveal(staff, k.Seq, found, now)
		event.Case = k.mark()
		entry := Entry{Staff: staff.ID, Name: staff.Name, Text: "looked at a sealed " + string(found.Kind), ForStaff: true}
		return CaseWork{Events: []Event{event}, Entry: k.record(entry, now)}, nil
	})
	if err != nil {
		return bot.Sealed{}, err
	}
	return found, nil
}
