package knowledge

import (
	"context"
	"reflect"
	"testing"
	"time"
)

// A base that holds results answers as one that searches, through every change.
func TestFrequentQuestionsAreAnsweredLikeOthers(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	first := Article{ID: "hours", Language: English, Question: "When is the office open?", Answer: "At nine.", Status: StatusPublished, Revision: 1, Change: 1, ExpiresOn: "2026-03-03"}
	source := &growing{articles: []Article{first}}
	b, err := OpenBase(context.Background(), Config{Source: source, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	f := NewFrequent(b)
	held := func() int {
		n := 0
		for i := range f.slots {
			if f.slots[i].Load() != nil {
				n++
			}
		}
		return n
	}
	check := func(when string) {
		t.Helper()
		for range 2 {
			for _, q := range []Query{{Text: "office open", Language: English}, {Text: "office open", Language: English, Limit: 1}, {Text: "office open", Language: Spanish}} {
				want, err := b.Search(context.Background(), q)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := f.Search(context.Background(), q); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%s, %+v: %+v, %v; the base says %+v", when, q, got, err, want)
				}
			}
		}
	}
	check("at first")
	if n := held(); n < 1 || n > 2 {
		t.Fatalf("%d results are held", held())
	}
	next := first
	next.Answer, next.Revision, next.Change = "At eight.", 2, 2
	source.articles = []Article{next}
	if err := b.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r, err := f.Search(context.Background(), Query{Text: "office open", Language: English}); err != nil || len(r.Hits) != 1 || r.Hits[0].Article.Answer != "At eight." {
		t.Errorf("just after an edit: %+v, %v", r, err)
	}
	if err := b.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	check("after an edit")
	now = now.AddDate(0, 0, 3)
	check("after the last day of the article")
	if r, err := f.Search(context.Background(), Query{Text: "office open", Language: English}); err != nil || len(r.Hits) > 0 {
		t.Errorf("an article that has expired is found: %+v, %v", r, err)
	}
}

// growing is a source whose articles change.
type growing struct{ articles []Article }

func (g *growing) Published(_ context.Context, after int64) ([]Article, int64, error) {
	var out []Article
	change := after
	for _, a := range g.articles {
		if a.Change > after {
			out, change = append(out, a), max(change, a.Change)
		}
	}
	return out, change, nil
}

// BenchmarkFrequent is a question that was asked before.
//
//	go test ./knowledge -run - -bench Frequent -cpu 1
func BenchmarkFrequent(b *testing.B) {
	f := NewFrequent(openStarterBase(b))
	for b.Loop() {
		if _, err := f.Search(context.Background(), Query{Text: "How do I replace a lost green card?", Language: English}); err != nil {
			b.Fatal(err)
		}
	}
}
