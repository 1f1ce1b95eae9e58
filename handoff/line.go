package handoff

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// lineLimit bounds the snapshot of the line. Beyond it a visitor's place is "at
	// least this far back", and the console shows the first ones.
	lineLimit = 2000
	// lineAge is how long a snapshot is good without a signal: leases and after-chat work
	// run out silently.
	lineAge = time.Second
	// placeAge is how old a snapshot may be for the place of one who is in it.
	placeAge = 3 * time.Second
	// entryAge is how old a snapshot may be for what somebody is told who joins.
	entryAge = time.Second
)

// Place is where a waiting visitor stands.
type Place struct {
	Position int  // 1 is next
	Wait     Wait // zero while the team is closed or nobody of it is there
	Open     bool
	OpensAt  time.Time // when closed; zero when it never opens
	Staffed  bool      // somebody who takes conversations of this line is there
	// Long reports whether the wait is above the limit of the team, or unknown: then
	// other ways than waiting are offered.
	Long bool
}

// queue is one line: those who wait for the same people.
type queue struct {
	team string
	tier int
}

// line is a snapshot of everyone who waits and of everyone who serves.
type line struct {
	waiting []Conversation
	at      map[string]int // index in waiting
	place   map[string]int // within team and tier
	count   map[queue]int
	agents  []Agent
	readAt  time.Time
}

// lineCache keeps one snapshot for all connections of this node until something
// changes, so that a change costs one query and not one for each of them.
type lineCache struct {
	reading sync.Mutex // held by the one that reads a new snapshot

	mu      sync.Mutex
	version int64 // counts changes
	read    int64 // version at which the snapshot was begun
	current *line
	cost    time.Duration // what reading it took

	crew      string // who took conversations when those who wait were told last
	followers map[*follower]struct{}
}

func (l *lineCache) outdate() {
	l.mu.Lock()
	l.version++
	l.mu.Unlock()
}

// known returns the present snapshot when it holds the changes up to a version, or is
// younger than age; else nil.
func (l *lineCache) known(version int64, now time.Time, age time.Duration) *line {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		return nil
	}
	if old := now.Sub(l.current.readAt); old < age || l.read >= version && old < lineAge {
		return l.current
	}
	return nil
}

// last returns the snapshot that was read last, or nil.
func (l *lineCache) last() *line {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.current
}

// snapshot returns the line as it was at or after the last change, or at most age ago.
// Many who ask at the same time share one reading. Who may have an older line (age is not
// zero) does not wait for one that somebody else is reading, but takes the last: to read a
// line of thousands takes long, and everybody's questions would wait for those who join.
func (d *Desk) snapshot(ctx context.Context, age time.Duration) (*line, error) {
	l, now := &d.line, d.now()
	l.mu.Lock()
	version := l.version
	l.mu.Unlock()
	if s := l.known(version, now, age); s != nil {
		return s, nil
	}
	if !l.reading.TryLock() {
		if s := l.last(); s != nil && age > 0 {
			return s, nil
		}
		l.reading.Lock()
	}
	defer l.reading.Unlock()
	if s := l.known(version, now, age); s != nil {
		return s, nil
	}
	l.mu.Lock()
	begun := l.version
	l.mu.Unlock()
	waiting, err := d.store.Line(ctx, lineLimit)
	if err != nil {
		return nil, fmt.Errorf("reading the line: %w", err)
	}
	agents, err := d.floor.Agents(ctx, now, now)
	if err != nil {
		return nil, fmt.Errorf("looking who is here: %w", err)
	}
	snapshot := newLine(waiting, agents, now)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current, l.read, l.cost = snapshot, begun, d.now().Sub(now)
	return snapshot, nil
}

// rest is how long the line is left alone after a reading, so that a rush to the line
// keeps the database busy a fortieth of the time at most.
func (l *lineCache) rest() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return 40 * l.cost
}

// patience is how old a line may be for a visitor whose message would have to wait until
// it is read: so old that Tick, which reads it after each rest, comes first.
func (l *lineCache) patience() time.Duration { return 3 * l.rest() }

