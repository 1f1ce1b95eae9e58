package handoff

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// DefaultGrace is how long an agent may be without a sign of life, and MaxGrace the
// longest that can be set: a visitor does not wait longer for somebody who is gone.
const (
	DefaultGrace = 20 * time.Second
	MaxGrace     = 30 * time.Second
)

// attendance is who is connected to this node. What counts for the desk is the lease
// in the database, which Tick prolongs from here. Leases are moments of the nodes'
// own clocks, which have to agree within a few seconds.
type attendance struct {
	mu       sync.Mutex
	started  time.Time
	agents   map[*Attendance]struct{}
	active   map[string]time.Time // when a person was at an agent's desk last
	visitors map[string]int       // connections by conversation in the line or with an agent
	typed    map[string]time.Time // when a visitor of these was typing last
	renewed  time.Time
	noted    time.Time // when all visitors were noted last
	arrived  []string  // conversations whose visitors came since then
}

// Attendance is one connection of an agent.
type Attendance struct {
	desk  *Desk
	staff string
	seen  func() time.Time
}

// Attend notes a connection of an agent. seen gives the time of its last sign of
// life; it may be called from any goroutine. Leave ends it. A client may connect again by
// itself after a break, so that says nothing of a person, unless it changes something.
func (d *Desk) Attend(ctx context.Context, staff Staff, available bool, seen func() time.Time) (*Attendance, error) {
	a, now := &Attendance{desk: d, staff: staff.ID, seen: seen}, d.now()
	known, err := d.floor.Agents(ctx, time.Time{}, now)
	if err != nil {
		return nil, fmt.Errorf("looking who is here: %w", err)
	}
	var before Agent
	if i := slices.IndexFunc(known, func(k Agent) bool { return k.ID == staff.ID }); i >= 0 {
		before = known[i]
	}
	if !before.here(now) || available && !before.Available {
		a.Active()
	}
	if err := a.renew(ctx); err != nil {
		return nil, err
	}
	if available != before.Available {
		if err := d.floor.SetAvailable(ctx, staff.ID, available); err != nil {
			return nil, fmt.Errorf("setting an agent's status: %w", err)
		}
	}
	d.bus.Publish(Signal{Topic: TopicDesk}) // the boards of the staff show who is here
	d.attendance.mu.Lock()
	defer d.attendance.mu.Unlock()
	if d.attendance.agents == nil {
		d.attendance.agents = map[*Attendance]struct{}{}
	}
	d.attendance.agents[a] = struct{}{}
	return a, nil
}

// renew prolongs the agent's lease from now on.
func (a *Attendance) renew(ctx context.Context) error {
	if err := a.desk.floor.Renew(ctx, []Lease{{a.staff, a.desk.now().Add(a.desk.grace), a.desk.activeAt(a.staff)}}); err != nil {
		return fmt.Errorf("noting that an agent is here: %w", err)
	}
	return nil
}

// Set says that the agent takes conversations from now on, or does not: a person did that.
func (a *Attendance) Set(ctx context.Context, available bool) error {
	a.Active()
	if err := a.renew(ctx); err != nil {
		return err
	}
	if err := a.desk.floor.SetAvailable(ctx, a.staff, available); err != nil {
		return fmt.Errorf("setting an agent's status: %w", err)
	}
	return nil
}

// Leave ends the connection. The agent keeps their conversations for the grace time,
// to come back with another.
func (a *Attendance) Leave() {
	at := &a.desk.attendance
	at.mu.Lock()
	defer at.mu.Unlock()
	delete(at.agents, a)
}

// Visit notes a connection of a visitor who is in the line or with an agent, until
// leave is called.
func (d *Desk) Visit(conversation string) (leave func()) {
	at := &d.attendance
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.visitors == nil {
		at.visitors = map[string]int{}
	}
	at.visitors[conversation]++
	at.arrived = append(at.arrived, conversation)
	return sync.OnceFunc(func() {
		at.mu.Lock()
		defer at.mu.Unlock()
		if at.visitors[conversation]--; at.visitors[conversation] <= 0 {
			delete(at.visitors, conversation)
			delete(at.typed, conversation)
		}
	})
}

// visitorHere reports whether a visitor of the conversation is connected to this node.
func (d *Desk) visitorHere(conversation string) bool {
	d.attendance.mu.Lock()
	defer d.attendance.mu.Unlock()
	return d.attendance.visitors[conversation] > 0
}

// typing notes that a visitor who is connected to this node types: they are not silent.
func (d *Desk) typing(conversation string) {
	at := &d.attendance
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.visitors[conversation] == 0 {
		return
	}
	if at.typed == nil {
		at.typed = map[string]time.Time{}
	}
	at.typed[conversation] = d.now()
}

// typedAt is when a visitor typed last, zero when never.
func (d *Desk) typedAt(conversation string) time.Time {
	d.attendance.mu.Lock()
	defer d.attendance.mu.Unlock()
	return d.attendance.typed[conversation]
}

// noteVisitorsEvery is how exact it is known since when a visitor is gone.
const noteVisitorsEvery = 15 * time.Second

// renew prolongs the leases of those who gave a sign of life, and notes the visitors
// who are here.
func (d *Desk) renew(ctx context.Context, now time.Time) error {
	at := &d.attendance
	at.mu.Lock()
	last := map[string]Lease{}
	if now.Sub(at.renewed) >= d.grace/5 {
		at.renewed = now
		for staff, active := range at.active {
			last[staff] = Lease{Staff: staff, Active: active}
		}
		clear(at.active)
		for a := range at.agents {
			l := last[a.staff]
			last[a.staff] = Lease{a.staff, latest(l.Until, a.seen().Add(d.grace)), l.Active}
		}
	}
	visitors := at.arrived
	at.arrived = nil
	if now.Sub(at.noted) >= noteVisitorsEvery && len(at.visitors) > 0 {
		at.noted = now
		visitors = slices.Collect(maps.Keys(at.visitors))
	}
	at.mu.Unlock()
	if len(last) > 0 {
		if err := d.floor.Renew(ctx, slices.Collect(maps.Values(last))); err != nil {
			return fmt.Errorf("prolonging leases: %w", err)
		}
		d.line.outdate() // somebody may be back
	}
	if len(visitors) > 0 {
		if err := d.floor.VisitorsHere(ctx, visitors, now); err != nil {
			return fmt.Errorf("noting which visitors are here: %w", err)
		}
	}
	return nil
}
