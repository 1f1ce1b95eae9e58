package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"emma/cmd/emma/store"
	"emma/knowledge"
)

// edition saves the next revision of an article and returns the step that publishes it.
func edition(t *testing.T, s *store.Store, id, language, answer, by string) knowledge.Step {
	t.Helper()
	ctx := context.Background()
	a, err := s.Article(ctx, id, language)
	if err != nil && !errors.Is(err, knowledge.ErrNotFound) {
		t.Fatal(err)
	}
	a.ID, a.Language, a.Question, a.Answer, a.SavedBy = id, language, "Q "+language+"?", answer, by
	if a, err = s.SaveArticle(ctx, a); err != nil {
		t.Fatal(err)
	}
	return knowledge.Step{ID: id, Language: language, Revision: a.Revision, To: knowledge.StatusPublished}
}

// live is what visitors get, by key.
func live(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	list, _, err := s.Published(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, a := range list {
		if a.Status == knowledge.StatusPublished {
			out[a.Key()] = a.Answer
		}
	}
	return out
}

func TestArticlesArePublishedTogetherOrNotAtAll(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		en, es := edition(t, s, "a", "en", "one", "Ed"), edition(t, s, "a", "es", "uno", "Ed")
		stale := es
		stale.Revision = 7
		if _, err := s.MoveArticles(ctx, []knowledge.Step{en, stale}, "Ed", ""); !errors.Is(err, knowledge.ErrStale) || len(live(t, s)) != 0 {
			t.Fatalf("a step that is impossible gave %v, and visitors get %v", err, live(t, s))
		}
		articles, err := s.MoveArticles(ctx, []knowledge.Step{en, es}, "Ed", "because")
		if err != nil || len(articles) != 2 || articles[0].Change != articles[1].Change-1 && articles[0].Change != articles[1].Change {
			t.Fatal(articles, err)
		}
		if got := live(t, s); got["a/en"] != "one" || got["a/es"] != "uno" {
			t.Errorf("visitors get %v", got)
		}
		records, err := s.Records(ctx, "a")
		if err != nil || len(records) != 2 || records[0].By != "Ed" || records[0].Note != "because" || records[0].Status != knowledge.StatusPublished || records[0].At == 0 {
			t.Errorf("the record is %+v, %v", records, err)
		}
	})
}

func TestFourEyesHoldInTheStore(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		if rules, err := s.Rules(ctx); err != nil || rules != knowledge.DefaultRules() {
			t.Fatal(rules, err)
		}
		if err := s.SetRules(ctx, knowledge.Rules{FourEyes: true, Limit: 5, Days: 7}); err != nil {
			t.Fatal(err)
		}
		step := edition(t, s, "a", "en", "one", "Ed")
		review := step
		review.To = knowledge.StatusInReview
		move := func(step knowledge.Step, by string) error {
			_, err := s.MoveArticles(ctx, []knowledge.Step{step}, by, "")
			return err
		}
		if err := move(step, "Ana"); !errors.Is(err, knowledge.ErrFourEyes) {
			t.Errorf("publishing without a review gave %v", err)
		}
		if err := move(review, "Ed"); err != nil {
			t.Fatal(err)
		}
		if err := move(step, "Ed"); !errors.Is(err, knowledge.ErrFourEyes) {
			t.Errorf("publishing what one wrote gave %v", err)
		}
		if err := move(step, "Ana"); err != nil || live(t, s)["a/en"] != "one" {
			t.Errorf("a second person publishing gave %v", err)
		}
	})
}

func TestAPlannedRevisionIsPublishedAtItsTime(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		now := time.Now()
		d.config.Now = func() time.Time { return now }
		s, ctx := d.open(t), context.Background()
		if _, err := s.MoveArticles(ctx, []knowledge.Step{edition(t, s, "a", "en", "one", "Ed")}, "Ed", ""); err != nil {
			t.Fatal(err)
		}
		later := edition(t, s, "a", "en", "two", "Ed")
		later.At = now.Add(time.Hour)
		if _, err := s.MoveArticles(ctx, []knowledge.Step{later}, "Ed", "new fee"); err != nil {
			t.Fatal(err)
		}
		edition(t, s, "a", "en", "three, a draft", "Ana")
		due := func(want int, answer string) {
			t.Helper()
			if n, err := s.PublishDue(ctx); err != nil || n != want || live(t, s)["a/en"] != answer {
				t.Errorf("%d were published, %v; visitors get %q", n, err, live(t, s)["a/en"])
			}
		}
		due(0, "one")
		now = now.Add(2 * time.Hour)
		due(1, "two")
		due(0, "two")

		again := edition(t, s, "a", "en", "four", "Ed")
		again.At = now.Add(time.Hour)
		for _, undo := range []func() error{
			func() error { return s.Unplan(ctx, "a", "en", "Ed") },
			func() error { // a pulled answer does not come back by a plan
				_, err := s.MoveArticles(ctx, []knowledge.Step{{ID: "a", Language: "en", To: knowledge.StatusRetired}}, "Ed", "")
				return err
			},
		} {
			if _, err := s.MoveArticles(ctx, []knowledge.Step{again}, "Ed", ""); err != nil {
				t.Fatal(err)
			}
			if planned, err := s.Planned(ctx); err != nil || len(planned) != 1 || planned[0].Revision != again.Revision {
				t.Fatal(planned, err)
			}
			if err := undo(); err != nil {
				t.Fatal(err)
			}
			if planned, err := s.Planned(ctx); err != nil || len(planned) != 0 {
				t.Errorf("still planned: %v, %v", planned, err)
			}
		}
	})
}

func TestTestsAreKeptOnceForEachText(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		first, err := s.KeepTest(ctx, knowledge.Test{Language: "en", Text: "renew", Article: "a", By: "Ed"})
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.KeepTest(ctx, knowledge.Test{Language: "en", Text: "renew", Article: "b", By: "Ana"})
		if err != nil || second.ID != first.ID {
			t.Fatal(second, err)
		}
		if tests, err := s.Tests(ctx); err != nil || len(tests) != 1 || tests[0].Article != "b" {
			t.Errorf("the tests are %+v, %v", tests, err)
		}
		if err := s.DropTest(ctx, first.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.DropTest(ctx, first.ID); !errors.Is(err, knowledge.ErrNotFound) {
			t.Errorf("dropping it twice gave %v", err)
		}
	})
}
