package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// PublishChecked publishes what a check found fit, now or at a time. Losses above the
// limit need a reason, which is recorded. It fails with ErrUnchecked when the articles
// or the base changed since.
func (w *Workshop) PublishChecked(ctx context.Context, id, reason string, at time.Time, by string) ([]Article, error) {
	run, err := w.checks.find(id)
	if err != nil {
		return nil, err
	}
	note, err := w.mayPublish(ctx, run, strings.TrimSpace(reason))
	if err != nil {
		return nil, err
	}
	c := run.snapshot()
	steps := slices.Clone(c.Steps)
	for i := range steps {
		steps[i].To, steps[i].At = StatusPublished, at
	}
	articles, err := w.press.MoveArticles(ctx, steps, by, note)
	if errors.Is(err, ErrStale) {
		err = fmt.Errorf("%w (%w)", ErrUnchecked, err)
	}
	if err != nil {
		return nil, err
	}
	return articles, nil
}

// mayPublish says why what a run checked may not be published as the base is now, or
// the note that is recorded with it.
func (w *Workshop) mayPublish(ctx context.Context, run *check, reason string) (note string, err error) {
	c := run.snapshot()
	switch {
	case c.State != "done":
		return "", fmt.Errorf("publishing: %w", ErrUnchecked)
	case c.Blocks && reason == "":
		return "", ErrBlocked
	case len([]rune(reason)) > mostReason:
		return "", invalid("the reason is longer than %d characters", mostReason)
	}
	if err := w.base.Refresh(ctx); err != nil {
		return "", fmt.Errorf("publishing: %w", err)
	}
	if w.base.Change() != run.change {
		return "", fmt.Errorf("publishing: %w", ErrUnchecked)
	}
	if reason != "" {
		note = fmt.Sprintf("%s (lost in the check: answers %d, kept tests %d)", reason, c.Report.Lost, c.Report.TestsLost)
	}
	return note, nil
}

// CheckAndPublish checks one article and publishes it at once when the check lets it
// pass, or a reason is given. The check is returned in any case that it ended.
func (w *Workshop) CheckAndPublish(ctx context.Context, step Step, reason, by string) (Check, []Article, error) {
	c, err := w.StartCheck(ctx, []Step{step})
	if err != nil {
		return Check{}, nil, err
	}
	run, err := w.checks.find(c.ID)
	if err != nil {
		return Check{}, nil, err
	}
	select {
	case <-run.ended:
	case <-ctx.Done():
		run.cancel()
		return Check{}, nil, ctx.Err()
	}
	articles, err := w.PublishChecked(ctx, c.ID, reason, time.Time{}, by)
	return run.snapshot(), articles, err
}

// Move makes a step that needs no check, with a note on why.
func (w *Workshop) Move(ctx context.Context, step Step, note, by string) (Article, error) {
	if step.To == StatusPublished {
		return Article{}, fmt.Errorf("publishing: %w", ErrUnchecked)
	}
	if len([]rune(note)) > mostReason {
		return Article{}, invalid("the note is longer than %d characters", mostReason)
	}
	articles, err := w.press.MoveArticles(ctx, []Step{step}, by, strings.TrimSpace(note))
	if err != nil {
		return Article{}, err
	}
	return articles[0], nil
}

// KeepTest keeps a question whose right article is known; an empty one says that
// nothing may be answered.
func (w *Workshop) KeepTest(ctx context.Context, t Test) (Test, error) {
	t.Text = strings.TrimSpace(t.Text)
	if t.Text == "" || len([]rune(t.Text)) > MaxQuestion {
		return Test{}, invalid("a test has 1 to %d characters", MaxQuestion)
	}
	if t.Language != English && t.Language != Spanish {
		return Test{}, invalid("the language %q is not one of en, es", t.Language)
	}
	if t.Article != "" {
		if _, err := w.articles.Article(ctx, t.Article, t.Language); err != nil {
			return Test{}, fmt.Errorf("keeping a test: %w", err)
		}
	}
	return w.press.KeepTest(ctx, t)
}
