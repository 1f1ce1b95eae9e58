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
	// stillRest is how often at most they are told when they stand where they stood: only
	// the wait can be another.
	stillRest = 30 * time.Second
)

// follower is somebody who waits and is told where they stand.
type follower struct {
	conversation string
	wake         func()
	version      int64     // of the line, when woken last
	place        int       // at that time
	at           time.Time // that time, or the beginning
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
		place := snapshot.place[f.conversation]
		if !changed && (f.version == l.read || !f.due(place, now)) {
			continue
		}
		f.version, f.place, f.at = l.read, place, now
		f.wake()
	}
	l.mu.Unlock()
	if changed { // the boards of the staff show who is here
		d.bus.Publish(Signal{Topic: TopicDesk})
	}
	return nil
}

// due reports whether somebody is told that the line has moved. A place of 0 is behind
// all that are read, or not read yet: there is nothing to tell.
func (f *follower) due(place int, now time.Time) bool {
	switch rest := now.Sub(f.at); {
	case place == 0:
		return false
	case place <= nearPlaces:
		return true
	case place == f.place:
		return rest >= stillRest
	default:
		return rest >= farRest
	}
}
