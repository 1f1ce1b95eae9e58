package handoff

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrGuesses says that there were too many wrong tries to see a case.
var ErrGuesses = errors.New("too many tries: wait an hour")

const (
	// guessLimit is how many wrong tries one visitor, or one reference, gets within
	// guessWindow. A reference has a hundred million values and its proof is needed
	// besides, so what this leaves finds nothing.
	guessLimit  = 10
	guessWindow = time.Hour
	// guessMemory bounds what is remembered; beyond it nothing is shown to anybody
	// until the oldest are forgotten.
	guessMemory = 100_000
)

// guesses counts wrong tries, in the memory of this node.
type guesses struct {
	mu       sync.Mutex
	failures map[string]failures
}

type failures struct {
	count int
	since time.Time
}

func (g *guesses) shut(now time.Time, keys []string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, key := range keys {
		if f := g.failures[key]; f.count >= guessLimit && now.Sub(f.since) < guessWindow {
			return true
		}
	}
	if len(g.failures) >= guessMemory {
		for key, f := range g.failures {
			if now.Sub(f.since) >= guessWindow {
				delete(g.failures, key)
			}
		}
	}
	return len(g.failures) >= guessMemory
}

func (g *guesses) fail(now time.Time, keys []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, key := range keys {
		f := g.failures[key]
		if now.Sub(f.since) >= guessWindow {
			f = failures{since: now}
		}
		f.count++
		g.failures[key] = f
	}
}

// Status shows a visitor a case. proof is the e-mail address or the receipt number
// that was given with it. who names the asker in all ways that are known, such as
// "address/…" and "conversation/…": each may fail guessLimit times an hour, and so
// may the tries at one reference; then ErrGuesses. ErrNotFound does not tell a wrong
// reference from a wrong proof. A mistyped reference is ErrReference and no guess.
func (s *Cases) Status(ctx context.Context, reference, proof string, who ...string) (Case, error) {
	reference, err := ParseReference(reference)
	if err != nil {
		return Case{}, err
	}
	now, keys := s.cfg.Now(), append([]string{"reference/" + reference}, who...)
	if s.guesses.shut(now, keys) {
		return Case{}, ErrGuesses
	}
	k, err := s.cfg.Store.Case(ctx, reference)
	fits := err == nil && sameEmail(k.Contact.Email, proof)
	if receipt, wrong := receiptOf(proof); err == nil && !fits && wrong == nil && receipt != "" {
		fits, err = s.cfg.Store.ReceiptFits(ctx, reference, receipt)
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Case{}, fmt.Errorf("looking up the status of a case: %w", err)
	}
	if !fits {
		s.guesses.fail(now, keys)
		return Case{}, fmt.Errorf("looking up the status of a case: %w", ErrNotFound)
	}
	return k, nil
}

// StatusText says in a sentence how far a case is, in a language.
func (s *Cases) StatusText(k Case, language string) string {
	k.Language = language
	return s.say("case_"+string(k.State), &k)
}
