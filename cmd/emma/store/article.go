package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"emma/handoff"
	"emma/knowledge"
)

// articleHead is the row of an article beside its revisions.
type articleHead struct{ newest, published, review, retired, change int64 }

// status is where a revision of the article stands.
func (h articleHead) status(revision int64) knowledge.Status {
	switch {
	case h.retired != 0 && revision == h.newest:
		return knowledge.StatusRetired
	case revision == h.published:
		return knowledge.StatusPublished
	case revision == h.review:
		return knowledge.StatusInReview
	}
	return knowledge.StatusDraft
}

// moved is the head after the newest revision went from one status to another.
func (h articleHead) moved(from, to knowledge.Status) articleHead {
	h.review, h.retired = 0, 0
	switch to {
	case knowledge.StatusInReview:
		h.review = h.newest
	case knowledge.StatusPublished:
		h.published = h.newest
	case knowledge.StatusRetired:
		h.published, h.retired = 0, 1
	case knowledge.StatusDraft:
		if from == knowledge.StatusPublished {
			h.published = 0
		}
	}
	return h
}

// lockArticle returns the head of an article after locking its row; a new article
// gets one first. Two editors who save at once are so put in order.
func lockArticle(t *tx, id, language string) (articleHead, error) {
	if _, err := t.exec(`INSERT INTO article (id, language, newest, published, review, retired, change) VALUES ($1, $2, 0, 0, 0, 0, 0)
		ON CONFLICT (id, language) DO NOTHING`, id, language); err != nil {
		return articleHead{}, fmt.Errorf("adding article %s: %w", id, err)
	}
	var h articleHead
	err := t.row([]any{&h.newest, &h.published, &h.review, &h.retired, &h.change}, `UPDATE article SET newest = newest WHERE id = $1 AND language = $2
		RETURNING newest, published, review, retired, change`, id, language)
	if err != nil {
		return articleHead{}, fmt.Errorf("locking article %s: %w", id, err)
	}
	return h, nil
}

// content is what a revision holds; the rest of an Article stands in columns.
func content(a knowledge.Article) (string, error) {
	a.Revision, a.Change, a.Status, a.SavedBy = 0, 0, "", ""
	a.SavedAt = fromMilli(0)
	b, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("writing article %s: %w", a.ID, err)
	}
	return string(b), nil
}

