package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/handoff"
)

// dayCommand simulates a day at the desk: the real desk and store under a clock of
// their own, with made-up visitors and agents. It needs no server.
type dayCommand struct {
	Visitors int           `help:"Visitors who ask for a person between opening and closing." default:"500"`
	Agents   int           `help:"Agents, of whom about a third works at a time." default:"7"`
	Handling time.Duration `help:"Mean time of a talk." default:"9m"`
	Seed     uint64        `help:"Seed of chance: of when visitors come and how long talks take." default:"1"`
	Step     time.Duration `help:"How often the desk looks what is due, in the time of the day." default:"10s"`
	Hours    int           `help:"How many hours of the day to play, from its beginning." default:"13"`
	Data     string        `help:"Folder for the database; a temporary one without it." type:"path"`
}

func (c *dayCommand) run(ctx context.Context, out, progress io.Writer) (err error) {
	dir := c.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "emma-day-"); err != nil {
			return fmt.Errorf("making a folder for the database: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	d, err := c.simulate(ctx, dir, progress)
	if err != nil {
		return err
	}
	d.print(out)
	if len(d.broken) > 0 {
		return fmt.Errorf("%w: %s", errBroken, d.broken[0])
	}
	return nil
}

// simulate runs the day and returns what happened.
func (c *dayCommand) simulate(ctx context.Context, dir string, progress io.Writer) (_ *day, err error) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		return nil, fmt.Errorf("loading the time zone: %w", err)
	}
	d := newDay(c, time.Date(2027, 3, 9, 8, 0, 0, 0, zone))
	s, err := store.Open(ctx, store.Config{Database: "sqlite", Dir: dir, Log: zap.NewNop(), Now: d.clock})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	d.store = s
	if err := d.open(ctx); err != nil {
		return nil, err
	}
	for hour := 0; d.now.Before(d.ends); {
		if err := d.step(ctx); err != nil {
			return nil, err
		}
		if passed := int(d.now.Sub(d.begins) / time.Hour); passed > hour {
			hour = passed
			fmt.Fprintf(progress, "%s  %3d waiting, %3d in talks\n", d.now.Format("15:04"), len(d.waiting), d.talks)
		}
	}
	d.samples, err = s.Samples(ctx, d.begins, 1_000_000)
	return d, err
}

// open makes the team, its staff, and what will happen.
func (d *day) open(ctx context.Context) (err error) {
	teams, err := handoff.StartTeams()
	if err != nil {
		return err
	}
	team := teams[0]
	team.Assignment = handoff.Automatic
	if err := d.store.SaveTeam(ctx, team); err != nil {
		return err
	}
	d.desk, err = handoff.NewDesk(ctx, handoff.Config{
		Store: d.store, Floor: d.store, Emma: silent{}, Bus: d.store, Now: d.clock, Grace: handoff.DefaultGrace,
	})
	if err != nil {
		return err
	}
	for n := range d.plan.Agents {
		w := d.newWorker(n)
		if err := d.store.AddStaff(ctx, w.staff); err != nil {
			return err
		}
		d.workers = append(d.workers, w)
	}
	d.planArrivals()
	return nil
}
