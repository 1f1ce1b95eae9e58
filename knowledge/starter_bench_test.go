package knowledge

import (
	"context"
	"testing"
)

// BenchmarkStarter is one question to the starter base, everything included. It reports
// the time that a question takes (p50 and p99).
// go test ./knowledge -run - -bench Starter -cpu 1
func BenchmarkStarter(b *testing.B) {
	articles, err := Starter()
	if err != nil {
		b.Fatal(err)
	}
	var questions, right []string
	for i, a := range articles {
		articles[i].Status = StatusPublished
		if a.Language == English {
			for _, text := range a.Alternates {
				questions, right = append(questions, text+" please"), append(right, a.ID)
			}
		}
	}
	base := openMadeUp(b, articles)
	measure(b, questions, right, func(q string) string {
		r, err := base.Search(context.Background(), Query{Text: q, Language: English})
		if err != nil || len(r.Hits) == 0 {
			return ""
		}
		return r.Hits[0].Article.ID
	})
}
