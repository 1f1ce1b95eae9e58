package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/knowledge"
)

// fewArticles are some of the starter articles.
func fewArticles(t *testing.T) []knowledge.Article {
	t.Helper()
	all, err := knowledge.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(a knowledge.Article) bool {
		return !slices.Contains([]string{"address-change-how", "gc-renew", "nat-eligibility", "fees-pay", "safety-emergency", "legal-find-help", "work-ead-renew"}, a.ID)
	})
}

// lines writes values as JSON lines into a file.
func lines[T any](t *testing.T, name string, values []T) string {
	t.Helper()
	var b bytes.Buffer
	for _, v := range values {
		if err := json.NewEncoder(&b).Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestLiveAndEvaluatedDecisionsAreTheSame asks a running program and `emma kb eval` the same
// first messages over the same articles.
func TestLiveAndEvaluatedDecisionsAreTheSame(t *testing.T) {
	type question struct {
		Q        string  `json:"q"`
		Article  *string `json:"article"`
		Language string  `json:"language"`
	}
	var asked []question
	for _, q := range []string{
		"How do I change my address?", "LIVE AGENT", "my N-400 was denied and nobody tells me why", "ICE is at my door", "should I lie about my arrest",
		"what is the capital of France", "asdf qwer", "hello", "you are a stupid bot", "mi caso IOE0912345678 sigue pendiente", "¿Cómo renuevo mi permiso de trabajo?",
		"is it the form", "renew", "my social is 123-45-6789, can I pay with a card?",
	} {
		asked = append(asked, question{Q: q, Language: "en"})
	}
	dir, folder := t.TempDir(), t.TempDir()
	articles := fewArticles(t)
	s, err := store.Open(context.Background(), store.Config{Database: "sqlite", Dir: dir, Log: zap.NewNop(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.ImportArticles(context.Background(), articles, "test", "", nil)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	predictions := filepath.Join(folder, "predictions.jsonl")
	code, _, errs := command(t, "", "kb", "eval", "--articles", lines(t, filepath.Join(folder, "articles.jsonl"), articles),
		"--questions", lines(t, filepath.Join(folder, "questions.jsonl"), asked), "--predictions", predictions)
	if code != 0 {
		t.Fatal(errs)
	}
	content, err := os.ReadFile(predictions)
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, dir, "--message-rate", "0")
	for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		var want struct {
			Decision, Reason string
			Top              []struct{ Article string }
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		differs := ""
		// A server that has just started answers before its confidence is fitted anew.
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(200 * time.Millisecond) {
			visitor, _ := p.visitor(t, "", 0)
			visitor.ask(asked[i].Q)
			got := visitor.until(func(f frame) bool { return f.Type == "message" && f.Decision != nil }).Decision
			differs = ""
			switch {
			case got.Action != want.Decision || got.Reason != want.Reason:
				differs = fmt.Sprintf("live %s %q, evaluated %s %q", got.Action, got.Reason, want.Decision, want.Reason)
			case got.Action == "answer" && got.Article != want.Top[0].Article:
				differs = fmt.Sprintf("live answers %s, evaluated %s", got.Article, want.Top[0].Article)
			}
			if differs == "" || time.Now().After(deadline) {
				break
			}
		}
		if differs != "" {
			t.Errorf("%q: %s", asked[i].Q, differs)
		}
	}
}
