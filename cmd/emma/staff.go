package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"go.uber.org/zap"

	"emma/handoff"
	"emma/web"
)

type staffCmd struct {
	Add     staffAddCmd     `cmd:"" help:"Add a person who can sign in."`
	List    staffListCmd    `cmd:"" help:"List everyone."`
	Disable staffDisableCmd `cmd:"" help:"Shut a person out at once; what they wrote stays."`
}

type staffAddCmd struct {
	Name          string   `arg:"" help:"Name to sign in with; visitors see it when the person chats."`
	Role          string   `required:"" enum:"agent,senior,editor,supervisor,admin" help:"agent, senior (tier 2), editor, supervisor or admin."`
	Team          []string `help:"Team of the person; may be given more than once." default:"general"`
	Language      []string `help:"Language that the person speaks with visitors, such as es; may be given more than once." default:"en"`
	Skill         []string `help:"Skill of the person, as teams ask for it; may be given more than once."`
	Capacity      int      `help:"Chats at once." default:"3"`
	PasswordStdin bool     `help:"Read the password (at least 15 characters) from standard input; without it one is made and printed."`
}

// Run adds the person, also beside a running server.
func (c staffAddCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	password := web.NewPassword()
	if c.PasswordStdin {
		line, err := bufio.NewReader(io.LimitReader(t.in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading the password: %w", err)
		}
		password = strings.TrimRight(line, "\r\n")
		if n := utf8.RuneCountInString(password); n < web.MinPassword {
			return fmt.Errorf("the password has %d characters; use at least %d, for example four random words", n, web.MinPassword)
		}
	}
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	a, err := addStaff(ctx, s, handoff.Staff{Name: c.Name, Role: handoff.Role(c.Role), Teams: c.Team, Languages: c.Language,
		Skills: c.Skill, Capacity: c.Capacity}, password)
	if errors.Is(err, handoff.ErrExists) {
		return fmt.Errorf("there is already somebody with the name %q", c.Name)
	}
	if err != nil {
		return err
	}
	if c.PasswordStdin {
		_, err = fmt.Fprintf(t.out, "Added %s (%s).\n", a.name, a.role)
	} else {
		_, err = fmt.Fprintf(t.out, "Added %s (%s). The password, shown only now: %s\n", a.name, a.role, a.password)
	}
	return err
}

type staffListCmd struct{}

// Run prints everyone as a table.
func (staffListCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	staff, err := s.Staff(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "NAME\tROLE\tTEAMS\tLANGUAGES\tCHATS\tSTATUS")
	for _, p := range staff {
		status := "active"
		if p.Disabled {
			status = "disabled"
		}
		teams, languages := strings.Join(p.Teams, ", "), strings.Join(p.Languages, ", ")
		if teams == "" {
			teams = "all"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\n", p.Name, p.Role, teams, languages, p.Room(), status)
	}
	return table.Flush()
}

type staffDisableCmd struct {
	Name string `arg:"" help:"Name of the person."`
}

// Run disables the person and ends their sessions.
func (c staffDisableCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.DisableStaff(ctx, c.Name); errors.Is(err, handoff.ErrNotFound) {
		return fmt.Errorf("there is nobody with the name %q; see emma staff list", c.Name)
	} else if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "Disabled %s.\n", c.Name)
	return err
}
