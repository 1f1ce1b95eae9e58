package bot

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"sync"
	"testing"
	"time"

	"emma/knowledge"
)

// labelled is one line of testdata/decisions.jsonl: a message as visitors write
// them, what it is, and whether weights may be fitted on it.
type labelled struct {
	Text     string `json:"text"`
	Kind     string `json:"kind"`
	Language string `json:"language"`
	Half     string `json:"half"` // fit or held
}

func readLabelled(t testing.TB, name string) []labelled {
	t.Helper()
	f, err := os.Open("testdata/" + name + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []labelled
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("line %d: %v", len(out)+1, err)
		}
		out = append(out, l)
	}
	return out
}

// starterSource serves the knowledge base that comes with the program.
type starterSource struct{ articles []knowledge.Article }

func (s starterSource) Published(_ context.Context, after int64) ([]knowledge.Article, int64, error) {
	if after > 0 {
		return nil, 1, nil
	}
	return s.articles, 1, nil
}

type openedStarter struct {
	base     *knowledge.Base
	articles []knowledge.Article
}

// openStarter opens the starter base once for all tests: it is only read.
var openStarter = sync.OnceValues(func() (openedStarter, error) {
	articles, err := knowledge.Starter()
	if err != nil {
		return openedStarter{}, err
	}
	for i := range articles {
		articles[i].Status, articles[i].Revision, articles[i].Change = knowledge.StatusPublished, 1, 1
	}
	base, err := knowledge.OpenBase(context.Background(), knowledge.Config{Source: starterSource{articles}, Now: time.Now})
	return openedStarter{base, articles}, err
})

func starterBot(t testing.TB) (*Bot, []knowledge.Article) {
	t.Helper()
	starter, err := openStarter()
	if err != nil {
		t.Fatal(err)
	}
	return New(starter.base, defaultPhrases(t)), starter.articles
}

func defaultPhrases(t testing.TB) Phrases {
	t.Helper()
	phrases, err := DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	return phrases
}

func decide(t testing.TB, b *Bot, text string) Decision {
	t.Helper()
	masked, _ := Mask(text)
	d, err := b.Decide(context.Background(), Question{Text: masked})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
