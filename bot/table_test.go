package bot

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
)

// kindOf names what was decided in the terms of the labelled file.
func kindOf(d Decision) string {
	switch {
	case d.Reason == Safety, d.Reason == WantsPerson, d.Reason == CaseSpecific, d.Reason == Abusive, d.Reason == LegalAdvice:
		return string(d.Reason)
	case d.Action == SmallTalk:
		return "smalltalk"
	case d.Action == Answer && strings.HasPrefix(d.Article, "limits-"):
		return "limits"
	case d.Action == Answer:
		return "answered"
	}
	return "not_answered"
}

func TestProbeTable(t *testing.T) {
	half := os.Getenv("HALF")
	if half == "" {
		t.Skip()
	}
	b, articles := starterBot(t)
	counts := map[string]map[string]int{}
	var wrong []string
	langOK, langAll := 0, 0
	for _, l := range readLabelled(t) {
		if l.Half != half {
			continue
		}
		d := decide(t, b, l.Text)
		got := kindOf(d)
		if counts[l.Kind] == nil {
			counts[l.Kind] = map[string]int{}
		}
		counts[l.Kind][got]++
		ok := got == l.Kind || l.Kind == "general" && (got == "answered" || got == "not_answered") ||
			(l.Kind == "out_of_scope" || l.Kind == "gibberish") && (got == "not_answered" || got == "limits")
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%-14s %-14s %s | %v %s %.2f", l.Kind, got, l.Text, d.Signals, d.Article, d.Confidence))
		}
		if len(strings.Fields(l.Text)) >= 4 && l.Language != "" {
			langAll++
			if d.Language == l.Language {
				langOK++
			} else {
				wrong = append(wrong, fmt.Sprintf("LANGUAGE %s %s", d.Language, l.Text))
			}
		}
	}
	sort.Strings(wrong)
	for _, w := range wrong {
		fmt.Println(w)
	}
	for k, v := range counts {
		fmt.Println(k, v)
	}
	fmt.Println("language", langOK, langAll)
	_ = articles
}
