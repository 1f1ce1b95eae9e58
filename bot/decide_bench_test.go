package bot

import (
	"context"
	"strings"
	"testing"
	"time"
)

// hostile are messages of 4,000 characters that were made to cost much.
func hostile(length int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, length/len(s)+1)[:length] }
	return map[string]string{
		"one word":          fill("a"),
		"short words":       fill("i i my my "),
		"digits":            fill("1 2 3 "),
		"digits in a row":   fill("1234567890"),
		"receipt prefixes":  fill("IOE EAC "),
		"letters as digits": fill("O0l1I"),
		"at signs":          fill("a@b."),
		"brackets":          fill("[receipt number "),
		"marks":             fill("[receipt number 1 · "),
		"wishes":            fill("i want to to to talk "),
		"danger":            fill("they took my my my "),
		"misspelled":        fill("representatve represntative "),
		"IBAN beginnings":   fill("DE89 3704 "),
		"months":            fill("4 march 4 "),
		"accents":           fill("e\u0301\u0301"),
	}
}

// settledBot is Emma over the starter base, with nothing left to be done in the background.
func settledBot(tb testing.TB) *Bot {
	tb.Helper()
	emma, _ := starterBot(tb)
	starter, err := openStarter()
	if err == nil {
		err = starter.base.Settle(context.Background())
	}
	if err != nil {
		tb.Fatal(err)
	}
	return emma
}

// BenchmarkDecide measures a decision on the labelled messages, over the starter base.
// go test ./bot -run - -bench Decide -cpu 1
func BenchmarkDecide(b *testing.B) {
	emma := settledBot(b)
	messages, at := readLabelled(b, "decisions"), 0
	b.ReportAllocs()
	for b.Loop() {
		if _, err := emma.Decide(context.Background(), Question{Text: messages[at%len(messages)].Text}); err != nil {
			b.Fatal(err)
		}
		at++
	}
}

// BenchmarkHostileMessages measures how long a decision on 4,000 hostile characters takes.
func BenchmarkHostileMessages(b *testing.B) {
	emma, _ := starterBot(b)
	for name, text := range hostile(4000) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := emma.Decide(context.Background(), Question{Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestTheCostOfADecisionGrowsWithItsLength decides hostile messages of two lengths. A cost
// that grows with the square of the length would be a hundred times as high for ten times
// the length; the bound leaves room for a busy machine.
func TestTheCostOfADecisionGrowsWithItsLength(t *testing.T) {
	b, _ := starterBot(t)
	cost := func(text string) time.Duration {
		best := time.Hour
		for range 2 {
			begun := time.Now()
			if _, err := b.Decide(context.Background(), Question{Text: text}); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(begun))
		}
		return best
	}
	short, long := hostile(4000), hostile(40000)
	for name := range short {
		if s, l := cost(short[name]), cost(long[name]); l > 60*s && l > time.Second {
			t.Errorf("%s: 4,000 characters take %v, 40,000 take %v", name, s, l)
		}
	}
}
