package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"emma/bot"
	"emma/cmd/emma/store"
	"emma/handoff"
)

type casesAnswerCmd struct {
	Reference string `arg:"" help:"The reference, with or without dashes."`
	As        string `required:"" help:"Name of the member of the staff who answers; the visitor sees it."`
	Mail      bool   `help:"Send it by e-mail too, if the visitor gave an address; for a server that runs with --smtp."`
}

// answerLimit is more than any answer has, in bytes.
const answerLimit = 64 << 10

// Run sends what stands on standard input as the answer to a case.
func (c casesAnswerCmd) Run(ctx context.Context, t terminal, all *commands) error {
	text, err := io.ReadAll(io.LimitReader(t.in, answerLimit))
	if err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	return withStore(ctx, all, func(s *store.Store) error {
		staff, err := s.StaffByName(ctx, c.As)
		if errors.Is(err, handoff.ErrNotFound) {
			return fmt.Errorf("there is nobody with the name %q; see emma staff list", c.As)
		}
		if err != nil {
			return err
		}
		phrases, err := bot.DefaultPhrases()
		if err != nil {
			return err
		}
		emma := bot.New(nil, phrases, ownContacts()...) // she is asked nothing here
		desk, err := handoff.NewDesk(ctx, handoff.Config{Store: s, Floor: s, Emma: emma, Bus: s, Now: time.Now, Grace: handoff.DefaultGrace})
		if err != nil {
			return err
		}
		cases := handoff.NewCases(handoff.CasesConfig{
			Store: s, Outbox: s, Roster: s, Emma: emma, Team: desk.TeamFor, Types: requestTypes(), Mail: c.Mail, Now: time.Now,
		})
		change, err := cases.Answer(ctx, staff, c.Reference, uuid.NewString(), strings.TrimSpace(string(text)))
		switch {
		case errors.Is(err, handoff.ErrEmpty):
			return errors.New("the answer is empty: write it on standard input, for example emma cases answer REFERENCE --as NAME < answer.txt")
		case errors.Is(err, handoff.ErrNotFound):
			return fmt.Errorf("there is no case %s; see emma cases list", c.Reference)
		case errors.Is(err, handoff.ErrForbidden):
			return fmt.Errorf("%s does not use the desk", staff.Name)
		case err != nil:
			return err
		}
		_, err = fmt.Fprintf(t.out, "Answered %s. The visitor sees it in the chat.\n", handoff.ReferenceText(change.Case.Reference))
		return err
	})
}
