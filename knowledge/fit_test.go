package knowledge

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
)

// TestAFitIsRepeatable fits a part of the starter base twice, from the texts on: the
// weights of the classifier and what is concluded are the same to the last bit.
func TestAFitIsRepeatable(t *testing.T) {
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	var some []Article
	for i, a := range articles {
		if a.Status = StatusPublished; i%8 == 0 {
			some = append(some, a)
		}
	}
	first := fitBytes(t, some)
	if again := fitBytes(t, some); !bytes.Equal(first, again) {
		t.Fatal("the same articles gave other weights")
	}
}

// fitBytes is everything that a fit of articles gives.
func fitBytes(t *testing.T, articles []Article) []byte {
	t.Helper()
	s, _ := (&shelf{editions: map[string]*edition{}}).with(articles, 1, strings.NewReplacer(), newPage())
	var out []byte
	for _, language := range []string{English, Spanish} {
		leaves := s.editions[language].leaves()
		j, err := train(context.Background(), leaves, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []any{j.classifier.rows, j.classifier.article, j.classifier.weight} {
			if out, err = binary.Append(out, binary.LittleEndian, part); err != nil {
				t.Fatal(err)
			}
		}
		r, err := rehearse(context.Background(), leaves, true)
		if err != nil {
			t.Fatal(err)
		}
		verdicts, err := json.Marshal(conclude(r, DefaultTarget))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, verdicts...)
	}
	return out
}

// Of an article with many wordings the last ones are tried as often as the first, and in
// each fold.
func TestAllWordingsOfAnArticleMayBeTried(t *testing.T) {
	t.Parallel()
	const articles, texts = 150, 80
	var thirds, byFold [folds]int
	for a := range articles {
		for text := 1; text < texts; text++ {
			if tried(text, texts, a, articles) {
				thirds[text*3/texts]++
				byFold[(text+a)%folds]++
			}
		}
	}
	want := articles * trialsEach(articles)
	for i, n := range thirds[:3] {
		if part := want / 3; n < part*9/10 || n > part*11/10 {
			t.Errorf("of third %d of the wordings %d are tried, want about %d", i, n, part)
		}
	}
	for fold, n := range byFold {
		if part := want / folds; n < part*9/10 || n > part*11/10 {
			t.Errorf("in fold %d %d are tried, want about %d", fold, n, part)
		}
	}
	for text := 1; text <= trialsEach(articles); text++ {
		if !tried(text, trialsEach(articles), 7, articles) {
			t.Errorf("wording %d of an article with few is not tried", text)
		}
	}
}
