package knowledge

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// shelfStore is a Store of newest revisions in memory.
type shelfStore struct {
	Store
	articles map[string]Article
	live     map[string]Article // what is published, when that is not the newest
}

func (s *shelfStore) Article(_ context.Context, id, language string) (Article, error) {
	a, ok := s.articles[id+"/"+language]
	if !ok {
		return Article{}, ErrNotFound
	}
	return a, nil
}

func (s *shelfStore) SaveArticle(_ context.Context, a Article) (Article, error) {
	if err := a.Validate(); err != nil {
		return Article{}, err
	}
	if s.articles[a.Key()].Revision != a.Revision {
		return Article{}, ErrStale
	}
	a.Revision++
	s.articles[a.Key()] = a
	return a, nil
}

func (s *shelfStore) Published(context.Context, int64) ([]Article, int64, error) {
	var out []Article
	published := s.live
	if published == nil {
		published = s.articles
	}
	for _, a := range published {
		a.Status = StatusPublished
		out = append(out, a)
	}
	return out, 1, nil
}

// paperNotebook is a Notebook in memory.
type paperNotebook struct {
	used     []Use
	asked    []Asked
	closings []Closing
}

func (n *paperNotebook) Asked(context.Context, time.Time) ([]Asked, error) { return n.asked, nil }
func (n *paperNotebook) CloseAsked(_ context.Context, ids []string, c Closing) (Closing, error) {
	c.ID = string(rune('a' + len(n.closings)))
	for i, a := range n.asked {
		for _, id := range ids {
			if a.ID == id {
				n.asked[i].Closing = c.ID
				c.Questions++
			}
		}
	}
	n.closings = append([]Closing{c}, n.closings...)
	return c, nil
}
func (n *paperNotebook) Closings(context.Context, int) ([]Closing, error) { return n.closings, nil }
func (n *paperNotebook) Used(context.Context, time.Time) ([]Use, error)   { return n.used, nil }
func (n *paperNotebook) ReopenAsked(context.Context, string) error        { return nil }

// paperPress is a Press in memory; it publishes nothing.
type paperPress struct {
	Press
	rules Rules
	tests []Test
	steps []Step
	note  string
}

func (p *paperPress) Rules(context.Context) (Rules, error)  { return p.rules, nil }
func (p *paperPress) Tests(context.Context) ([]Test, error) { return p.tests, nil }
func (p *paperPress) MoveArticles(_ context.Context, steps []Step, _, note string) ([]Article, error) {
	p.steps, p.note = steps, note
	return nil, nil
}

// workshopOn is a workshop over some starter articles in English and what was asked.
func workshopOn(t *testing.T, asked ...Asked) (*Workshop, *shelfStore, *paperNotebook) {
	t.Helper()
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	s := &shelfStore{articles: map[string]Article{}}
	for _, a := range articles {
		if topic, _, _ := strings.Cut(a.ID, "-"); a.Language == English && strings.Contains("gc work office interview", topic) {
			a.Revision = 1
			s.articles[a.Key()] = a
		}
	}
	base, err := OpenBase(context.Background(), Config{Source: s, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := base.Close(); err != nil {
			t.Error(err)
		}
	})
	n := &paperNotebook{asked: asked}
	w := NewWorkshop(s, n, &paperPress{rules: DefaultRules()}, nil, base, time.Now)
	t.Cleanup(w.Close)
	return w, s, n
}

func ids(asked []Asked) []string {
	var out []string
	for _, a := range asked {
		out = append(out, a.ID)
	}
	return out
}

func TestAGapIsAttachedCreatedOrDismissed(t *testing.T) {
	ctx := context.Background()
	asked := asks("en", OutcomeUnanswered, "zeppelin parking", "where do i park a zeppelin")
	w, s, n := workshopOn(t, asked...)
	in, err := w.Inbox(ctx, time.Time{})
	if err != nil || len(in.Gaps) != 1 || in.Asked != 2 || in.Missed != 2 {
		t.Fatalf("the inbox is %+v, %v", in, err)
	}
	wordings := in.Gaps[0].Wordings(5)
	gain, err := w.Forecast(ctx, Article{Language: "en", Question: "Where do I park my zeppelin?", Answer: "On the roof.", Alternates: wordings}, ids(asked))
	if err != nil || gain.Tried != 2 || gain.Answered != 2 {
		t.Errorf("the forecast is %+v, %v", gain, err)
	}
	a, closing, err := w.Attach(ctx, "office-find", "en", append(wordings, "ZEPPELIN parking"), ids(asked), "zeppelins", "Ed")
	if err != nil || closing.Questions != 2 || a.Revision != 2 || len(a.Alternates) != len(w0(s, "office-find").Alternates) {
		t.Fatalf("attaching gave %+v %+v, %v", a, closing, err)
	}
	if strings.Count(strings.Join(a.Alternates, "|"), "eppelin") != 2 || a.SavedBy != "Ed" {
		t.Errorf("the article has %q", a.Alternates)
	}
	if in, err = w.Inbox(ctx, time.Time{}); err != nil || len(in.Gaps) != 0 || len(in.Closings) != 1 {
		t.Errorf("afterwards the inbox is %+v, %v", in, err)
	}
	n.asked = append(n.asked, Asked{ID: "n", Visitor: "n", At: time.Unix(9999, 0), Language: "en", Text: "parking for a zeppelin", Outcome: OutcomeUnanswered})
	if in, err = w.Inbox(ctx, time.Time{}); err != nil || len(in.Gaps) != 1 || in.Gaps[0].Came == nil || in.Gaps[0].Came.Article != "office-find" {
		t.Errorf("asked again the inbox is %+v, %v", in, err)
	}
	for _, want := range []string{"where-do-i-park-my-zeppelin", "where-do-i-park-my-zeppelin-2"} {
		made, _, err := w.Create(ctx, Article{Language: "en", Question: "Where do I park my zeppelin?", Answer: "On the roof.",
			Alternates: []string{"where do I park my zeppelin?", "airship"}, SavedBy: "Ed"}, []string{"n"}, "zeppelins")
		if err != nil || made.ID != want || len(made.Alternates) != 1 {
			t.Errorf("making an article gave %+v, %v", made, err)
		}
	}
	if _, err := w.Dismiss(ctx, []string{"n"}, "  ", "", "Ed"); !errors.Is(err, ErrInvalid) {
		t.Errorf("a dismissal without a reason gave %v", err)
	}
}

func w0(s *shelfStore, id string) Article { return s.articles[id+"/en"] }

func TestWhatEmmaAnswersByNowIsNoGap(t *testing.T) {
	w, _, _ := workshopOn(t, asks("en", OutcomeUnanswered, "How do I renew my green card?")...)
	if in, err := w.Inbox(context.Background(), time.Time{}); err != nil || len(in.Gaps) != 0 {
		t.Errorf("the inbox is %+v, %v", in, err)
	}
}

func TestSlugsAreFitForIds(t *testing.T) {
	for question, want := range map[string]string{
		"¿Dónde aparco?": "donde-aparco", "": "article", "???": "article", "How  do I -- go?": "how-do-i-go",
		strings.Repeat("long ", 40): strings.Repeat("long-", 12) + "l",
	} {
		if got := Slug(question); got != want || !validID(got) {
			t.Errorf("%q became %q, want %q", question, got, want)
		}
	}
}
