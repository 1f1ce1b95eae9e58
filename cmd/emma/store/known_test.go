package store

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"go.uber.org/zap"

	"emma/handoff"
)

func openSQLite(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(context.Background(), Config{Database: "sqlite", Dir: dir, Log: zap.NewNop(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// rename sets the title, and returns the one before.
func rename(t *testing.T, s *Store, id, title string, fail error) (before string) {
	t.Helper()
	_, err := s.Change(context.Background(), id, handoff.Key{}, func(c *handoff.Conversation) ([]handoff.Event, error) {
		before, c.Title = c.Title, title
		return nil, fail
	})
	if !errors.Is(err, fail) {
		t.Fatal(err)
	}
	return before
}

// Whatever a conversation may hold, the writer knows of it what its row would give.
func TestTheWriterKnowsWhatTheRowsHold(t *testing.T) {
	t.Parallel()
	s := openSQLite(t, t.TempDir())
	var full handoff.Conversation
	setAll(t, reflect.ValueOf(&full).Elem())
	full.State = handoff.StateAgent
	for _, at := range []*time.Time{&full.OpenedAt, &full.ChangedAt, &full.AskedAt, &full.Offer.Until} {
		*at = at.Add(123_456 * time.Nanosecond)
	}
	ctx := context.Background()
	if err := s.Create(ctx, full); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Change(ctx, full.ID, handoff.Key{}, func(c *handoff.Conversation) ([]handoff.Event, error) {
		*c = full
		return nil, nil
	}); err != nil {
		t.Fatal(err)
	}
	row, err := s.Conversation(ctx, full.ID)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := s.writers[0].known.conversations[full.ID]
	if !ok || !reflect.DeepEqual(got.Conversation, row) {
		t.Errorf("the writer knows\n%+v\nand the row holds\n%+v", got.Conversation, row)
	}
	if reflect.DeepEqual(full, row) {
		t.Error("this conversation holds nothing that its row does not: the test sees nothing")
	}
}

// What another process writes is seen, and what came to nothing is not.
func TestTheWriterKnowsNothingOutdated(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, b := openSQLite(t, dir), openSQLite(t, dir)
	ctx := context.Background()
	const id = "c"
	if err := a.Create(ctx, handoff.Conversation{ID: id, State: handoff.StateBot, Title: "zero"}); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	for i, step := range []struct {
		of            *Store
		title, before string
		fail          error
		known         bool // before this step
	}{
		{a, "one", "zero", nil, false},
		{a, "two", "one", nil, true},
		{b, "three", "two", nil, false},
		{a, "four", "three", nil, true}, // what it knows is wrong
		{a, "lost", "four", refused, true},
		{a, "five", "four", nil, false},
		{b, "six", "five", nil, true},
	} {
		if _, ok := step.of.writers[0].known.conversations[id]; ok != step.known {
			t.Errorf("step %d: the writer knows the conversation: %v", i, ok)
		}
		if before := rename(t, step.of, id, step.title, step.fail); before != step.before {
			t.Errorf("step %d: the title was %q, want %q", i, before, step.before)
		}
	}
}

func TestTheWriterKnowsABoundedNumber(t *testing.T) {
	t.Parallel()
	k := newKnown()
	many := make([]handoff.Conversation, knownLimit+10)
	for i := range many {
		many[i].ID = string(rune(i))
	}
	k.keep(many)
	if len(k.conversations) != knownLimit {
		t.Errorf("it holds %d conversations", len(k.conversations))
	}
}
