package knowledge

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// shelfSource publishes what a test says.
type shelfSource struct{ articles []Article }

func (s *shelfSource) Published(_ context.Context, after int64) ([]Article, int64, error) {
	var list []Article
	change := after
	for _, a := range s.articles {
		if a.Change > after {
			list = append(list, a)
			change = max(change, a.Change)
		}
	}
	return list, change, nil
}

func TestCheckIndexTellsWhatDiffers(t *testing.T) {
	ctx := context.Background()
	published := func(id, answer string, change int64) Article {
		return Article{ID: id, Language: English, Revision: 1, Change: change, Status: StatusPublished, Question: "What about " + id + "?", Answer: answer}
	}
	source := &shelfSource{[]Article{published("a", "A.", 1), published("b", "B.", 2)}}
	config := Config{Dir: filepath.Join(t.TempDir(), "index"), Source: source, Now: time.Now}
	check := func() string {
		t.Helper()
		found, err := CheckIndex(ctx, config)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(found, "; ")
	}
	if got := check(); got != "" {
		t.Errorf("without an index: %s", got)
	}
	base, err := OpenBase(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	if err := base.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if got := check(); got != "" {
		t.Errorf("beside an open base: %s", got)
	}
	if err := base.Close(); err != nil {
		t.Fatal(err)
	}
	sound := slices.Clone(source.articles)
	source.articles = []Article{published("a", "Another.", 3), published("c", "C.", 4)}
	if got := check(); got != "article c/en is not in the index; the index holds another text of article a/en; the index holds article b/en, which is not published" {
		t.Errorf("after a change: %s", got)
	}
	source.articles = sound
	damaged := ""
	err = filepath.WalkDir(config.Dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(path, string(filepath.Separator)+"g") && damaged == "" {
			damaged = path
		}
		return err
	})
	if err != nil || damaged == "" {
		t.Fatalf("no file of the index was found: %v", err)
	}
	if err := os.Truncate(damaged, 1); err != nil {
		t.Fatal(err)
	}
	if got := check(); !strings.Contains(got, filepath.Base(damaged)+" is damaged or missing") {
		t.Errorf("with a cut file: %s", got)
	}
}
