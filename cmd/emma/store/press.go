package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"emma/knowledge"
)

func (s *Store) record(t *tx, r knowledge.Record) error {
	number, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("making a number: %w", err)
	}
	_, err = t.exec(`INSERT INTO article_record (number, id, language, revision, at, status, done_by, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		number.String(), r.ID, r.Language, r.Revision, s.nowMilli(), string(r.Status), r.By, r.Note)
	if err != nil {
		return fmt.Errorf("recording what was done with %s: %w", r.ID, err)
	}
	return nil
}

// MoveArticles implements knowledge.Press.
func (s *Store) MoveArticles(ctx context.Context, steps []knowledge.Step, by, note string) ([]knowledge.Article, error) {
	err := s.do(ctx, articleOrder, func(t *tx) error {
		rules, err := rulesIn(t)
		if err != nil {
			return err
		}
		for _, step := range steps {
			if step.To == knowledge.StatusPublished && step.At.After(s.now()) {
				err = s.plan(t, step, by, note, rules.FourEyes)
			} else {
				err = s.move(t, step, by, note, rules.FourEyes)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var articles []knowledge.Article
	for _, step := range steps {
		a, err := s.Article(ctx, step.ID, step.Language)
		if err != nil {
			return nil, err
		}
		articles = append(articles, a)
	}
	return articles, nil
}

// plan notes that the newest revision is to be published later. It may be published
// now, so that the time alone is missing.
func (s *Store) plan(t *tx, step knowledge.Step, by, note string, fourEyes bool) error {
	head, err := lockArticle(t, step.ID, step.Language)
	if err != nil {
		return err
	}
	if head.newest == 0 {
		return knowledge.ErrNotFound
	}
	if step.Revision != head.newest {
		return fmt.Errorf("planning article %s: %w", step.ID, knowledge.ErrStale)
	}
	newest, err := scanArticle(func(dest ...any) error { return t.row(dest, newestArticle, step.ID, step.Language) })
	if err != nil {
		return err
	}
	if _, err := newest.Move(knowledge.StatusPublished, by, fourEyes); err != nil {
		return err
	}
	if _, err := t.exec(`INSERT INTO article_schedule (id, language, revision, at, planned_by, note) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id, language) DO UPDATE SET revision = excluded.revision, at = excluded.at, planned_by = excluded.planned_by, note = excluded.note`,
		step.ID, step.Language, step.Revision, milli(step.At), by, note); err != nil {
		return fmt.Errorf("planning article %s: %w", step.ID, err)
	}
	return s.record(t, knowledge.Record{ID: step.ID, Language: step.Language, Revision: step.Revision, Status: planned, By: by, Note: note})
}

// unschedule forgets what was planned for an article that is retired.
func unschedule(t *tx, id, language string) error {
	if _, err := t.exec(`DELETE FROM article_schedule WHERE id = $1 AND language = $2`, id, language); err != nil {
		return fmt.Errorf("taking back what was planned: %w", err)
	}
	return nil
}

// Entries of the record that are no status.
const (
	planned   knowledge.Status = "planned"
	unplanned knowledge.Status = "unplanned"
)

// PublishDue implements knowledge.Press. The revision that was planned is published,
// also when a newer draft was saved meanwhile.
func (s *Store) PublishDue(ctx context.Context) (int, error) {
	due, err := s.planned(ctx, `WHERE at <= $1`, s.nowMilli())
	if err != nil || len(due) == 0 {
		return 0, err
	}
	published := 0
	for _, p := range due {
		err := s.do(ctx, articleOrder, func(t *tx) error {
			n, err := t.exec(`DELETE FROM article_schedule WHERE id = $1 AND language = $2 AND revision = $3 AND at = $4`, p.ID, p.Language, p.Revision, milli(p.At))
			if err != nil || n == 0 {
				return err // another node was faster, or it was planned anew
			}
			head, err := lockArticle(t, p.ID, p.Language)
			if err != nil {
				return err
			}
			after := head
			after.published, after.retired = p.Revision, 0
			if after.review == p.Revision {
				after.review = 0
			}
			published++
			return s.settle(t, p.Step, head, after, p.by, p.note)
		})
		if err != nil {
			return published, err
		}
	}
	return published, nil
}

// plannedStep is a planned publication with who planned it and why.
type plannedStep struct {
	knowledge.Step
	by, note string
}

func (s *Store) planned(ctx context.Context, where string, args ...any) ([]plannedStep, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, language, revision, at, planned_by, note FROM article_schedule `+where+` ORDER BY at, id, language`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading what is planned: %w", err)
	}
	defer rows.Close()
	var list []plannedStep
	for rows.Next() {
		p := plannedStep{Step: knowledge.Step{To: knowledge.StatusPublished}}
		var at int64
		if err := rows.Scan(&p.ID, &p.Language, &p.Revision, &at, &p.by, &p.note); err != nil {
			return nil, fmt.Errorf("reading what is planned: %w", err)
		}
		p.At = fromMilli(at)
		list = append(list, p)
	}
	return list, rows.Err()
}

