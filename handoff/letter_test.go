package handoff

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestALetterIsNeverInTwoPostbagsWithoutAPersonsDecision plays takers that are slow, die
// at any moment and come back late, against a mail server that answers, refuses or is
// silent, and counts what the server took.
func TestALetterIsNeverInTwoPostbagsWithoutAPersonsDecision(t *testing.T) {
	moves := 0
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
		l := Letter{State: LetterWaiting, DueAt: now, CreatedAt: now}
		taken, allowed := 0, 1 // mails at the server, and how many may be there
		// change is what the store does: a taker that lost its lease is refused.
		change := func(taker string, step func() error) bool {
			moves++
			return l.Taker == taker && step() == nil
		}
		// Mostly it is the taker who acts, sometimes one whose lease has ended.
		taker := rapid.Custom(func(t *rapid.T) string {
			if l.Taker != "" && rapid.IntRange(0, 3).Draw(t, "late") > 0 {
				return l.Taker
			}
			return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
		})
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) {
				if taken > allowed {
					t.Fatalf("the server has %d mails, %d are allowed; the letter is %+v", taken, allowed, l)
				}
				done := l.State == LetterSent || l.State == LetterDoubtful || l.State == LetterFailed
				if done != !l.DoneAt.IsZero() {
					t.Fatalf("done and not done: %+v", l)
				}
				if l.State == LetterFailed && taken >= allowed {
					t.Fatalf("a letter that came counts as failed: %+v", l)
				}
			},
			"time passes": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.IntRange(1, 7200).Draw(t, "seconds")) * time.Second)
			},
			"take": func(t *rapid.T) {
				now = now.Add(time.Minute)
				if l.Take(taker.Draw(t, "taker"), now, now.Add(5*time.Minute)) == nil {
					moves++
				}
			},
			"refused before the end": func(t *rapid.T) {
				who := taker.Draw(t, "taker")
				if l.State != LetterSending {
					t.Skip("nobody sends")
				}
				change(who, func() error { return l.Refused("451", rapid.Bool().Draw(t, "for good"), time.Second, now) })
			},
			"hand over": func(t *rapid.T) {
				if !change(taker.Draw(t, "taker"), l.HandOver) {
					t.Skip("not theirs")
				}
				// From here on the taker knows what happens unless it dies.
				switch rapid.SampledFrom([]string{"taken", "refused", "silent and taken", "silent", "dies and taken", "dies"}).Draw(t, "end") {
				case "taken":
					taken++
					change(l.Taker, func() error { return l.Sent(now) })
				case "refused":
					change(l.Taker, func() error { return l.Refused("451", false, time.Second, now) })
				case "silent and taken":
					taken++
					change(l.Taker, func() error { return l.Doubtful("no answer", now) })
				case "silent":
					change(l.Taker, func() error { return l.Doubtful("no answer", now) })
				case "dies and taken":
					taken++
				}
			},
			"a person decides": func(t *rapid.T) {
				if change("", func() error { return l.SendAgain(now) }) {
					allowed = taken + 1
				}
			},
		})
	})
	t.Logf("%d moves", moves)
}

func TestPausesBetweenTriesDoubleUpToAnHour(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for tries, want := range map[int]time.Duration{1: 30 * time.Second, 2: time.Minute, 3: 2 * time.Minute, 7: 32 * time.Minute, 8: time.Hour, 100: time.Hour} {
		l := Letter{State: LetterSending, Tries: tries, CreatedAt: now}
		if err := l.Refused("451", false, 30*time.Second, now); err != nil || l.DueAt.Sub(now) != want {
			t.Errorf("after %d tries the pause is %v, want %v", tries, l.DueAt.Sub(now), want)
		}
	}
	old := Letter{State: LetterSending, Tries: 80, CreatedAt: now.Add(-LetterPatience)}
	if err := old.Refused("451", false, time.Second, now); err != nil || old.State != LetterFailed {
		t.Errorf("after %v the letter is %s", LetterPatience, old.State)
	}
}
