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
