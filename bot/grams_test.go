package bot

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"emma/knowledge"
)

// TestFitOfTheLetterGroups writes phrases/language.json when asked to: how much more often
// a group of three letters occurs in the Spanish articles than in the English ones.
func TestFitOfTheLetterGroups(t *testing.T) {
	if !*fit {
		t.Skip("asked for with -fit")
	}
	_, articles := starterBot(t)
	counts := map[string]map[string]float64{knowledge.English: {}, knowledge.Spanish: {}}
	totals := map[string]float64{}
	for _, a := range articles {
		text := a.Question + "\n" + a.Answer
		for _, alternate := range a.Alternates {
			text += "\n" + alternate
		}
		for _, w := range words(text) {
			if len(w) < 3 || w[0] <= '9' {
				continue
			}
			for _, gram := range lettersOf(w) {
				counts[a.Language][gram]++
				totals[a.Language]++
			}
		}
	}
	table := grams{}
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		for gram := range counts[language] {
			spanish, english := counts[knowledge.Spanish][gram], counts[knowledge.English][gram]
			if spanish+english < 8 {
				continue
			}
			odds := math.Log((spanish + 0.5) / totals[knowledge.Spanish] / ((english + 0.5) / totals[knowledge.English]))
			if tenths := int(math.Round(10 * max(-3, min(3, odds)))); tenths > 4 || tenths < -4 {
				table[gram] = tenths
			}
		}
	}
	content, err := json.Marshal(table)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("phrases/language.json", append(content, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
