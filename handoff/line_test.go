package handoff

import (
	"context"
	"testing"
	"time"
)

// slowLine is a store in which reading the line takes until it is let go.
type slowLine struct {
	*model
	reading chan struct{} // gets a value when a reading begins
	letGo   chan struct{}
}

func (s *slowLine) Line(ctx context.Context, limit int) ([]Conversation, error) {
	s.reading <- struct{}{}
	<-s.letGo
	return s.model.Line(ctx, limit)
}

// Who joins a line does not wait until somebody else has read it: what is said to them
// comes from the last reading. Who asks for the line as it is does wait.
func TestJoiningDoesNotWaitForTheLine(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(teams)
	s := &slowLine{model: m, reading: make(chan struct{}, 10), letGo: make(chan struct{}, 10)}
	d, err := NewDesk(ctx, Config{Store: s, Floor: m, Emma: parrot{}, Bus: m, Now: func() time.Time { return now }, Grace: DefaultGrace, AlwaysOpen: true})
	if err != nil {
		t.Fatal(err)
	}
	join := func(id string) {
		t.Helper()
		if err := m.Create(ctx, Conversation{ID: id, State: StateBot, OpenedAt: now}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.AskPerson(ctx, id, "person of "+id); err != nil {
			t.Fatal(err)
		}
	}
	s.letGo <- struct{}{}
	join("first")
	<-s.reading
	now = now.Add(2 * entryAge)
	present := make(chan *line)
	go func() {
		l, err := d.snapshot(ctx, 0)
		if err != nil {
			t.Error(err)
		}
		present <- l
	}()
	<-s.reading
	join("second") // hangs when it waits for the line
	select {
	case <-present:
		t.Error("who asks for the line as it is got an older one")
	default:
	}
	s.letGo <- struct{}{}
	if l := <-present; len(l.waiting) != 2 {
		t.Errorf("the line as it is has %d people, not 2", len(l.waiting))
	}
}
