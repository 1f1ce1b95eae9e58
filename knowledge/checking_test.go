package knowledge

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// finished waits for a check's end.
func finished(t *testing.T, w *Workshop, id string) Check {
	t.Helper()
	run, err := w.checks.find(id)
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-run.ended:
	case <-time.After(2 * time.Minute):
		t.Fatal("the check does not end")
	}
	return run.snapshot()
}

// draft saves an article as its next revision without publishing it.
func (s *shelfStore) draft(t *testing.T, a Article) Step {
	t.Helper()
	if s.live == nil {
		s.live = map[string]Article{}
		for key, a := range s.articles {
			s.live[key] = a
		}
	}
	saved, err := s.SaveArticle(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	return Step{ID: saved.ID, Language: saved.Language, Revision: saved.Revision}
}

func TestTheGateFindsWhatAnEditTakesAway(t *testing.T) {
	ctx := context.Background()
	w, s, n := workshopOn(t, asks("en", OutcomeUnanswered, "zeppelin parking", "where do i park a zeppelin", "Zeppelin  parking")...)
	press := w.press.(*paperPress)
	press.tests = []Test{{Language: "en", Text: "how do I renew my green card", Article: "gc-renew"}}

	// A good edit: a new article for what was asked in vain.
	good := s.draft(t, Article{ID: "zeppelin", Language: "en", Question: "Where do I park my zeppelin?", Answer: "On the roof."})
	c, err := w.StartCheck(ctx, []Step{good})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.PublishChecked(ctx, c.ID, "", time.Time{}, "Ed"); c.State == "running" && !errors.Is(err, ErrUnchecked) {
		t.Errorf("publishing before the check is over gave %v", err)
	}
	if c = finished(t, w, c.ID); c.State != "done" || c.Blocks || c.Report.Answered != 3 || c.Report.Asked != 3 || c.Report.Tests != 1 || c.Report.Wordings < 50 {
		t.Fatalf("the check of a good edit is %+v %+v", c, c.Report)
	}
	if _, err := w.PublishChecked(ctx, c.ID, "", time.Time{}, "Ed"); err != nil || len(press.steps) != 1 || press.steps[0].To != StatusPublished {
		t.Errorf("publishing gave %v, %+v", err, press.steps)
	}

	// A bad edit: an article that takes the questions of another one.
	greedy := s.live["gc-renew/en"]
	greedy.ID, greedy.Revision, greedy.Answer = "greedy", 0, "I take it all."
	bad := s.draft(t, greedy)
	if c, err = w.StartCheck(ctx, []Step{bad}); err != nil {
		t.Fatal(err)
	}
	if c = finished(t, w, c.ID); !c.Blocks || c.Report.TestsLost != 1 || c.Report.Shifts[0].Kind != ProbeTest {
		t.Fatalf("the check of a bad edit is %+v %+v", c, c.Report)
	}
	if _, err := w.PublishChecked(ctx, c.ID, " ", time.Time{}, "Ed"); !errors.Is(err, ErrBlocked) {
		t.Errorf("publishing it without a reason gave %v", err)
	}
	if _, err := w.PublishChecked(ctx, c.ID, "it is the law", time.Time{}, "Ed"); err != nil || !strings.HasPrefix(press.note, "it is the law (lost in the check:") {
		t.Errorf("publishing it with a reason gave %v and the note %q", err, press.note)
	}

	if _, err := w.StartCheck(ctx, []Step{{ID: "greedy", Language: "en", Revision: 7}}); !errors.Is(err, ErrStale) {
		t.Errorf("checking another revision gave %v", err)
	}
	n.asked = nil
	if c, err = w.StartCheck(ctx, []Step{good}); err != nil {
		t.Fatal(err)
	}
	if err := w.CancelCheck(c.ID); err != nil {
		t.Fatal(err)
	}
	if c = finished(t, w, c.ID); c.State != "cancelled" {
		t.Errorf("a cancelled check is %s", c.State)
	}
}
