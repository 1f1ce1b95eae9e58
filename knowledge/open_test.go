package knowledge

import (
	"context"
	"errors"
	"testing"
	"time"
)

// slow is a source that answers when it is told to.
type slow struct {
	answer   chan error
	articles fixed
}

func (s slow) Published(ctx context.Context, after int64) ([]Article, int64, error) {
	if err := <-s.answer; err != nil {
		return nil, 0, err
	}
	return s.articles.Published(ctx, after)
}

func TestWhoAsksABaseThatIsBeingOpenedWaits(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	source := slow{make(chan error), fixed{{ID: "hours", Language: English, Question: "When is the office open?", Answer: "At nine.", Status: StatusPublished, Revision: 1, Change: 1}}}
	b := NewBase(Config{Source: source})
	go func() { _ = b.Open(ctx) }() // Opened tells what came of it
	found := make(chan Result)
	go func() {
		r, err := b.Search(ctx, Query{Text: "office open", Language: English})
		if err != nil {
			t.Error(err)
		}
		found <- r
	}()
	select {
	case r := <-found:
		t.Fatalf("found before anything was read: %+v", r)
	case <-time.After(50 * time.Millisecond):
	}
	source.answer <- nil
	if r := <-found; len(r.Hits) != 1 {
		t.Errorf("found: %+v", r)
	}
	if err := b.Opened(ctx); err != nil {
		t.Error(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

func TestABaseThatCannotBeOpenedSaysWhy(t *testing.T) {
	t.Parallel()
	gone := errors.New("the disk is gone")
	source := slow{answer: make(chan error, 1)}
	b := NewBase(Config{Source: source})
	source.answer <- gone
	for what, err := range map[string]error{
		"open":    b.Open(context.Background()),
		"opened":  b.Opened(context.Background()),
		"refresh": b.Refresh(context.Background()),
		"settle":  b.Settle(context.Background()),
	} {
		if !errors.Is(err, gone) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if r, err := b.Search(context.Background(), Query{Text: "office", Language: English}); err != nil || len(r.Hits) > 0 {
		t.Errorf("search: %+v, %v", r, err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	source.answer <- gone
	if _, err := OpenBase(context.Background(), Config{Source: source}); !errors.Is(err, gone) {
		t.Errorf("open: %v", err)
	}
}

func TestABaseThatIsClosedBeforeItIsOpenIsClosed(t *testing.T) {
	t.Parallel()
	b := NewBase(Config{Source: fixed{}})
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.Open(context.Background()); !errors.Is(err, errClosed) {
		t.Errorf("open: %v", err)
	}
	if _, err := b.Search(context.Background(), Query{Text: "office", Language: English}); err != nil {
		t.Errorf("search: %v", err)
	}
}
