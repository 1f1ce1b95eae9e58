package knowledge

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// ForReview is the batch with articles for a second look where it would publish.
func (b Batch) ForReview() Batch {
	b.Rows = slices.Clone(b.Rows)
	for i, row := range b.Rows {
		if row.Article.Status == StatusPublished {
			b.Rows[i].Article.Status = StatusInReview
		}
	}
	return b
}

// whole plans a batch, or says that it has flaws.
func (w *Workshop) whole(ctx context.Context, batch Batch) ([]Article, error) {
	plan, err := batch.PlanFor(ctx, w.articles)
	if err != nil {
		return nil, err
	}
	if len(plan.Flaws) > 0 {
		return nil, invalid("nothing was imported: errors in the file: %d", len(plan.Flaws))
	}
	return plan.Articles(), nil
}

// CheckUpload begins to compare the base as it would be after an import with the base
// as it is: the publish gate for all articles of the file together.
func (w *Workshop) CheckUpload(ctx context.Context, id string) (Check, error) {
	u, err := w.uploads.find(id)
	if err != nil {
		return Check{}, err
	}
	articles, err := w.whole(ctx, u.batch)
	if err != nil {
		return Check{}, err
	}
	var drafts []Article
	for _, a := range articles {
		if a.Status == StatusPublished || a.Status == StatusRetired {
			drafts = append(drafts, a)
		}
	}
	c, err := w.startCheck(ctx, []Step{}, drafts)
	if err != nil {
		return Check{}, err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.check = c.ID
	return c, nil
}

// Import imports what was read, all of it or nothing, in the background. What changed
// in the base since it was read is taken into account. With review nothing is
// published: what the file would publish waits for a second look. Without, the upload
// must have been checked as the base is now, and losses above the limit need a reason.
func (w *Workshop) Import(ctx context.Context, id string, review bool, reason, by string) (Upload, error) {
	u, err := w.uploads.find(id)
	if err != nil {
		return Upload{}, err
	}
	batch := u.batch
	if review {
		batch = batch.ForReview()
	}
	articles, err := w.whole(ctx, batch)
	if err != nil {
		return Upload{}, err
	}
	if publishes(articles) {
		if reason, err = w.mayImport(ctx, u, reason); err != nil {
			return Upload{}, err
		}
	}
	started := false
	u.set(func(s *Upload) {
		if started = s.State != "running" && s.State != "done"; started {
			s.State, s.Done, s.Total = "running", 0, len(articles)
		}
	})
	if !started {
		return u.snapshot(), nil
	}
	w.checks.running.Go(func() {
		changed, err := w.articles.ImportArticles(w.checks.base, articles, by, reason, func(done int) { u.set(func(s *Upload) { s.Done = done }) })
		u.set(func(s *Upload) {
			if err != nil {
				s.State, s.Problem = "failed", "The import failed. Nothing was imported."
				w.base.report(fmt.Errorf("importing articles: %w", err))
				return
			}
			s.State, s.Changed, s.Done = "done", changed, s.Total
		})
	})
	return u.snapshot(), nil
}

// publishes reports whether visitors would get something else.
func publishes(articles []Article) bool {
	return slices.ContainsFunc(articles, func(a Article) bool { return a.Status == StatusPublished })
}

// mayImport says why an upload may not be published, or what is recorded with it.
func (w *Workshop) mayImport(ctx context.Context, u *upload, reason string) (note string, err error) {
	rules, err := w.press.Rules(ctx)
	if err != nil {
		return "", fmt.Errorf("importing: %w", err)
	}
	if rules.FourEyes {
		return "", fmt.Errorf("%w: import the file for review", ErrFourEyes)
	}
	u.mu.Lock()
	id := u.check
	u.mu.Unlock()
	if id == "" {
		return "", fmt.Errorf("importing: %w", ErrUnchecked)
	}
	run, err := w.checks.find(id)
	if err != nil {
		return "", fmt.Errorf("importing: %w", ErrUnchecked)
	}
	return w.mayPublish(ctx, run, strings.TrimSpace(reason))
}
