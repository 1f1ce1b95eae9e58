package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/handoff"
	"emma/knowledge"
)

// heard subscribes and returns a channel of the signals on a topic.
func heard(t *testing.T, s *store.Store, topic handoff.Topic) <-chan handoff.Signal {
	t.Helper()
	signals := make(chan handoff.Signal, 1000)
	t.Cleanup(s.Subscribe(topic, func(signal handoff.Signal) {
		select {
		case signals <- signal:
		default:
		}
	}))
	return signals
}

// await fails unless a signal that fits comes within ten seconds.
func await(t *testing.T, what string, signals <-chan handoff.Signal, fits func(handoff.Signal) bool) {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case s := <-signals:
			if fits(s) {
				return
			}
		case <-late:
			t.Fatalf("no signal of %s", what)
		}
	}
}

func TestNodesHearOfEachOthersChanges(t *testing.T) {
	d := database{store.PostgreSQL, store.Config{Database: postgres.Database(t), Log: zap.NewNop(), Now: time.Now}}
	one, two := d.open(t), d.open(t)
	id := begin(t, one)
	at := heard(t, two, handoff.ConversationTopic(id))
	time.Sleep(500 * time.Millisecond) // the second node listens by now, and has woken everyone once
	for len(at) > 0 {
		<-at
	}
	if _, err := deskOn(t, one).Say(context.Background(), id, uuid.NewString(), "hello"); err != nil {
		t.Fatal(err)
	}
	await(t, "a message on the other node", at, func(s handoff.Signal) bool { return s.Typing == "" })
	deskOn(t, one).Typing(id, handoff.AuthorAgent)
	await(t, "typing on the other node", at, func(s handoff.Signal) bool { return s.Typing == handoff.AuthorAgent })
}

func TestTheSignalOfAChangeComesWhenItCanBeRead(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s := d.open(t)
		id := begin(t, s)
		seen := make(chan int64, 1000)
		cancel := s.Subscribe(handoff.ConversationTopic(id), func(handoff.Signal) {
			events, err := s.EventsAfter(context.Background(), id, 0, 100)
			if err != nil {
				t.Error(err)
			}
			seen <- int64(len(events)) // a signal may be one too many, never one too early
		})
		defer cancel()
		desk := deskOn(t, s)
		for range 50 {
			receipt, err := desk.Say(context.Background(), id, uuid.NewString(), "hello")
			if err != nil {
				t.Fatal(err)
			}
			late := time.After(10 * time.Second)
			for read := int64(0); read < receipt.Seq; {
				select {
				case read = <-seen:
				case <-late:
					t.Fatalf("no signal came with which event %d could be read", receipt.Seq)
				}
			}
		}
	})
}

func TestStaffAndSessions(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx, now := d.open(t), context.Background(), time.Now()
		dana := handoff.Staff{ID: uuid.NewString(), Name: "Dana R.", Role: handoff.RoleAgent, Teams: []string{"general", "military"}, Password: "hash"}
		if err := s.AddStaff(ctx, dana); err != nil {
			t.Fatal(err)
		}
		if err := s.AddStaff(ctx, handoff.Staff{ID: uuid.NewString(), Name: "dana r."}); !errors.Is(err, handoff.ErrExists) {
			t.Errorf("the same name in small letters gave %v", err)
		}
		found, err := s.StaffByName(ctx, " DANA R. ")
		if err != nil || fmt.Sprint(found) != fmt.Sprint(dana) {
			t.Errorf("found %+v, %v", found, err)
		}
		for token, expires := range map[string]time.Time{"good": now.Add(time.Hour), "old": now.Add(-time.Second)} {
			if err := s.AddSession(ctx, token, dana.ID, expires); err != nil {
				t.Fatal(err)
			}
		}
		if who, err := s.SessionStaff(ctx, "good", now); err != nil || who.ID != dana.ID || who.Password != "" {
			t.Errorf("the session is of %+v, %v", who, err)
		}
		for _, token := range []string{"old", "none", ""} {
			if _, err := s.SessionStaff(ctx, token, now); !errors.Is(err, handoff.ErrNotFound) {
				t.Errorf("session %q gave %v", token, err)
			}
		}
		if err := s.DisableStaff(ctx, "dana r."); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SessionStaff(ctx, "good", now); !errors.Is(err, handoff.ErrNotFound) {
			t.Errorf("the session of a disabled person gave %v", err)
		}
		if err := s.DisableStaff(ctx, "nobody"); !errors.Is(err, handoff.ErrNotFound) {
			t.Errorf("disabling nobody gave %v", err)
		}
	})
}

