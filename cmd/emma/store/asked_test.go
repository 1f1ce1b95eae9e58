package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"emma/cmd/emma/store"
	"emma/handoff"
	"emma/knowledge"
)

// beginNow adds a conversation as the desk does and returns its id.
func beginNow(t *testing.T, desk *handoff.Desk) string {
	t.Helper()
	c, _, err := desk.Begin(context.Background(), "en", "")
	if err != nil {
		t.Fatal(err)
	}
	return c.ID
}

func say(t *testing.T, desk *handoff.Desk, id, text string) {
	t.Helper()
	receipt, err := desk.Say(context.Background(), id, uuid.NewString(), text)
	if err == nil {
		err = desk.Answer(context.Background(), receipt)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasAskedIsTakenOverOnceAndKeptUpToDate(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		desk := deskOn(t, s)
		asked := func() []knowledge.Asked {
			t.Helper()
			list, err := s.Asked(ctx, time.Now().Add(-time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		if len(asked()) != 0 {
			t.Fatal("a new notebook is not empty")
		}
		first := beginNow(t, desk)
		say(t, desk, first, "where is the office, I am A123456789")
		list := asked()
		if len(list) != 1 || list[0].Outcome != knowledge.OutcomeAnswered || list[0].Text != "where is the office, I am [A-number]" || list[0].Confidence != .97 {
			t.Fatalf("the notebook holds %+v", list)
		}
		if _, err := desk.Feedback(ctx, first, uuid.NewString(), 2, false, ""); err != nil {
			t.Fatal(err)
		}
		if used, err := s.Used(ctx, time.Now().Add(-time.Hour)); err != nil || len(used) != 1 || used[0].Shown != 1 || used[0].Unhelpful != 1 || used[0].HandedOff != 0 {
			t.Errorf("the articles did %+v %v", used, err)
		}
		second := beginNow(t, desk)
		say(t, desk, second, "and how late")
		again := asked()
		if len(again) != 2 || again[0].ID != list[0].ID || again[0].Outcome != knowledge.OutcomeUnhelpful {
			t.Fatalf("after more talk the notebook holds %+v", again)
		}

		closing, err := s.CloseAsked(ctx, []string{again[0].ID, "nonsense"}, knowledge.Closing{By: "Ed", What: knowledge.ClosedDismissed, Reason: "no", Text: "where"})
		if err != nil || closing.Questions != 1 || closing.ID == "" {
			t.Fatal(closing, err)
		}
		if got := asked(); got[0].Closing != closing.ID || got[1].Closing != "" {
			t.Errorf("after closing: %+v", got)
		}
		closings, err := s.Closings(ctx, 10)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]knowledge.Closing{closing}, closings); diff != "" {
			t.Error(diff)
		}
		if _, err := s.CloseAsked(ctx, []string{"nonsense"}, closing); !errors.Is(err, knowledge.ErrNotFound) {
			t.Errorf("closing nothing gave %v", err)
		}
		if err := s.ReopenAsked(ctx, closing.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.ReopenAsked(ctx, closing.ID); !errors.Is(err, knowledge.ErrNotFound) {
			t.Errorf("opening it twice gave %v", err)
		}
		if got := asked(); got[0].Closing != "" {
			t.Errorf("after opening it again: %+v", got[0])
		}
	})
}

func TestTheNotebookDoesNotReadOldConversations(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		now := time.Now()
		d.config.Now = func() time.Time { return now.Add(100 * 24 * time.Hour) }
		s := d.open(t)
		desk := deskOn(t, s) // whose clock is right: its conversations are 100 days old
		say(t, desk, beginNow(t, desk), "an old question")
		if list, err := s.Asked(context.Background(), time.Time{}); err != nil || len(list) != 0 {
			t.Errorf("the notebook holds %+v, %v", list, err)
		}
	})
}

var _ knowledge.Notebook = (*store.Store)(nil)
