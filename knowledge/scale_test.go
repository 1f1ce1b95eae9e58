package knowledge

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// madeUp returns a base of n articles with k wordings each, and questions about them
// that are no wordings of the base. An article is about four things; each thing has
// three names, one of them more usual than the others, and a wording names two to four
// of them among words that say nothing. Things and idle words are as common as words of
// a language (Zipf), so that articles have most of their things in common with others,
// and all of them with none.
func madeUp(n, k int) (articles []Article, questions []string, right []string) {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	things := rand.NewZipf(random, 1.1, 20, uint64(600+n/4))
	idle := rand.NewZipf(random, 1.3, 4, 300)
	name := func(thing uint64) string {
		which := uint64(0)
		if random.IntN(5) >= 3 {
			which = 1 + random.Uint64N(2)
		}
		return syllables(1000 + 3*thing + which)
	}
	wording := func(about []uint64) string {
		var words []string
		for _, at := range random.Perm(len(about))[:2+random.IntN(len(about)-1)] {
			for range random.IntN(3) {
				words = append(words, syllables(idle.Uint64()))
			}
			words = append(words, name(about[at]))
		}
		return strings.Join(words, " ")
	}
	subjects := make([][]uint64, n)
	taken := map[string]bool{} // subjects, sorted, and wordings
	for i := range n {
		for {
			about := make([]uint64, 0, 4)
			for len(about) < 4 {
				if thing := things.Uint64(); !slices.Contains(about, thing) {
					about = append(about, thing)
				}
			}
			sorted := fmt.Sprint(slices.Sorted(slices.Values(about)))
			if subjects[i] = about; !taken[sorted] {
				taken[sorted] = true
				break
			}
		}
		a := Article{ID: fmt.Sprintf("a%06d", i), Language: English, Status: StatusPublished, Revision: 1, Change: 1}
		for range k {
			w := wording(subjects[i])
			taken[w] = true
			a.Alternates = append(a.Alternates, w)
		}
		a.Question, a.Alternates = a.Alternates[0], a.Alternates[1:]
		for range 12 {
			a.Answer += wording(subjects[i]) + " "
		}
		articles = append(articles, a)
	}
	for len(questions) < 400 {
		i := random.IntN(n)
		about := slices.Clone(subjects[i])
		random.Shuffle(len(about), func(a, b int) { about[a], about[b] = about[b], about[a] })
		q := wording(about[:3+random.IntN(2)]) // one that names two things may mean many
		if !taken[q] {
			questions, right = append(questions, q), append(right, articles[i].ID)
		}
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
// does on the same data. It reports the time that a question takes of all processors
// together (p50 and p99), the share of questions that find their article first, the time
// to build everything and to build the index again, and the memory that the base holds:
// the heap in use and what the process has of the machine's memory after the questions
// (right for one size at a time), the articles and questions themselves included.
// go test ./knowledge -run - -bench Search/10000x10/emma -cpu 1
func BenchmarkSearch(b *testing.B) {
	for _, size := range []struct{ articles, wordings int }{{150, 10}, {1000, 10}, {10_000, 10}, {100_000, 5}} {
		name := fmt.Sprintf("%dx%d", size.articles, size.wordings)
		b.Run(name+"/emma", func(b *testing.B) {
			articles, questions, right := madeUp(size.articles, size.wordings)
			begun := processorTime()
			base := openMadeUp(b, articles)
			b.ReportMetric((processorTime() - begun).Seconds(), "build-cpu-s")
			measure(b, questions, right, func(q string) string { return topOne(b, base, q) })
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heap, resident := float64(m.HeapInuse)/(1<<20), residentMB()
			b.ReportMetric(heap, "heap-MB")
			b.ReportMetric(resident, "rss-MB")
			if size.articles >= 10_000 {
				b.ReportMetric(rebuild(b, articles).Seconds(), "rebuild-s")
			}
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

// rebuild is how long it takes to write the index of articles anew.
func rebuild(b *testing.B, articles []Article) time.Duration {
	s, _ := (&shelf{editions: map[string]*edition{}}).with(articles, 1, strings.NewReplacer(), newPage())
	c, err := openCache(b.TempDir(), func(err error) { b.Error(err) })
	if err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	x, err := c.build(context.Background(), s)
	if err != nil {
		b.Fatal(err)
	}
	took := time.Since(begun)
	x.retire()
	return took
}

// residentMB is what the process has of the machine's memory, or 0 where it cannot be
// told.
func residentMB() float64 {
	content, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(content)) {
		var kB float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kB); err == nil {
			return kB / 1024
		}
	}
	return 0
}

func measure(b *testing.B, questions, right []string, first func(string) string) {
	var took []time.Duration
	hits, asked := 0, 0
	b.ResetTimer()
	for b.Loop() {
		i := asked % len(questions)
		begun := processorTime()
		found := first(questions[i])
		took = append(took, processorTime()-begun)
		if asked++; found == right[i] {
			hits++
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(hits)/float64(asked), "top1")
}
