package handoff

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"
)

// teams is what the desk knows of its teams. It is read again when somebody saved
// one, and now and then, since commands beside the server change them too.
type teams struct {
	list   atomic.Pointer[[]Team]
	stale  atomic.Bool
	readAt atomic.Int64 // Unix milliseconds
	always bool
}

const readTeamsEvery = 2 * time.Second

// readTeams reads the teams anew.
func (d *Desk) readTeams(ctx context.Context) error {
	d.teams.stale.Store(false)
	list, err := d.floor.Teams(ctx)
	if err != nil {
		return fmt.Errorf("reading the teams: %w", err)
	}
	for i := range list {
		list[i].Hours.Always = d.teams.always
	}
	d.teams.list.Store(&list)
	d.teams.readAt.Store(d.now().UnixMilli())
	return nil
}

// followTeams reads the teams anew when they may have changed.
func (d *Desk) followTeams(ctx context.Context) error {
	age := d.now().UnixMilli() - d.teams.readAt.Load()
	if !d.teams.stale.Load() && age < readTeamsEvery.Milliseconds() {
		return nil
	}
	return d.readTeams(ctx)
}

// Teams lists the teams.
func (d *Desk) Teams() []Team { return slices.Clone(*d.teams.list.Load()) }

// Team returns a team; what names none that exists goes to the one for general help.
func (d *Desk) Team(id string) Team {
	list := *d.teams.list.Load()
	for _, name := range []string{id, defaultTeam} {
		if i := slices.IndexFunc(list, func(t Team) bool { return t.ID == name }); i >= 0 {
			return list[i]
		}
	}
	return list[0]
}

// hasTeam reports whether there is such a team.
func (d *Desk) hasTeam(id string) bool {
	return slices.ContainsFunc(*d.teams.list.Load(), func(t Team) bool { return t.ID == id })
}

// SaveTeam adds or replaces a team, on behalf of a supervisor.
func (d *Desk) SaveTeam(ctx context.Context, by Staff, t Team) error {
	if !by.Supervises() {
		return fmt.Errorf("saving a team: %w", ErrForbidden)
	}
	if err := t.Validate(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if err := d.floor.SaveTeam(ctx, t); err != nil {
		return fmt.Errorf("saving team %s: %w", t.ID, err)
	}
	return d.readTeams(ctx)
}

// RemoveTeam removes a team; who waits in it goes on waiting in general help.
func (d *Desk) RemoveTeam(ctx context.Context, by Staff, id string) error {
	if !by.Supervises() {
		return fmt.Errorf("removing a team: %w", ErrForbidden)
	}
	if err := Removable(id); err != nil {
		return err
	}
	if err := d.floor.RemoveTeam(ctx, id); err != nil {
		return fmt.Errorf("removing team %s: %w", id, err)
	}
	return d.readTeams(ctx)
}

// Removable refuses the team that takes what names no other.
func Removable(id string) error {
	if id == defaultTeam {
		return fmt.Errorf("%w: %s takes what names no other team and cannot be removed", ErrInvalid, id)
	}
	return nil
}
