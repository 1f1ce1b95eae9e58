package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/handoff"
)

type casesCmd struct {
	List   casesListCmd   `cmd:"" help:"List messages, call-backs and service requests, those due first at the top."`
	Show   casesShowCmd   `cmd:"" help:"Show a case with its history, by its reference."`
	Answer casesAnswerCmd `cmd:"" help:"Answer a case with the text on standard input."`
	Mail   casesMailCmd   `cmd:"" help:"List the mails to visitors, the newest first."`
}

type casesListCmd struct {
	Kind string `help:"message, call_back or service_request." enum:"message,call_back,service_request,all" default:"all"`
	Team string `help:"Cases of this team only."`
	Done bool   `help:"The answered and closed ones instead of the open ones."`
}

// withStore opens the database for a command and closes it afterwards.
func withStore(ctx context.Context, all *commands, work func(*store.Store) error) (err error) {
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return work(s)
}

// Run prints the cases as a table, without names and words of visitors.
func (c casesListCmd) Run(ctx context.Context, t terminal, all *commands) error {
	return withStore(ctx, all, func(s *store.Store) error {
		f := handoff.CaseFilter{Kind: handoff.CaseKind(c.Kind), Team: c.Team, Done: c.Done, Limit: 1000}
		if c.Kind == "all" {
			f.Kind = ""
		}
		list, err := s.Cases(ctx, f)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(table, "REFERENCE\tKIND\tSTATE\tTEAM\tWITH\tOPENED\tDUE\tAGE")
		now := time.Now()
		for _, k := range list {
			with := k.AssigneeName
			if k.Office != "" {
				with = k.Office
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", handoff.ReferenceText(k.Reference), k.Kind, k.State, k.Team, with,
				minute(k.CreatedAt), minute(k.DueAt), k.Ageing(now))
		}
		return table.Flush()
	})
}

func minute(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

type casesShowCmd struct {
	Reference string `arg:"" help:"The reference, with or without dashes."`
}

// Run prints a case; sealed numbers are not shown.
func (c casesShowCmd) Run(ctx context.Context, t terminal, all *commands) error {
	reference, err := handoff.ParseReference(c.Reference)
	if err != nil {
		return err
	}
	return withStore(ctx, all, func(s *store.Store) error {
		k, err := s.Case(ctx, reference)
		if errors.Is(err, handoff.ErrNotFound) {
			return fmt.Errorf("there is no case %s; see emma cases list", handoff.ReferenceText(reference))
		}
		if err != nil {
			return err
		}
		entries, err := s.Entries(ctx, reference)
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%s  %s  %s\nTeam %s, tier %d. Due %s.\n\n%s\n\n", handoff.ReferenceText(k.Reference), k.Kind, k.State, k.Team, k.Tier, minute(k.DueAt), k.Text)
		table := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		for _, e := range entries {
			by := e.Name
			if by == "" {
				by = e.Staff
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", minute(e.At), by, e.State, e.Text)
		}
		return table.Flush()
	})
}

type casesMailCmd struct {
	Again string `help:"Send this mail again: one that is doubtful or failed. Look first whether it came."`
	Limit int    `help:"How many mails are listed." default:"100"`
}

// Run prints the outbox without addresses, or lets a mail be sent again.
func (c casesMailCmd) Run(ctx context.Context, t terminal, all *commands) error {
	return withStore(ctx, all, func(s *store.Store) error {
		if c.Again != "" {
			err := s.ChangeLetter(ctx, c.Again, "", func(l *handoff.Letter) error { return l.SendAgain(time.Now()) })
			if errors.Is(err, handoff.ErrNotFound) {
				return fmt.Errorf("there is no mail %q; see emma cases mail", c.Again)
			}
			if err == nil {
				_, err = fmt.Fprintln(t.out, "It is sent again by the running server.")
			}
			return err
		}
		list, err := s.Letters(ctx, "", c.Limit)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(table, "ID\tSTATE\tCASE\tTRIES\tWRITTEN\tPROBLEM")
		for _, l := range list {
			fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\n", l.ID, l.State, handoff.ReferenceText(l.Reference), l.Tries, minute(l.CreatedAt), l.Problem)
		}
		return table.Flush()
	})
}
