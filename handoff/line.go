package handoff

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// lineLimit bounds the snapshot of the line. Beyond it a visitor's place is "at
// least this far back", and the console shows the first ones.
const lineLimit = 2000

// Wait is an honest range: half of the visitors wait at most P50, nine in ten at most P90.
type Wait struct{ P50, P90 time.Duration }

// Place is where a waiting visitor stands.
type Place struct {
	Position int // 1 is next
	Wait     Wait
	Open     bool
	OpensAt  time.Time // when closed; zero when it never opens
}

// estimateWait is the wait for the n-th in line (1 is next) with so many agents, on
// the prior of a fresh desk: a talk takes 8 minutes in the median, agents hold
// three at a time, and the ninth decile takes 2.2 times as long. It counts from
// when the desk is open.
func estimateWait(n, agents int) Wait {
	const talk, held, spread = 8 * time.Minute, 3, 2.2
	p50 := talk * time.Duration(n) / time.Duration(max(agents, 1)*held)
	return Wait{P50: p50.Round(time.Second), P90: time.Duration(float64(p50) * spread).Round(time.Second)}
}

// line is a snapshot of everyone who waits.
type line struct {
	waiting []Conversation
	place   map[string]int // within team and tier
}

// lineCache keeps one snapshot for all connections of this node until something
// changes, so that a change costs one query and not one for each of them.
type lineCache struct {
	mu      sync.Mutex
	version int64 // counts changes
	read    int64 // version at which the snapshot was begun
	current *line
}

func (l *lineCache) outdate() {
	l.mu.Lock()
	l.version++
	l.mu.Unlock()
}

// snapshot returns the line as it was at or after the last change.
func (d *Desk) snapshot(ctx context.Context) (*line, error) {
	l := &d.line
	l.mu.Lock()
	if l.current != nil && l.read == l.version {
		defer l.mu.Unlock()
		return l.current, nil
	}
	begun := l.version
	l.mu.Unlock()
	waiting, err := d.store.Line(ctx, lineLimit)
	if err != nil {
		return nil, fmt.Errorf("reading the line: %w", err)
	}
	snapshot := &line{waiting: waiting, place: make(map[string]int, len(waiting))}
	type queue struct {
		team string
		tier int
	}
	count := map[queue]int{}
	for _, c := range waiting {
		q := queue{c.Team, c.Tier}
		count[q]++
		snapshot.place[c.ID] = count[q]
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if begun >= l.read {
		l.current, l.read = snapshot, begun
	}
	return snapshot, nil
}

// Board lists who waits, first come first, and the conversations that one agent
// has. The first slice is shared: callers only read it.
func (d *Desk) Board(ctx context.Context, agent string) (waiting, mine []Conversation, err error) {
	snapshot, err := d.snapshot(ctx)
	if err != nil {
		return nil, nil, err
	}
	if mine, err = d.store.HeldBy(ctx, agent); err != nil {
		return nil, nil, fmt.Errorf("reading an agent's conversations: %w", err)
	}
	return snapshot.waiting, mine, nil
}

// PlaceOf tells a waiting visitor's place; ok is false when they do not wait.
func (d *Desk) PlaceOf(ctx context.Context, conversation string) (p Place, ok bool, err error) {
	snapshot, err := d.snapshot(ctx)
	if err != nil {
		return Place{}, false, err
	}
	n, ok := snapshot.place[conversation]
	if !ok {
		return Place{}, false, nil
	}
	now := d.now()
	p = Place{Position: n, Wait: estimateWait(n, d.availableAgents()), Open: d.hours.Open(now)}
	if !p.Open {
		p.OpensAt = d.hours.NextOpen(now)
	}
	return p, true, nil
}
