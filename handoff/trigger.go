package handoff

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"emma/bot"
)

// Trigger is a kind of message that Emma reacts to at once, as editors see it.
type Trigger struct {
	bot.Trigger
	Phrases map[string][]string // by language: what editors added
	Edit    Edit                // the last one
}

// Triggers lists the kinds that editors may add phrases to.
func (s *Script) Triggers() []Trigger {
	kinds := s.usual.Triggers()
	list := make([]Trigger, len(kinds))
	for i, k := range kinds {
		list[i] = s.trigger(k)
	}
	return list
}

// Trigger returns one, or ErrNotFound.
func (s *Script) Trigger(kind string) (Trigger, error) {
	kinds := s.usual.Triggers()
	i := slices.IndexFunc(kinds, func(t bot.Trigger) bool { return t.Kind == kind })
	if i < 0 {
		return Trigger{}, fmt.Errorf("the trigger %.60q: %w", kind, ErrNotFound)
	}
	return s.trigger(kinds[i]), nil
}

func (s *Script) trigger(t bot.Trigger) Trigger {
	state := s.state.Load()
	return Trigger{Trigger: t, Phrases: state.made.Triggers[t.Kind], Edit: state.edits[triggerEdit+t.Kind]}
}

// SaveTrigger changes what Emma listens for from now on, on behalf of an editor who has
// seen a revision. The error wraps ErrNotFound or ErrEdited, or is a *FieldError.
func (s *Script) SaveTrigger(ctx context.Context, by Staff, kind string, revision int64, phrases map[string][]string) error {
	tidy, err := s.checkTrigger(kind, phrases)
	if err != nil {
		return err
	}
	return s.save(ctx, by, triggerEdit+kind, revision, tidy)
}

func (s *Script) checkTrigger(kind string, phrases map[string][]string) (map[string][]string, error) {
	if _, err := s.Trigger(kind); err != nil {
		return nil, err
	}
	tidy, err := s.state.Load().emma.CheckTrigger(kind, phrases)
	if err := inField(err); err != nil {
		return nil, fmt.Errorf("checking the phrases of %s: %w", kind, err)
	}
	return tidy, nil
}

// TryTriggers decides a message as if some kinds had these phrases; nothing is saved.
// Errors as from SaveTrigger.
func (s *Script) TryTriggers(ctx context.Context, q bot.Question, phrases map[string]map[string][]string) (bot.Decision, error) {
	with := s.state.Load().made
	with.Triggers = maps.Clone(with.Triggers)
	for kind, wanted := range phrases {
		tidy, err := s.checkTrigger(kind, wanted)
		if err != nil {
			return bot.Decision{}, err
		}
		with.Triggers[kind] = tidy
	}
	return s.usual.Edited(with).Decide(ctx, q)
}
