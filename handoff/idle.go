package handoff

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// DefaultIdle is how long nobody may be at an agent's desk before the agent is set away:
// longer than it takes to read a long notice, and short against a visitor's patience.
const DefaultIdle = 15 * time.Minute

// Absence is why the desk set an agent away by itself.
type Absence string

// The reasons: an offer ran out, or nobody was at the agent's desk for Config.Idle.
const (
	AbsenceMissed Absence = "missed"
	AbsenceIdle   Absence = "idle"
)

// idle reports whether an agent takes conversations although nobody was at their desk
// for so long; 0 is never. Their own words are a sign too, so that nobody is set away in
// the middle of a talk.
func (a Agent) idle(limit time.Duration, now time.Time) bool {
	return limit > 0 && a.here(now) && a.Available && now.Sub(a.ActiveAt) >= limit
}

// ActiveEvery is how often a client has to tell that a person is there, so that nobody
// who is counts as idle; 0 for never.
func (d *Desk) ActiveEvery() time.Duration { return min(d.idle/2, time.Minute) }

// Active notes that a person is at the other end. It may be called from any goroutine.
func (a *Attendance) Active() {
	at := &a.desk.attendance
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.active == nil {
		at.active = map[string]time.Time{}
	}
	at.active[a.staff] = a.desk.now()
}

// activeAt is when a person was at an agent's desk last, as far as this node saw it.
func (d *Desk) activeAt(staff string) time.Time {
	d.attendance.mu.Lock()
	defer d.attendance.mu.Unlock()
	return d.attendance.active[staff]
}

// setIdleAway sets away the agents who are idle: visitors are told the truth about who is
// there, and nothing is offered to an empty chair.
func (d *Desk) setIdleAway(ctx context.Context, now time.Time) error {
	snapshot, err := d.snapshot(ctx, d.line.rest())
	if err != nil || d.idle == 0 {
		return err
	}
	var errs []error
	for _, a := range snapshot.agents {
		if a.ActiveAt = latest(a.ActiveAt, d.activeAt(a.ID)); a.idle(d.idle, now) {
			errs = append(errs, d.setAway(ctx, a.ID, AbsenceIdle, now.Add(-d.idle)))
		}
	}
	return errors.Join(errs...)
}

// setAway sets an agent away, unless a person was at their desk after since, when it is
// given.
func (d *Desk) setAway(ctx context.Context, staff string, why Absence, since time.Time) error {
	if err := d.floor.SetAway(ctx, staff, why, since); err != nil {
		return fmt.Errorf("setting an agent away: %w", err)
	}
	return nil
}
