package bot

import (
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"sort"
	"testing"
)

var fit = flag.Bool("fit", false, "fit the weights of case.json on the fitting half and write them")

// example is one message for the fit: the signs in it, and whether it is about the
// visitor's own case.
type example struct {
	signs  []string
	own    bool
	weight float64
}

// TestFitOfTheCaseScorer writes phrases/case.json when asked to. Without the flag it
// checks that the stored weights name signs that exist.
func TestFitOfTheCaseScorer(t *testing.T) {
	b, articles := starterBot(t)
	known := map[string]bool{}
	var examples []example
	add := func(text, language string, own bool, weight float64) {
		signs := signsOf(t, b, text, language)
		for _, s := range signs {
			known[s] = true
		}
		examples = append(examples, example{signs, own, weight})
	}
	for _, l := range readLabelled(t) {
		if l.Half != "fit" {
			continue
		}
		switch l.Kind {
		case "case_specific":
			add(l.Text, l.Language, true, 1)
		case "general", "out_of_scope", "legal_advice":
			add(l.Text, l.Language, false, 1)
		}
	}
	// Every second wording of the starter articles counts a little as a general
	// question: their writers did not write the labelled file.
	for _, a := range articles {
		for i, text := range a.Alternates {
			if i%2 == 0 {
				add(text, a.Language, false, 0.1)
			}
		}
	}
	if !*fit {
		for sign := range b.scorer.Weights {
			if !known[sign] {
				t.Errorf("case.json weighs %q, which no message has", sign)
			}
		}
		return
	}
	fitted := fitScorer(examples)
	content, err := json.MarshalIndent(fitted, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("phrases/case.json", append(content, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func signsOf(t testing.TB, b *Bot, text, language string) []string {
	t.Helper()
	turn := &turn{bot: b, ctx: context.Background(), text: text, memory: Memory{Language: language}}
	turn.said = b.signals.spelling.mend(words(text))
	if err := turn.search(); err != nil {
		t.Fatal(err)
	}
	return turn.caseFeatures()
}

// fitScorer is logistic regression with a quadratic penalty, by plain gradient
// descent from zero: the same examples give the same weights.
func fitScorer(examples []example) scorer {
	const rounds, rate, penalty = 4000, 0.5, 0.004
	var names []string
	seen := map[string]bool{}
	total := 0.0
	for _, e := range examples {
		total += e.weight
		for _, s := range e.signs {
			if !seen[s] {
				seen[s] = true
				names = append(names, s)
			}
		}
	}
	sort.Strings(names)
	s := scorer{Weights: map[string]float64{}, Threshold: 0.5}
	for range rounds {
		gradient := map[string]float64{}
		bias := 0.0
		for _, e := range examples {
			miss := s.probability(e.signs)
			if e.own {
				miss--
			}
			miss *= e.weight / total
			bias += miss
			for _, sign := range e.signs {
				gradient[sign] += miss
			}
		}
		s.Bias -= rate * bias
		for _, name := range names {
			s.Weights[name] -= rate * (gradient[name] + penalty*s.Weights[name])
		}
	}
	s.Bias = math.Round(s.Bias*100) / 100
	for name, w := range s.Weights {
		s.Weights[name] = math.Round(w*100) / 100
	}
	return s
}