// Planned implements knowledge.Press.
func (s *Store) Planned(ctx context.Context) ([]knowledge.Step, error) {
	list, err := s.planned(ctx, "")
	var steps []knowledge.Step
	for _, p := range list {
		steps = append(steps, p.Step)
	}
	return steps, err
}

// Unplan implements knowledge.Press.
func (s *Store) Unplan(ctx context.Context, id, language, by string) error {
	return s.do(ctx, articleOrder, func(t *tx) error {
		var revision int64
		err := t.row([]any{&revision}, `DELETE FROM article_schedule WHERE id = $1 AND language = $2 RETURNING revision`, id, language)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("taking back what was planned: %w", err)
		}
		return s.record(t, knowledge.Record{ID: id, Language: language, Revision: revision, Status: unplanned, By: by})
	})
}

// Records implements knowledge.Press.
func (s *Store) Records(ctx context.Context, id string) ([]knowledge.Record, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, language, revision, at, status, done_by, note FROM article_record WHERE id = $1 ORDER BY number DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the record of %s: %w", id, err)
	}
	defer rows.Close()
	var list []knowledge.Record
	for rows.Next() {
		var r knowledge.Record
		if err := rows.Scan(&r.ID, &r.Language, &r.Revision, &r.At, &r.Status, &r.By, &r.Note); err != nil {
			return nil, fmt.Errorf("reading the record of %s: %w", id, err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

const readRules = `SELECT value FROM meta WHERE name = 'publishing_rules'`

func scanRules(err error, value string) (knowledge.Rules, error) {
	rules := knowledge.DefaultRules()
	if errors.Is(err, sql.ErrNoRows) {
		return rules, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(value), &rules)
	}
	if err != nil {
		return knowledge.Rules{}, fmt.Errorf("reading the rules: %w", err)
	}
	return rules, nil
}

func rulesIn(t *tx) (knowledge.Rules, error) {
	var value string
	err := t.row([]any{&value}, readRules)
	return scanRules(err, value)
}

// Rules implements knowledge.Press.
func (s *Store) Rules(ctx context.Context) (knowledge.Rules, error) {
	var value string
	err := s.db.QueryRowContext(ctx, readRules).Scan(&value)
	return scanRules(err, value)
}

// SetRules implements knowledge.Press.
func (s *Store) SetRules(ctx context.Context, r knowledge.Rules) error {
	value, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("writing the rules: %w", err)
	}
	return s.do(ctx, articleOrder, func(t *tx) error {
		_, err := t.exec(`INSERT INTO meta (name, value) VALUES ('publishing_rules', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, string(value))
		return err
	})
}

// Tests implements knowledge.Press.
func (s *Store) Tests(ctx context.Context) ([]knowledge.Test, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, language, text, article, kept_by, at FROM kept_test ORDER BY article, text`)
	if err != nil {
		return nil, fmt.Errorf("reading the kept tests: %w", err)
	}
	defer rows.Close()
	var list []knowledge.Test
	for rows.Next() {
		var t knowledge.Test
		if err := rows.Scan(&t.ID, &t.Language, &t.Text, &t.Article, &t.By, &t.At); err != nil {
			return nil, fmt.Errorf("reading the kept tests: %w", err)
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// KeepTest implements knowledge.Press.
func (s *Store) KeepTest(ctx context.Context, test knowledge.Test) (knowledge.Test, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return knowledge.Test{}, fmt.Errorf("making an id: %w", err)
	}
	test.At = s.nowMilli()
	err = s.do(ctx, articleOrder, func(t *tx) error {
		return t.row([]any{&test.ID}, `INSERT INTO kept_test (id, language, text, article, kept_by, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (language, text) DO UPDATE SET article = excluded.article, kept_by = excluded.kept_by, at = excluded.at RETURNING id`,
			id.String(), test.Language, test.Text, test.Article, test.By, test.At)
	})
	if err != nil {
		return knowledge.Test{}, fmt.Errorf("keeping a test: %w", err)
	}
	return test, nil
}

// DropTest implements knowledge.Press.
func (s *Store) DropTest(ctx context.Context, id string) error {
	return s.do(ctx, articleOrder, func(t *tx) error {
		n, err := t.exec(`DELETE FROM kept_test WHERE id = $1`, id)
		if err == nil && n == 0 {
			err = knowledge.ErrNotFound
		}
		return err
	})
}
