package knowledge

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"
)

var fitOn = flag.String("fit", "", "fit shipped.json on the collections in this folder and write it")

// collections are the public collections of questions that the shipped weights are
// fitted on, by file of articles. Only their wordings are read, never the questions
// that quality is measured with.
func collections() []string {
	return []string{
		"clinc150/articles_k10.jsonl", "banking77/articles_k10.jsonl", "hwu64/articles_k10.jsonl", "stackfaq/articles_k5.jsonl",
		"hint3_curekart/articles_kfull.jsonl", "hint3_powerplay11/articles_kfull.jsonl", "hint3_sofmattress/articles_kfull.jsonl",
	}
}

// TestShippedWeights checks the signs of the shipped weights; with -fit it writes
// them: go test ./knowledge -run TestShippedWeights -fit FOLDER
func TestShippedWeights(t *testing.T) {
	if *fitOn != "" {
		fitShipped(t, *fitOn)
	}
	for name, v := range map[string]verdict{"classified": shipped(DefaultTarget).Classified, "plain": shipped(DefaultTarget).Plain} {
		for i, w := range v.Ranker.Weights {
			if w < 0 {
				t.Errorf("%s: weight %d of the ranker is %v", name, i, w)
			}
		}
		for i, w := range v.Confidence.Weights {
			if w*direction(i) < 0 {
				t.Errorf("%s: sign %d of the confidence weighs %v against its direction", name, i, w)
			}
		}
	}
}

func fitShipped(t *testing.T, folder string) {
	t.Helper()
	var classified, plain [][]trial
	for _, file := range collections() {
		r, err := rehearse(context.Background(), leavesOf(t, filepath.Join(folder, file)), true)
		if err != nil {
			t.Fatal(err)
		}
		classified, plain = append(classified, r.classified), append(plain, r.plain)
	}
	v := verdicts{Classified: fitPooled(shipped(DefaultTarget).Classified, classified), Plain: fitPooled(shipped(DefaultTarget).Plain, plain)}
	content, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("shipped.json", append(content, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// shippedNobody is the share of questions without an answer that the shipped weights
// are fitted for: that of a base of 75 articles.
const shippedNobody = 0.2

// fitPooled fits a verdict on several rehearsals that count alike.
func fitPooled(start verdict, rehearsals [][]trial) verdict {
	var all []trial
	for _, trials := range rehearsals {
		all = append(all, trials[:min(len(trials), 2000)]...)
	}
	v := verdict{Ranker: fitRanker(start.Ranker, all)}
	for i, w := range v.Ranker.Weights {
		v.Ranker.Weights[i] = math.Round(1000*w) / 1000
	}
	var outcomes []outcome
	for _, trials := range rehearsals {
		outcomes = append(outcomes, v.outcomes(trials, shippedNobody)...) // each sums to 1
	}
	v.Confidence = fitConfidence(outcomes, confidence{}, 1e-3)
	for i, w := range v.Confidence.Weights {
		v.Confidence.Weights[i] = math.Round(1000*w) / 1000
	}
	v.Confidence.Bias = math.Round(1000*v.Confidence.Bias) / 1000
	return v
}

// leavesOf reads the articles of a file of JSON lines.
func leavesOf(t testing.TB, file string) []leaf {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	byID := map[string]*entry{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var a Article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		a.Language = English
		byID[a.ID] = newEntry(a, "", filler(nil), nil)
	}
	e := newEdition(English, byID, nil)
	leaves := make([]leaf, len(e.entries))
	for a := range leaves {
		leaves[a] = e.leaf(a)
	}
	return leaves
}