func insertRevision(t *tx, a knowledge.Article, revision int64, text, by string, at int64) error {
	_, err := t.exec(`INSERT INTO article_revision (id, language, revision, content, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, a.Language, revision, text, at, by)
	if err != nil {
		return fmt.Errorf("saving article %s: %w", a.ID, err)
	}
	return nil
}

// nextChange moves the change counter. It locks the counter until the end of the
// transaction, so that a follower never sees a higher change before a lower one.
func nextChange(t *tx) (int64, error) {
	var change int64
	err := t.row([]any{&change}, `INSERT INTO meta (name, value) VALUES ('article_change', '1')
		ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS BIGINT) + 1 AS TEXT) RETURNING CAST(value AS BIGINT)`)
	if err != nil {
		return 0, fmt.Errorf("moving the change counter: %w", err)
	}
	return change, nil
}

// articleOrder makes all writers of articles one queue, since they share the counter.
const articleOrder = ""

// SaveArticle implements knowledge.Store.
func (s *Store) SaveArticle(ctx context.Context, a knowledge.Article) (knowledge.Article, error) {
	a = a.Normal()
	if err := a.Validate(); err != nil {
		return knowledge.Article{}, err
	}
	text, err := content(a)
	if err != nil {
		return knowledge.Article{}, err
	}
	err = s.do(ctx, articleOrder, func(t *tx) error {
		head, err := lockArticle(t, a.ID, a.Language)
		if err != nil {
			return err
		}
		if head.newest != a.Revision {
			return fmt.Errorf("saving article %s: %w", a.ID, knowledge.ErrStale)
		}
		if err := insertRevision(t, a, head.newest+1, text, a.SavedBy, s.nowMilli()); err != nil {
			return err
		}
		_, err = t.exec(`UPDATE article SET newest = newest + 1, review = 0, retired = 0 WHERE id = $1 AND language = $2`, a.ID, a.Language)
		return err
	})
	if err != nil {
		return knowledge.Article{}, err
	}
	return s.Article(ctx, a.ID, a.Language)
}

// SetStatus implements knowledge.Store.
func (s *Store) SetStatus(ctx context.Context, id, language string, revision int64, status knowledge.Status, by string) (knowledge.Article, error) {
	step := knowledge.Step{ID: id, Language: language, Revision: revision, To: status}
	err := s.do(ctx, articleOrder, func(t *tx) error { return s.move(t, step, by, "", false) })
	if err != nil {
		return knowledge.Article{}, err
	}
	return s.Article(ctx, id, language)
}

// move makes one step of the newest revision and records it.
func (s *Store) move(t *tx, step knowledge.Step, by, note string, fourEyes bool) error {
	head, err := lockArticle(t, step.ID, step.Language)
	if err != nil {
		return err
	}
	if head.newest == 0 {
		return knowledge.ErrNotFound
	}
	if (step.To == knowledge.StatusPublished || step.To == knowledge.StatusInReview) && step.Revision != head.newest {
		return fmt.Errorf("moving article %s: %w", step.ID, knowledge.ErrStale)
	}
	newest, err := scanArticle(func(dest ...any) error { return t.row(dest, newestArticle, step.ID, step.Language) })
	if err != nil {
		return err
	}
	if _, err := newest.Move(step.To, by, fourEyes); err != nil {
		return err
	}
	return s.settle(t, step, head, head.moved(newest.Status, step.To), by, note)
}

// settle writes where an article stands after a step.
func (s *Store) settle(t *tx, step knowledge.Step, before, after articleHead, by, note string) (err error) {
	if after.published != before.published || after.retired != before.retired {
		if after.change, err = nextChange(t); err != nil {
			return err
		}
	}
	if _, err := t.exec(`UPDATE article SET published = $3, review = $4, retired = $5, change = $6 WHERE id = $1 AND language = $2`,
		step.ID, step.Language, after.published, after.review, after.retired, after.change); err != nil {
		return fmt.Errorf("setting article %s to %s: %w", step.ID, step.To, err)
	}
	if step.To == knowledge.StatusRetired {
		if err := unschedule(t, step.ID, step.Language); err != nil {
			return err
		}
	}
	revision := step.Revision
	if revision == 0 {
		revision = before.newest
	}
	t.tell(handoff.Signal{Topic: handoff.TopicArticles})
	return s.record(t, knowledge.Record{ID: step.ID, Language: step.Language, Revision: revision, Status: step.To, By: by, Note: note})
}

const articleColumns = `article.id, article.language, article_revision.revision, article.newest, article.published, article.review, article.retired, article.change,
	article_revision.content, article_revision.saved_at, article_revision.saved_by`

func scanArticle(scan func(...any) error) (knowledge.Article, error) {
	var a knowledge.Article
	var head articleHead
	var id, language, text, by string
	var revision, saved int64
	err := scan(&id, &language, &revision, &head.newest, &head.published, &head.review, &head.retired, &head.change, &text, &saved, &by)
	if errors.Is(err, sql.ErrNoRows) {
		return knowledge.Article{}, knowledge.ErrNotFound
	}
	if err != nil {
		return knowledge.Article{}, fmt.Errorf("reading an article: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return knowledge.Article{}, fmt.Errorf("reading article %s: %w", id, err)
	}
	a.ID, a.Language, a.Revision, a.Change, a.Status = id, language, revision, head.change, head.status(revision)
	a.SavedAt, a.SavedBy = fromMilli(saved), by
	return a, nil
}

func (s *Store) articles(ctx context.Context, query string, args ...any) ([]knowledge.Article, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading articles: %w", err)
	}
	defer rows.Close()
	var list []knowledge.Article
	for rows.Next() {
		a, err := scanArticle(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

const fromArticles = ` FROM article JOIN article_revision ON article_revision.id = article.id AND article_revision.language = article.language `

const newestArticle = `SELECT ` + articleColumns + fromArticles + `
	WHERE article.id = $1 AND article.language = $2 AND article_revision.revision = article.newest`

// Articles implements knowledge.Store.
func (s *Store) Articles(ctx context.Context) ([]knowledge.Article, error) {
	return s.articles(ctx, `SELECT `+articleColumns+fromArticles+`
		WHERE article_revision.revision = article.newest ORDER BY article.id, article.language`)
}

// Article implements knowledge.Store.
func (s *Store) Article(ctx context.Context, id, language string) (knowledge.Article, error) {
	return scanArticle(s.db.QueryRowContext(ctx, newestArticle, id, language).Scan)
}

// Revisions implements knowledge.Store.
func (s *Store) Revisions(ctx context.Context, id, language string) ([]knowledge.Article, error) {
	return s.articles(ctx, `SELECT `+articleColumns+fromArticles+`
		WHERE article.id = $1 AND article.language = $2 ORDER BY article_revision.revision DESC`, id, language)
}

// Published implements knowledge.Store.
func (s *Store) Published(ctx context.Context, after int64) ([]knowledge.Article, int64, error) {
	list, err := s.articles(ctx, `SELECT `+articleColumns+fromArticles+`
		WHERE article.change > $1 AND article_revision.revision = CASE WHEN article.published > 0 THEN article.published ELSE article.newest END
		ORDER BY article.change, article.id, article.language`, after)
	if err != nil {
		return nil, 0, err
	}
	change := after
	for i, a := range list {
		change = max(change, a.Change)
		if a.Status != knowledge.StatusPublished {
			list[i].Status = knowledge.StatusRetired
		}
	}
	return list, change, nil
}

// ArticleChange is the present value of the change counter: 0 in a base that never
// had an article.
func (s *Store) ArticleChange(ctx context.Context) (int64, error) {
	var change int64
	err := s.db.QueryRowContext(ctx, `SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'article_change'`).Scan(&change)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("reading the change counter: %w", err)
	}
	return change, nil
}