func newLine(waiting []Conversation, agents []Agent, now time.Time) *line {
	l := &line{waiting: waiting, agents: agents, readAt: now,
		at: make(map[string]int, len(waiting)), place: make(map[string]int, len(waiting)), count: map[queue]int{}}
	for i, c := range waiting {
		q := queue{c.Team, c.Tier}
		l.count[q]++
		l.at[c.ID], l.place[c.ID] = i, l.count[q]
	}
	return l
}

// crew is who serves a line of a team and tier. Somebody who serves several lines
// counts for each in the measure in which people wait there.
func (l *line) crew(t Team, tier int, team func(string) Team, now time.Time) crew {
	var c crew
	mine := max(l.count[queue{t.ID, tier}], 1)
	for _, a := range l.agents {
		if !a.here(now) || !a.Available || a.Takes(t, tier) != nil {
			continue
		}
		all := mine
		for q, n := range l.count {
			if q != (queue{t.ID, tier}) && a.Takes(team(q.team), q.tier) == nil {
				all += n
			}
		}
		share := float64(mine) / float64(all)
		c.people++
		c.room += share * float64(a.Room())
		c.free += share * float64(a.free(now))
	}
	return c
}

// place is what a conversation that stands at a position can be told.
func (d *Desk) place(l *line, c Conversation, position int, now time.Time) (Place, Forecast) {
	t := d.Team(c.Team)
	p := Place{Position: position, Open: t.Hours.Open(now)}
	if !p.Open {
		p.OpensAt, p.Long = t.Hours.NextOpen(now), true
		return p, Forecast{}
	}
	crew := l.crew(t, c.Tier, d.Team, now)
	if p.Staffed = crew.people > 0; !p.Staffed {
		p.Long = true
		return p, Forecast{}
	}
	pace := d.pace(t, c.Tier)
	model, behind := crew.model(position, pace)
	p.Wait = pace.tell(model, behind)
	p.Long = t.WaitLimit > 0 && p.Wait.P90 > time.Duration(t.WaitLimit)
	return p, Forecast{At: now, Position: position, Behind: behind, Told: p.Wait, Model: model}
}

// PlaceOf tells a waiting visitor's place; ok is false when they do not wait.
func (d *Desk) PlaceOf(ctx context.Context, conversation string) (p Place, ok bool, err error) {
	return d.placeOf(ctx, conversation, 0)
}

// FollowedPlace is PlaceOf for one who is woken by FollowPlaces, as of the last time that
// it woke somebody: ok is also false when they joined in such a rush that their place is
// known only when it wakes them.
func (d *Desk) FollowedPlace(ctx context.Context, conversation string) (p Place, ok bool, err error) {
	return d.placeOf(ctx, conversation, d.line.patience())
}

// placeOf looks the place up in the last snapshot, or for one who is not there in one
// that is at most age old.
func (d *Desk) placeOf(ctx context.Context, conversation string, age time.Duration) (p Place, ok bool, err error) {
	snapshot, err := d.snapshot(ctx, placeAge)
	if err != nil {
		return Place{}, false, err
	}
	i, ok := snapshot.at[conversation]
	if !ok { // they may have joined since
		if snapshot, err = d.snapshot(ctx, age); err != nil {
			return Place{}, false, err
		}
		if i, ok = snapshot.at[conversation]; !ok {
			return Place{}, false, nil
		}
	}
	p, _ = d.place(snapshot, snapshot.waiting[i], snapshot.place[conversation], d.now())
	return p, true, nil
}

// crewOf names who takes conversations now and how many.
func (l *line) crewOf(now time.Time) string {
	var names []string
	for _, a := range l.agents {
		if a.here(now) && a.Available {
			names = append(names, fmt.Sprint(a.ID, a.Room()))
		}
	}
	slices.SortFunc(names, cmp.Compare[string])
	return strings.Join(names, " ")
}
