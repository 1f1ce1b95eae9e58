package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/handoff"
	"emma/knowledge"
)

type teamCmd struct {
	List   teamListCmd   `cmd:"" help:"List the teams and when they are open."`
	Show   teamShowCmd   `cmd:"" help:"Print teams as a file that emma team apply reads."`
	Apply  teamApplyCmd  `cmd:"" help:"Add or replace the teams of a file; others stay as they are."`
	Remove teamRemoveCmd `cmd:"" help:"Remove a team; who waits in it goes on in general help."`
	Waits  teamWaitsCmd  `cmd:"" help:"Report how well the waits that visitors were told were kept."`
}

// onStore runs work on the opened database, also beside a running server.
func onStore(ctx context.Context, all *commands, work func(s *store.Store) error) (err error) {
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return work(s)
}

type teamListCmd struct{}

// Run prints the teams as a table.
func (teamListCmd) Run(ctx context.Context, t terminal, all *commands) error {
	return onStore(ctx, all, func(s *store.Store) error {
		teams, err := s.Teams(ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(table, "ID\tNAME\tTIERS\tLANGUAGES\tASSIGNMENT\tNOW")
		for _, team := range teams {
			var tiers []string
			for _, tier := range team.Tiers {
				tiers = append(tiers, fmt.Sprint(tier.Level))
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", team.ID, team.Names.In(knowledge.English), strings.Join(tiers, ", "),
				strings.Join(team.Languages, ", "), team.Assignment, team.Hours.Text(time.Now(), knowledge.English))
		}
		return table.Flush()
	})
}

type teamShowCmd struct {
	Team []string `arg:"" optional:"" help:"Teams to print; all without one."`
}

// Run prints teams as YAML.
func (c teamShowCmd) Run(ctx context.Context, t terminal, all *commands) error {
	return onStore(ctx, all, func(s *store.Store) error {
		teams, err := s.Teams(ctx)
		if err != nil {
			return err
		}
		chosen := teams
		if len(c.Team) > 0 {
			chosen = nil
		}
		for _, name := range c.Team {
			i := slices.IndexFunc(teams, func(team handoff.Team) bool { return team.ID == name })
			if i < 0 {
				return fmt.Errorf("there is no team %q; see emma team list", name)
			}
			chosen = append(chosen, teams[i])
		}
		return writeTeams(t.out, chosen)
	})
}

type teamApplyCmd struct {
	File string `arg:"" type:"existingfile" help:"A file as emma team show prints it, in YAML or JSON."`
}

// Run saves the teams of a file, all or none.
func (c teamApplyCmd) Run(ctx context.Context, t terminal, all *commands) error {
	content, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("reading %s: %w", c.File, cause(err))
	}
	teams, err := readTeams(content)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return onStore(ctx, all, func(s *store.Store) error {
		for _, team := range teams {
			if err := s.SaveTeam(ctx, team); err != nil {
				return err
			}
			fmt.Fprintf(t.out, "Saved team %s: %s.\n", team.ID, team.Hours.Text(time.Now(), knowledge.English))
		}
		return nil
	})
}

type teamRemoveCmd struct {
	Team string `arg:"" help:"Id of the team."`
}

// Run removes a team.
func (c teamRemoveCmd) Run(ctx context.Context, t terminal, all *commands) error {
	if err := handoff.Removable(c.Team); err != nil {
		return err
	}
	return onStore(ctx, all, func(s *store.Store) error {
		if err := s.RemoveTeam(ctx, c.Team); errors.Is(err, handoff.ErrNotFound) {
			return fmt.Errorf("there is no team %q; see emma team list", c.Team)
		} else if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "Removed team %s.\n", c.Team)
		return nil
	})
}

type teamWaitsCmd struct {
	Days int `help:"How many days to look back." default:"14"`
}

// Run prints the report of waits.
func (c teamWaitsCmd) Run(ctx context.Context, t terminal, all *commands) error {
	return onStore(ctx, all, func(s *store.Store) error {
		samples, err := s.Samples(ctx, time.Now().AddDate(0, 0, -c.Days), 100_000)
		if err != nil {
			return err
		}
		if len(samples) == 0 {
			fmt.Fprintf(t.out, "Nobody has waited since %s.\n", time.Now().AddDate(0, 0, -c.Days).Format(time.DateOnly))
			return nil
		}
		teams, err := s.Teams(ctx)
		if err != nil {
			return err
		}
		return writeWaits(t.out, handoff.Reports(samples, func(id string) handoff.Team {
			for _, t := range teams {
				if t.ID == id {
					return t
				}
			}
			return teams[0] // what a team had that is gone
		}))
	})
}

// writeWaits prints how well the told waits were kept, as a table.
func writeWaits(out io.Writer, reports []handoff.Report) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "TEAM\tTIER\tWAITS\tLEFT\tP50\tP90\tWITHIN TOLD P90\tHANDLING\tFIRST REPLY IN TIME")
	for _, r := range reports {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%v\t%v\t%.0f %%\t%v\t%.0f %%\n", r.Team, r.Tier, r.Waits, r.Left,
			time.Duration(r.P50).Round(time.Second), time.Duration(r.P90).Round(time.Second), 100*r.Within90, time.Duration(r.Handling), 100*r.Prompt)
	}
	return table.Flush()
}
