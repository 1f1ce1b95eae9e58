package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"emma/knowledge"
)

var qualityOn = flag.String("quality", "", "folder of question sets; print the table of quality that they give")

// claim is one row of the table of quality: what is measured, and what it should reach.
type claim struct {
	set        string // folder and articles, or "uscis" for the starter base
	what       string
	value      func(evaluation) float64
	floor, aim float64
	most       bool // floor and aim are what it may be at most
}

func claims() []claim {
	top1 := func(e evaluation) float64 { return e.Top1 }
	hit3 := func(e evaluation) float64 { return e.Hit3 }
	auroc := func(e evaluation) float64 { return e.AUROC }
	scope := func(e evaluation) float64 { return e.ScopeAUROC }
	ece := func(e evaluation) float64 { return e.ECE }
	at90 := func(e evaluation) float64 { return e.Coverage90 }
	at95 := func(e evaluation) float64 { return e.Coverage95 }
	precision := func(e evaluation) float64 { return e.Precision }
	covered := func(e evaluation) float64 { return e.Coverage }
	const threefold = " (outside counted threefold)"
	return []claim{
		{"clinc150 k5", "top-1", top1, .72, .76, false},
		{"clinc150 k10", "top-1", top1, .81, .84, false},
		{"clinc150 k20", "top-1", top1, .87, .90, false},
		{"clinc150 k10", "AUROC", auroc, .915, .93, false},
		{"clinc150 k10" + threefold, "AUROC", auroc, .915, .93, false},
		{"clinc150 k10", "coverage at 95 % precision", at95, .60, .70, false},
		{"banking77 k5", "top-1", top1, .67, .71, false},
		{"banking77 k10", "top-1", top1, .77, .81, false},
		{"banking77 k20", "top-1", top1, .83, .86, false},
		{"hwu64 k10", "top-1", top1, .71, .75, false},
		{"stackfaq k5", "top-1", top1, .95, .97, false},
		{"stackfaq k5", "hit@3", hit3, .99, .995, false},
		{"hint3_curekart kfull", "top-1", top1, .82, .845, false},
		{"hint3_powerplay11 kfull", "top-1", top1, .65, .68, false},
		{"hint3_sofmattress kfull", "top-1", top1, .76, .79, false},
		{"hint3_curekart kfull", "coverage at 90 % precision", at90, .45, .50, false},
		{"hint3_sofmattress kfull", "coverage at 90 % precision", at90, .38, .42, false},
		{"banking77oos k10", "AUROC of inside against outside", scope, .84, .87, false},
		{"clinc150 k10", "calibration error", ece, .07, .05, true},
		{"clinc150 k10" + threefold, "calibration error", ece, .07, .05, true},
		{"hint3_curekart kfull", "calibration error", ece, .07, .05, true},
		{"clinc150 k10", "precision of the answers", precision, .94, .95, false},
		{"stackfaq k5", "precision of the answers", precision, .94, .95, false},
		{"banking77 k10", "precision of the answers", precision, .94, .95, false},
		{"clinc150 k10", "answered", covered, 0, 0, false},
		{"stackfaq k5", "answered", covered, 0, 0, false},
		{"banking77 k10", "answered", covered, 0, 0, false},
		{"uscis", "top-1", top1, .75, .85, false},
		{"uscis", "hit@3", hit3, .90, .95, false},
		{"uscis", "precision of the answers", precision, 0, 0, false},
		{"uscis", "answered", covered, 0, 0, false},
	}
}

// TestQuality prints what Emma reaches on public question sets, as a table:
// go test -v ./cmd/emma -run TestQuality -quality FOLDER
func TestQuality(t *testing.T) {
	if *qualityOn == "" {
		t.Skip("no folder of question sets was named")
	}
	measured := map[string]evaluation{}
	fmt.Println("| set | measured | reached | floor | aim |")
	fmt.Println("|---|---|---|---|---|")
	for _, c := range claims() {
		set, _, threefold := strings.Cut(c.set, " (")
		if _, known := measured[c.set]; !known {
			measured[c.set] = evaluateSet(t, *qualityOn, set, threefold)
		}
		fmt.Println(c.row(c.value(measured[c.set])))
	}
}

func (c claim) row(value float64) string {
	if c.aim == 0 {
		return fmt.Sprintf("| %s | %s | %.3f | | |", c.set, c.what, value)
	}
	mark := "missed"
	switch reached := func(bar float64) bool { return value >= bar && !c.most || value <= bar && c.most }; {
	case reached(c.aim):
		mark = "aim"
	case reached(c.floor):
		mark = "floor"
	}
	return fmt.Sprintf("| %s | %s | %.3f (%s) | %.3g | %.3g |", c.set, c.what, value, mark, c.floor, c.aim)
}

// evaluateSet runs the command on a set. Threefold scores its predictions once more,
// each question that nothing answers counted three times.
func evaluateSet(t *testing.T, folder, set string, threefold bool) evaluation {
	t.Helper()
	name, articles, _ := strings.Cut(set, " ")
	file, language := filepath.Join(folder, name, "articles_"+articles+".jsonl"), "en"
	if name == "uscis" {
		file, language = filepath.Join(t.TempDir(), "starter.jsonl"), "auto"
		if code, _, errs := command(t, "", "kb", "export", file, "--data", t.TempDir()); code != 0 {
			t.Fatalf("%s: %s", set, errs)
		}
	}
	questions, predicted := filepath.Join(folder, name, "questions_dev.jsonl"), filepath.Join(t.TempDir(), "predictions.jsonl")
	code, out, errs := command(t, "", "kb", "eval", "--articles", file, "--questions", questions, "--predictions", predicted, "--language", language)
	var e evaluation
	if err := json.Unmarshal([]byte(out), &e); code != 0 || err != nil {
		t.Fatalf("%s: code %d: %s%s: %v", set, code, out, errs, err)
	}
	if !threefold {
		return e
	}
	asked, err := readLines[askedQuestion](questions)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(predicted)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var trials []knowledge.Trial
	for lines, i := bufio.NewScanner(f), 0; lines.Scan(); i++ {
		var p prediction
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		one := trial(asked[i], p)
		trials = append(trials, one)
		if one.Right == "" {
			trials = append(trials, one, one)
		}
	}
	e.Scores = knowledge.Score(trials)
	return e
}
