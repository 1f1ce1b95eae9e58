package knowledge

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// dataDir names a folder of public collections of questions. Tests do without it; the
// figures on the collections are asked for with it.
var dataDir = flag.String("data", "", "folder of public collections to measure on as well")

// collection is a base and questions whose right article is known; the questions are
// no wordings of the base.
type collection struct {
	name      string
	articles  []Article
	questions []posed
}

// posed is a question and the id of its article; empty where there is none.
type posed struct {
	text, article string
}

// inScope are the questions that have an article.
func (c collection) inScope() []posed {
	var in []posed
	for _, q := range c.questions {
		if q.article != "" {
			in = append(in, q)
		}
	}
	return in
}

// starterHeldOut is a part of the starter base in English, with every fifth alternate
// taken out to be asked.
func starterHeldOut(tb testing.TB, every int) collection {
	tb.Helper()
	all, err := Starter()
	if err != nil {
		tb.Fatal(err)
	}
	c := collection{name: "starter"}
	for i, a := range all {
		if a.Language != English || i%every != 0 {
			continue
		}
		var kept []string
		for t, text := range a.Alternates {
			if t%5 == 2 {
				c.questions = append(c.questions, posed{text, a.ID})
			} else {
				kept = append(kept, text)
			}
		}
		a.Alternates, a.Status, a.Revision, a.Change = kept, StatusPublished, 1, 1
		c.articles = append(c.articles, a)
	}
	return c
}

// readCollection reads a collection of the folder; k names the file of articles.
func readCollection(tb testing.TB, name, k string) collection {
	tb.Helper()
	dir := filepath.Join(*dataDir, name)
	c := collection{name: name + " " + k, articles: readJSONLines[Article](tb, filepath.Join(dir, "articles_"+k+".jsonl"))}
	for i := range c.articles {
		c.articles[i].Language, c.articles[i].Status = English, StatusPublished
	}
	for _, q := range readJSONLines[struct{ Q, Article string }](tb, filepath.Join(dir, "questions_dev.jsonl")) {
		c.questions = append(c.questions, posed{q.Q, q.Article})
	}
	return c
}

func readJSONLines[T any](tb testing.TB, path string) (all []T) {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			tb.Fatalf("%s: %v", path, err)
		}
		all = append(all, v)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return all
}
