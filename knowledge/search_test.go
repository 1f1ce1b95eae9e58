package knowledge

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// starterBase is the starter base with the shipped weights, opened once: it is only
// read.
var starterBase = sync.OnceValues(func() (*Base, error) {
	articles, err := Starter()
	for i := range articles {
		articles[i].Status, articles[i].Revision, articles[i].Change = StatusPublished, 1, 1
	}
	if err != nil {
		return nil, err
	}
	return OpenBase(context.Background(), Config{Source: fixed(articles), Now: time.Now})
})

func openStarterBase(t testing.TB) *Base {
	t.Helper()
	b, err := starterBase()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryQuestionOfTheStarterBaseFindsItsArticle(t *testing.T) {
	b := openStarterBase(t)
	for _, language := range []string{English, Spanish} {
		missed := 0
		e := b.state.Load().shelf.editions[language]
		for _, entry := range e.entries {
			if got := search(t, b, entry.Question, language); len(got.Hits) == 0 || got.Hits[0].Article.ID != entry.ID {
				missed++
			}
		}
		if missed > len(e.entries)/50 {
			t.Errorf("%s: %d of %d questions, word for word, find another article", language, missed, len(e.entries))
		}
	}
}

func search(t testing.TB, b *Base, text, language string) Result {
	t.Helper()
	r, err := b.Search(context.Background(), Query{Text: text, Language: language})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func hostileTexts() []string {
	return []string{
		"", " ", "\x00", "a\x00b", "the of and", "de la y", "+question_en:visa -alternates_en:*", `"unclosed`, "visa~2^9", "/regexp.*/", "*", "?",
		"field:(((((", "AND OR NOT", strings.Repeat("work permit ", 340)[:4000], strings.Repeat("x", 4000), strings.Repeat("é", 4000),
		"🙂🙃🗽", "مرحبا أين بطاقتي", "\u202eolleh", "\xff\xfe\xfd", "ﬁling fee", "Ｉ－４８５", "1 2 3 4 5 6 7 8 9 10", "=synonyms/en.txt:3", "' OR 1=1 --",
		"e\u0301\u0301\u0301\u0301", "wrok premit", strings.Repeat("zqxjkvwzqxjkvwz wzqxjkv ", 160), strings.Repeat("a-", 2000), "<script>alert(1)</script>",
	}
}

func TestHostileTextsGiveAResultOrNothing(t *testing.T) {
	b := openStarterBase(t)
	for _, text := range hostileTexts() {
		for _, language := range []string{English, Spanish, "xx", ""} {
			checkResult(t, b, text, language)
		}
	}
}

// checkResult searches for a text and checks what holds for every result.
func checkResult(t *testing.T, b *Base, text, language string) {
	t.Helper()
	r := search(t, b, text, language)
	if r.Known < 0 || r.Known > 1 || r.Clarify > r.Answer {
		t.Errorf("%.40q: known %v, thresholds %v and %v", text, r.Known, r.Answer, r.Clarify)
	}
	for i, hit := range r.Hits {
		if !(hit.Confidence >= 0 && hit.Confidence <= 1) || i > 0 && (hit.Confidence > r.Hits[i-1].Confidence || hit.Score > r.Hits[i-1].Score) {
			t.Errorf("%.40q: hit %d has confidence %v and score %v", text, i, hit.Confidence, hit.Score)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	b, err := starterBase()
	if err != nil {
		f.Fatal(err)
	}
	indexed := openMadeUp(f, b.state.Load().shelf.editions[English].first(12))
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.RuneCountInString(text) > 4000 {
			t.Skip("a message has at most 4,000 characters")
		}
		checkResult(t, b, text, English)
		checkResult(t, b, text, Spanish)
		checkResult(t, indexed, text, English) // with an index and a classifier
	})
}

// first are the first articles of an edition.
func (e *edition) first(n int) []Article {
	var articles []Article
	for _, entry := range e.entries[:n] {
		articles = append(articles, entry.Article)
	}
	return articles
}

func TestAnEditIsFoundAtOnce(t *testing.T) {
	articles, _, _ := madeUp(30, 5)
	source := &moving{articles: articles, change: 1}
	b := openMadeUpFrom(t, source)
	if err := b.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	text := "where do I park my zeppelin"
	if r := search(t, b, text, English); len(r.Hits) > 0 && r.Hits[0].Confidence >= r.Answer {
		t.Fatalf("before it is written %q is answered by %s", text, r.Hits[0].Article.ID)
	}
	article := Article{ID: "zeppelin", Language: English, Status: StatusPublished, Revision: 1, Question: text, Alternates: []string{"zeppelin parking"}, Answer: "On the roof."}
	source.publish(article)
	if err := b.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r := search(t, b, text, English); len(r.Hits) == 0 || r.Hits[0].Article.ID != "zeppelin" || r.Hits[0].Confidence < r.Answer {
		t.Errorf("after a refresh: %+v", r.Hits)
	}
	article.Status = StatusRetired
	source.publish(article)
	if err := b.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	r := search(t, b, text, English)
	if slices.ContainsFunc(r.Hits, func(h Hit) bool { return h.Article.ID == "zeppelin" }) {
		t.Error("a retired article is found")
	}
}

// moving is a source whose articles change.
type moving struct {
	mu       sync.Mutex
	articles []Article
	change   int64
}

func (m *moving) publish(a Article) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.change++
	a.Change = m.change
	m.articles = append(m.articles, a)
}

func (m *moving) Published(_ context.Context, after int64) ([]Article, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var changed []Article
	for _, a := range m.articles {
		if a.Change > after {
			changed = append(changed, a)
		}
	}
	return changed, m.change, nil
}

func openMadeUpFrom(tb testing.TB, source Source) *Base {
	tb.Helper()
	b, err := OpenBase(context.Background(), Config{Source: source, Now: time.Now, Report: func(err error) { tb.Error(err) }})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = b.Close() })
	return b
}

func TestExplainSaysWhatCounted(t *testing.T) {
	b := openStarterBase(t)
	text := "how do I renew my green card"
	x, err := b.Explain(context.Background(), Query{Text: text, Language: English, Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	found := search(t, b, text, English)
	if len(x.Candidates) != 3 || len(x.Words) != 7 || len(x.Signs) == 0 {
		t.Fatalf("%+v", x)
	}
	for i, c := range x.Candidates {
		if c.Article != found.Hits[i].Article.ID || c.Confidence != found.Hits[i].Confidence || len(c.Features) == 0 {
			t.Errorf("candidate %d is %s, the search found %s", i, c.Article, found.Hits[i].Article.ID)
		}
		sum := 0.0
		for _, p := range c.Features {
			sum += p.Part
		}
		if d := sum - c.Score; d > 1e-6 || d < -1e-6 {
			t.Errorf("candidate %d: the parts sum to %v, the score is %v", i, sum, c.Score)
		}
		if (i > 0) != (len(c.Behind) > 0) {
			t.Errorf("candidate %d is behind by %v", i, c.Behind)
		}
	}
	if !slices.ContainsFunc(x.Candidates[0].Terms, func(f FoundTerm) bool { return f.Word == "renew" && f.Field == fieldAlternates }) {
		t.Errorf("the first has the terms %v", x.Candidates[0].Terms)
	}
}
