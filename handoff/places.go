package handoff

import (
	"context"
	"time"
)

const (
	// nearPlaces is how many of a line are told of each step.
	nearPlaces = 20
	// farRest is how often those behind them are told at most: to them a step means
	// little, and with a thousand in the line it would mean a thousand messages.
	farRest = 5 * time.Second
)

// follower is somebody who waits and is told where they stand.
type follower struct {
	conversation string
	wake         func()
	version      int64     // of the line, when woken last
	at           time.Time // of that, or of the beginning
}

// FollowPlaces calls wake whenever the place or the wait of a conversation in the line
// may have changed, until cancel is called; see nearPlaces. It hears of a burst of changes
// once, from Tick: with thousands in the line everyone would else look it up at each step
// of everyone else.
func (d *Desk) FollowPlaces(conversation string, wake func()) (cancel func()) {
	l, f := &d.line, &follower{conversation: conversation, wake: wake, at: d.now()}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.followers == nil {
		l.followers = map[*follower]struct{}{}
	}
	l.followers[f] = struct{}{}
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.followers, f)
	}
}

// tellPlaces wakes those who wait when the line moved or others serve it now.
func (d *Desk) tellPlaces(ctx context.Context, now time.Time) error {
	snapshot, err := d.snapshot(ctx, d.line.rest())
	if err != nil {
		return err
	}
	crew := snapshot.crewOf(now)
	l := &d.line
	l.mu.Lock()
	changed := crew != l.crew
	l.crew = crew
	for f := range l.followers {
		if !changed && (f.version == l.read || snapshot.far(f.conversation) && now.Sub(f.at) < farRest) {
			continue
		}
		f.version, f.at = l.read, now
		f.wake()
	}
	l.mu.Unlock()
	if changed { // the boards of the staff show who is here
		d.bus.Publish(Signal{Topic: TopicDesk})
	}
	return nil
}

// far reports whether a conversation stands behind those who are told of each step.
func (l *line) far(conversation string) bool {
	place, ok := l.place[conversation]
	if !ok { // joined since, or is behind all that are read
		return len(l.waiting) >= lineLimit
	}
	return place > nearPlaces
}
