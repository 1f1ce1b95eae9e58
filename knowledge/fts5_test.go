package knowledge

import (
	"cmp"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// TestTheRightArticleIsFoundMoreOftenThanByFTS5 asks the starter base what was held out
// of it. With -data it asks every collection as well, and prints a table:
// go test ./knowledge -run FTS5 -v -data FOLDER
func TestTheRightArticleIsFoundMoreOftenThanByFTS5(t *testing.T) {
	sets := []collection{starterHeldOut(t, 3)}
	if *dataDir != "" {
		files, err := filepath.Glob(filepath.Join(*dataDir, "*", "articles_k*.jsonl"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no collections in %s: %v", *dataDir, err)
		}
		for _, file := range files {
			name, k := filepath.Base(filepath.Dir(file)), strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "articles_"), ".jsonl")
			if info, err := os.Stat(file); err == nil && info.Size() < 400_000 && !strings.Contains(name+k, "_es") {
				sets = append(sets, readCollection(t, name, k))
			}
		}
	}
	t.Logf("%-24s %9s  %5s  %5s", "set", "questions", "emma", "fts5")
	for _, c := range sets {
		base, other := openMadeUp(t, c.articles), fts5(t, c.articles)
		ours, theirs, n := 0, 0, 0
		for _, q := range c.inScope() {
			n++
			if topOne(t, base, q.text) == q.article {
				ours++
			}
			if other(q.text) == q.article {
				theirs++
			}
		}
		t.Logf("%-24s %9d  %.3f  %.3f", c.name, n, float64(ours)/float64(n), float64(theirs)/float64(n))
		if ours <= theirs {
			t.Errorf("%s: of %d questions Emma finds %d articles first, FTS5 %d", c.name, n, ours, theirs)
		}
	}
}

// fts5 puts every wording into a full-text table of SQLite (porter stemmer, BM25, words
// joined by OR) and returns the article with the best wordings: the best one, half of
// the second and a quarter of the third, which finds more than the best one alone.
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
	reader := newReader(English, nil)
	return func(q string) string {
		match := `"` + strings.Join(reader.split(nil, q), `" OR "`) + `"`
		rows, err := db.Query(`SELECT id, -rank FROM wording WHERE wording MATCH ? ORDER BY rank LIMIT 60`, match)
		if err != nil {
			return ""
		}
		defer func() { _ = rows.Close() }() // it was only read
		scores, seen := map[string]float64{}, map[string]int{}
		for rows.Next() {
			var id string
			var score float64
			if err := rows.Scan(&id, &score); err != nil {
				tb.Fatal(err)
			}
			if seen[id] < 3 {
				scores[id] += score / []float64{1, 2, 4}[seen[id]]
				seen[id]++
			}
		}
		var ids []string
		for id := range scores {
			ids = append(ids, id)
		}
		if len(ids) == 0 {
			return ""
		}
		slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
		return ids[0]
	}
}
