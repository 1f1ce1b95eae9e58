package knowledge

import (
	"context"
	"errors"
	"fmt"
)

// Rehearsed says what is promised in each language, and whether it holds for the
// articles and the policy as they are now: false while it is being measured.
func (b *Base) Rehearsed() (promises map[string]Promise, settled bool) {
	s := b.present()
	promises = map[string]Promise{}
	for language, j := range s.judges {
		promises[language] = j.verdict().Promise
	}
	return promises, s.settled()
}

// SetTarget puts another target of precision in force.
func (w *Workshop) SetTarget(ctx context.Context, target float64, revision int64, by string) error {
	if err := ValidTarget(target); err != nil {
		return err
	}
	if err := w.rulings.SetTarget(ctx, target, revision, by); err != nil {
		return err
	}
	return w.base.Refresh(ctx)
}

// SetSynonyms puts other synonyms in force; none named means those that come with the
// program.
func (w *Workshop) SetSynonyms(ctx context.Context, groups []Synonyms, revision int64, by string) error {
	if groups != nil {
		var err error
		if groups, err = ValidSynonyms(groups); err != nil {
			return err
		}
	}
	if err := w.rulings.SetSynonyms(ctx, groups, revision, by); err != nil {
		return err
	}
	return w.base.Refresh(ctx)
}

// SynonymsTried is what other synonyms would change.
type SynonymsTried struct {
	Groups []Synonyms `json:"groups"` // tidied
	Report Report     `json:"report"`
}

// TrySynonyms compares the base with other synonyms with the base as it is, on the kept
// tests and the latest real questions. Nothing is saved.
func (w *Workshop) TrySynonyms(ctx context.Context, groups []Synonyms) (SynonymsTried, error) {
	if groups != nil {
		var err error
		if groups, err = ValidSynonyms(groups); err != nil {
			return SynonymsTried{}, err
		}
	}
	live, draft := w.base.otherwise(groups)
	rules, err := w.press.Rules(ctx)
	if err != nil {
		return SynonymsTried{}, fmt.Errorf("trying synonyms: %w", err)
	}
	tests, err := w.press.Tests(ctx)
	if err != nil {
		return SynonymsTried{}, fmt.Errorf("trying synonyms: %w", err)
	}
	asked, err := w.notebook.Asked(ctx, w.now().Add(-forecastWindow))
	if err != nil {
		return SynonymsTried{}, fmt.Errorf("trying synonyms: %w", err)
	}
	var probes []Probe
	for _, t := range tests {
		probes = append(probes, Probe{Kind: ProbeTest, Text: t.Text, Language: t.Language, Known: true, Right: t.Article, Times: 1})
	}
	real := realQuestions(asked, []string{English, Spanish})
	probes = append(probes, real[:min(mostReplayed, len(real))]...)
	for i, p := range probes {
		if err := ctx.Err(); err != nil {
			return SynonymsTried{}, fmt.Errorf("trying synonyms: %w", err)
		}
		probes[i].Live, probes[i].Draft = live.say(p.Text, p.Language), draft.say(p.Text, p.Language)
	}
	return SynonymsTried{Groups: groups, Report: Weigh(probes, rules.Limit)}, nil
}

// otherwise returns the base as it is, and as it would be with other synonyms.
func (b *Base) otherwise(groups []Synonyms) (live, draft *stand) {
	s := b.present()
	after := s.copy()
	after.reread(s.shelf.reading(groups, b.fill, b.page))
	return b.stand(s, nil), b.stand(after, nil)
}

// NotePrecision adds to the time line what is promised now, where that is new.
func (w *Workshop) NotePrecision(ctx context.Context) error {
	promises, settled := w.base.Rehearsed()
	if !settled {
		return nil
	}
	var errs []error
	for language, p := range promises {
		if p.Bound > 0 {
			errs = append(errs, w.rulings.NotePrecision(ctx, Mark{
				Language: language, Change: w.base.Change(), Target: p.Target, Answer: p.Answer, Achieved: p.Achieved, Bound: p.Bound, Coverage: p.Coverage,
			}))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("noting the precision: %w", err)
	}
	return nil
}
