package knowledge

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// madeUp returns a base of n articles with k wordings each and questions about them:
// words are drawn by rank, as in language (Zipf), each article has some of its own, and
// each question is a wording with two words left out or replaced.
func madeUp(n, k int) (articles []Article, questions []string, right []string) {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	zipf := rand.NewZipf(random, 1.3, 4, 20000)
	word := func() string { return syllables(zipf.Uint64()) }
	for i := range n {
		a := Article{ID: fmt.Sprintf("a%06d", i), Language: English, Status: StatusPublished, Revision: 1, Change: 1}
		own := []string{syllables(uint64(20000 + 3*i)), syllables(uint64(20001 + 3*i)), word(), word()}
		for range k {
			var words []string
			for range 8 {
				if random.IntN(3) == 0 {
					words = append(words, own[random.IntN(len(own))])
				} else {
					words = append(words, word())
				}
			}
			a.Alternates = append(a.Alternates, strings.Join(words, " "))
		}
		a.Question, a.Alternates = a.Alternates[0], a.Alternates[1:]
		for range 40 {
			a.Answer += word() + " "
		}
		articles = append(articles, a)
	}
	for range 400 {
		a := articles[random.IntN(n)]
		words := strings.Fields(a.Alternates[random.IntN(len(a.Alternates))])
		words[random.IntN(len(words))] = word()
		words = slices.Delete(words, 2, 3)
		questions, right = append(questions, strings.Join(words, " ")), append(right, a.ID)
	}
	return articles, questions, right
}

// syllables makes a word of a number, the same for the same.
func syllables(n uint64) string {
	const consonants, vowels = "bcdfgklmnprstv", "aeiou"
	var b strings.Builder
	for n += 70; n > 0; n /= 70 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

type fixed []Article

func (f fixed) Published(_ context.Context, after int64) ([]Article, int64, error) {
	if after > 0 {
		return nil, 1, nil
	}
	return f, 1, nil
}

func openMadeUp(tb testing.TB, articles []Article) *Base {
	tb.Helper()
	b, err := OpenBase(context.Background(), Config{Dir: tb.TempDir(), Source: fixed(articles), Now: time.Now, Report: func(err error) { tb.Error(err) }})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = b.Close() })
	if err := b.Settle(context.Background()); err != nil {
		tb.Fatal(err)
	}
	return b
}

// BenchmarkSearch measures a question with everything included, and what SQLite's FTS5
// does on the same data. It reports the time a question takes (p50 and p99), the share
// of questions that find their article first, and the memory that the base holds.
// go test ./knowledge -run - -bench Search -cpu 1
func BenchmarkSearch(b *testing.B) {
	for _, size := range []struct{ articles, wordings int }{{150, 10}, {1000, 10}, {10_000, 10}, {100_000, 5}} {
		name := fmt.Sprintf("%dx%d", size.articles, size.wordings)
		b.Run(name+"/emma", func(b *testing.B) {
			articles, questions, right := madeUp(size.articles, size.wordings)
			before := heap()
			begun := time.Now()
			base := openMadeUp(b, articles)
			b.ReportMetric(float64(time.Since(begun).Milliseconds()), "build-ms")
			b.ReportMetric(float64(heap()-before)/(1<<20), "MB")
			measure(b, questions, right, func(q string) string {
				r, err := base.Search(context.Background(), Query{Text: q, Language: English})
				if err != nil || len(r.Hits) == 0 {
					return ""
				}
				return r.Hits[0].Article.ID
			})
			runtime.KeepAlive(articles)
		})
		b.Run(name+"/fts5", func(b *testing.B) {
			if size.articles > 10_000 {
				b.Skip("takes minutes")
			}
			articles, questions, right := madeUp(size.articles, size.wordings)
			measure(b, questions, right, fts5(b, articles))
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func measure(b *testing.B, questions, right []string, first func(string) string) {
	var took []time.Duration
	hits, asked := 0, 0
	b.ResetTimer()
	for b.Loop() {
		i := asked % len(questions)
		begun := time.Now()
		found := first(questions[i])
		took = append(took, time.Since(begun))
		if asked++; found == right[i] {
			hits++
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(hits)/float64(asked), "top1")
}

// fts5 puts every wording into a full-text table of SQLite (porter stemmer, BM25, words
// joined by OR) and returns the article of the best one.
func fts5(tb testing.TB, articles []Article) func(string) string {
	tb.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		tb.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	tb.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec(`CREATE VIRTUAL TABLE wording USING fts5(id UNINDEXED, text, tokenize = 'porter unicode61')`); err != nil {
		tb.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		tb.Fatal(err)
	}
	for _, a := range articles {
		for _, text := range append([]string{a.Question + " " + a.Answer}, a.Alternates...) {
			if _, err := tx.Exec(`INSERT INTO wording VALUES (?, ?)`, a.ID, text); err != nil {
				tb.Fatal(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		tb.Fatal(err)
	}
	return func(q string) string {
		var id string
		match := `"` + strings.Join(newReader(English, nil).split(q), `" OR "`) + `"`
		if err := db.QueryRow(`SELECT id FROM wording WHERE wording MATCH ? ORDER BY rank LIMIT 1`, match).Scan(&id); err != nil {
			return ""
		}
		return id
	}
}
