package bot

import (
	"fmt"
	"slices"
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
		return "not_ours" // an article that says who does it instead
	case d.Action == Answer:
		return "answered"
	}
	return "not_answered"
}

// tally counts what was decided on the messages of each kind.
type tally struct {
	counts              map[string]map[string]int
	rightLanguage       int
	misses              []string
	messagesOfFourWords int
}

func decideAll(t *testing.T, b *Bot, half string) tally {
	out := tally{counts: map[string]map[string]int{}}
	for _, l := range readLabelled(t, "decisions") {
		if l.Half != half {
			continue
		}
		d := decide(t, b, l.Text)
		got := kindOf(d)
		if out.counts[l.Kind] == nil {
			out.counts[l.Kind] = map[string]int{}
		}
		out.counts[l.Kind][got]++
		if got != l.Kind && (slices.Contains(kinds()[:6], l.Kind) || slices.Contains(kinds()[:6], got)) {
			out.misses = append(out.misses, fmt.Sprintf("%s, not %s: %s %v", got, l.Kind, l.Text, d.Signals))
		}
		if len(strings.Fields(l.Text)) >= 4 && l.Language != "" {
			out.messagesOfFourWords++
			if d.Language == l.Language {
				out.rightLanguage++
			}
		}
	}
	return out
}

func (y tally) of(kind string) (n int) {
	for _, count := range y.counts[kind] {
		n += count
	}
	return n
}

func (y tally) recall(kind string) float64 { return share(y.counts[kind][kind], y.of(kind)) }

func (y tally) precision(kind string) float64 {
	all := 0
	for _, got := range y.counts {
		all += got[kind]
	}
	return share(y.counts[kind][kind], all)
}

func share(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }

// TestDecisionsOnLabelledMessages decides the messages that nothing was fitted on, with the
// starter base and the real search, prints a table and holds it to its bars.
func TestDecisionsOnLabelledMessages(t *testing.T) {
	b, _ := starterBot(t)
	y := decideAll(t, b, "held")
	t.Logf("%-14s %5s %9s %7s  decided as", "kind", "n", "precision", "recall")
	for _, kind := range append(kinds(), "gibberish") {
		precision, recall := "", ""
		if slices.Contains(kinds()[:6], kind) {
			precision, recall = fmt.Sprintf("%.3f", y.precision(kind)), fmt.Sprintf("%.3f", y.recall(kind))
		}
		t.Logf("%-14s %5d %9s %7s  %v", kind, y.of(kind), precision, recall, y.counts[kind])
	}
	languageRight := share(y.rightLanguage, y.messagesOfFourWords)
	t.Logf("language right in %.3f of %d messages of four words or more", languageRight, y.messagesOfFourWords)
	for _, bar := range []struct {
		name       string
		got, least float64
	}{
		{"person wanted, precision", y.precision(kindPerson), 0.98},
		{"person wanted, recall", y.recall(kindPerson), 0.98},
		{"own case, recall", y.recall(kindCase), 0.95},
		{"general questions not handed off as a case", 1 - share(y.counts[kindGeneral][kindCase], y.of(kindGeneral)), 0.97},
		{"danger, recall", y.recall(kindSafety), 1},
		{"out of scope not answered as if known", 1 - share(y.counts[kindOutside]["answered"], y.of(kindOutside)), 0.97},
		{"language right", languageRight, 0.98},
	} {
		if bar.got < bar.least {
			t.Errorf("%s: %.3f, want at least %.3f", bar.name, bar.got, bar.least)
		}
	}
	if t.Failed() {
		for _, miss := range y.misses {
			t.Log(miss)
		}
	}
}