func TestArticlesGoThroughTheirLife(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		changed := heard(t, s, handoff.TopicArticles)
		first := knowledge.Article{ID: "a", Language: "en", Question: "One?", Answer: "One.", Alternates: []string{"uno"}, SavedBy: "Ed"}
		saved, err := s.SaveArticle(ctx, first)
		if err != nil || saved.Revision != 1 || saved.Status != knowledge.StatusDraft || saved.SavedBy != "Ed" {
			t.Fatalf("saved %+v, %v", saved, err)
		}
		if list, change, err := s.Published(ctx, 0); err != nil || len(list) != 0 || change != 0 {
			t.Errorf("a draft is published: %v %d %v", list, change, err)
		}
		if _, err := s.SaveArticle(ctx, first); !errors.Is(err, knowledge.ErrStale) {
			t.Errorf("saving over a revision that was not read gave %v", err)
		}
		if _, err := s.SaveArticle(ctx, knowledge.Article{ID: "b", Language: "en"}); !errors.Is(err, knowledge.ErrInvalid) {
			t.Errorf("saving nothing gave %v", err)
		}
		published, err := s.SetStatus(ctx, "a", "en", 1, knowledge.StatusPublished, "Ed")
		if err != nil || published.Status != knowledge.StatusPublished || published.Change != 1 {
			t.Fatalf("published %+v, %v", published, err)
		}
		await(t, "the publication", changed, func(handoff.Signal) bool { return true })
		second := saved
		second.Answer = "Another."
		if second, err = s.SaveArticle(ctx, second); err != nil || second.Revision != 2 {
			t.Fatal(second, err)
		}
		if list, _, err := s.Published(ctx, 0); err != nil || len(list) != 1 || list[0].Answer != "One." {
			t.Errorf("a newer draft changed what is published: %+v %v", list, err)
		}
		if _, err := s.SetStatus(ctx, "a", "en", 1, knowledge.StatusPublished, "Ed"); !errors.Is(err, knowledge.ErrStale) {
			t.Errorf("publishing an older revision gave %v", err)
		}
		if _, err := s.SetStatus(ctx, "a", "en", 0, knowledge.StatusRetired, "Ed"); err != nil {
			t.Fatal(err)
		}
		list, change, err := s.Published(ctx, 1)
		if err != nil || len(list) != 1 || list[0].Status != knowledge.StatusRetired || change != 2 {
			t.Errorf("after retiring: %+v %d %v", list, change, err)
		}
		if revisions, err := s.Revisions(ctx, "a", "en"); err != nil || len(revisions) != 2 || revisions[1].Answer != "One." {
			t.Errorf("the revisions are %+v, %v", revisions, err)
		}
	})
}

func TestAReviewLeavesThePublishedRevisionInPlace(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		move := func(revision int64, to knowledge.Status) knowledge.Article {
			t.Helper()
			a, err := s.SetStatus(ctx, "a", "en", revision, to, "Ed")
			if err != nil || a.Status != to {
				t.Fatalf("to %s: %+v, %v", to, a, err)
			}
			return a
		}
		answer := func() string {
			t.Helper()
			list, _, err := s.Published(ctx, 0)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 || list[0].Status != knowledge.StatusPublished {
				return ""
			}
			return list[0].Answer
		}
		a, err := s.SaveArticle(ctx, knowledge.Article{ID: "a", Language: "en", Question: "One?", Answer: "One.", SavedBy: "Ed"})
		if err != nil {
			t.Fatal(err)
		}
		move(1, knowledge.StatusInReview)
		move(1, knowledge.StatusPublished)
		a.Answer = "Two."
		if a, err = s.SaveArticle(ctx, a); err != nil || a.Status != knowledge.StatusDraft {
			t.Fatal(a, err)
		}
		inReview := move(2, knowledge.StatusInReview)
		if answer() != "One." || inReview.Change != 1 {
			t.Errorf("in review: visitors get %q, the change counter is %d", answer(), inReview.Change)
		}
		if _, err := s.SetStatus(ctx, "a", "en", 1, knowledge.StatusInReview, "Ed"); !errors.Is(err, knowledge.ErrStale) {
			t.Errorf("a review of an older revision gave %v", err)
		}
		if move(0, knowledge.StatusDraft); answer() != "One." {
			t.Errorf("sent back: visitors get %q", answer())
		}
		if _, err := s.SetStatus(ctx, "a", "en", 0, knowledge.StatusDraft, "Ed"); !errors.Is(err, knowledge.ErrMove) {
			t.Errorf("a draft that becomes a draft gave %v", err)
		}
		if move(2, knowledge.StatusPublished); answer() != "Two." {
			t.Errorf("published: visitors get %q", answer())
		}
		if move(0, knowledge.StatusRetired); answer() != "" {
			t.Errorf("retired: visitors get %q", answer())
		}
		if _, err := s.SetStatus(ctx, "a", "en", 0, knowledge.StatusInReview, "Ed"); err == nil {
			t.Error("a retired article went to review")
		}
		if move(2, knowledge.StatusPublished); answer() != "Two." {
			t.Errorf("put back: visitors get %q", answer())
		}
		if move(0, knowledge.StatusDraft); answer() != "" {
			t.Errorf("withdrawn: visitors get %q", answer())
		}
	})
}

func TestAnImportIsWholeAndIdempotent(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		var articles []knowledge.Article
		for i := range 30 {
			articles = append(articles, knowledge.Article{ID: fmt.Sprintf("a%d", i), Language: "en", Question: "Q?", Answer: "A."})
		}
		if n, err := s.ImportArticles(ctx, articles, "import", "", nil); err != nil || n != 30 {
			t.Fatalf("imported %d, %v", n, err)
		}
		if n, err := s.ImportArticles(ctx, articles, "import", "", nil); err != nil || n != 0 {
			t.Errorf("the same again changed %d, %v", n, err)
		}
		articles[3].Answer, articles[29].Answer = "Changed.", ""
		if _, err := s.ImportArticles(ctx, articles, "import", "", nil); !errors.Is(err, knowledge.ErrInvalid) {
			t.Errorf("an import with a bad row gave %v", err)
		}
		if a, err := s.Article(ctx, "a3", "en"); err != nil || a.Answer != "A." {
			t.Errorf("a refused import left %+v, %v", a, err)
		}
		if change, err := s.ArticleChange(ctx); err != nil || change != 1 {
			t.Errorf("the change counter is %d, %v", change, err)
		}
	})
}
