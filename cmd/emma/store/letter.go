package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"emma/handoff"
)

const letterColumns = `id, conversation, reference, recipient, subject, body, html, state, taker, tries, due_at, problem, created_at, done_at`

func scanLetter(scan func(...any) error) (handoff.Letter, error) {
	var l handoff.Letter
	var due, created, done int64
	err := scan(&l.ID, &l.Conversation, &l.Reference, &l.Recipient, &l.Subject, &l.Text, &l.HTML, &l.State, &l.Taker, &l.Tries, &due, &l.Problem, &created, &done)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Letter{}, handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Letter{}, fmt.Errorf("reading a letter: %w", err)
	}
	l.DueAt, l.CreatedAt, l.DoneAt = fromMilli(due), fromMilli(created), fromMilli(done)
	return l, nil
}

func insertLetter(t *tx, l handoff.Letter) error {
	n, err := t.exec(`INSERT INTO letter (`+letterColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO NOTHING`, l.ID, l.Conversation, l.Reference, l.Recipient, l.Subject, l.Text, l.HTML, string(l.State), l.Taker,
		l.Tries, milli(l.DueAt), l.Problem, milli(l.CreatedAt), milli(l.DoneAt))
	if err != nil {
		return fmt.Errorf("adding a letter: %w", err)
	}
	if n > 0 {
		t.tell(handoff.Signal{Topic: handoff.TopicLetters})
	}
	return nil
}

// AddLetter implements handoff.Outbox.
func (s *Store) AddLetter(ctx context.Context, l handoff.Letter, limit int, since time.Time) error {
	return s.do(ctx, letterOrder, func(t *tx) error {
		var known, sent int
		if err := t.row([]any{&known}, `SELECT COUNT(*) FROM letter WHERE id = $1`, l.ID); err != nil || known > 0 {
			return err
		}
		for _, of := range []struct{ column, value string }{{"conversation", l.Conversation}, {"recipient", l.Recipient}} {
			err := t.row([]any{&sent}, `SELECT COUNT(*) FROM letter WHERE `+of.column+` = $1 AND reference = '' AND created_at > $2`, of.value, milli(since))
			if err != nil {
				return fmt.Errorf("counting letters: %w", err)
			}
			if sent >= limit {
				return handoff.ErrLetters
			}
		}
		return insertLetter(t, l)
	})
}

// letterOrder makes those who take letters one queue within a node.
const letterOrder = "letter"

// TakeLetter implements handoff.Outbox.
func (s *Store) TakeLetter(ctx context.Context, taker string, now, lease time.Time) (handoff.Letter, error) {
	var l handoff.Letter
	err := s.do(ctx, letterOrder, func(t *tx) (err error) {
		var id string
		err = t.row([]any{&id}, `SELECT id FROM letter WHERE done_at = 0 AND due_at <= $1 ORDER BY due_at, id LIMIT 1`, milli(now))
		if errors.Is(err, sql.ErrNoRows) {
			return handoff.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("looking for a letter: %w", err)
		}
		// Another node may have taken it meanwhile: then its lease is due later.
		if l, err = lockLetter(t, id, `AND done_at = 0 AND due_at <= $2`, milli(now)); err != nil {
			return err
		}
		if err := l.Take(taker, now, lease); err != nil {
			return err
		}
		return saveLetter(t, l)
	})
	return l, err
}

// lockLetter locks a letter, if a further condition holds, or returns handoff.ErrNotFound.
func lockLetter(t *tx, id, condition string, args ...any) (handoff.Letter, error) {
	return scanLetter(t.scanner(`UPDATE letter SET tries = tries WHERE id = $1 `+condition+` RETURNING `+letterColumns, append([]any{id}, args...)...))
}

func saveLetter(t *tx, l handoff.Letter) error {
	_, err := t.exec(`UPDATE letter SET state = $2, taker = $3, tries = $4, due_at = $5, problem = $6, created_at = $7, done_at = $8 WHERE id = $1`,
		l.ID, string(l.State), l.Taker, l.Tries, milli(l.DueAt), l.Problem, milli(l.CreatedAt), milli(l.DoneAt))
	if err != nil {
		return fmt.Errorf("saving a letter: %w", err)
	}
	return nil
}

// ChangeLetter implements handoff.Outbox.
func (s *Store) ChangeLetter(ctx context.Context, id, taker string, step func(*handoff.Letter) error) error {
	return s.do(ctx, letterOrder, func(t *tx) error {
		l, err := lockLetter(t, id, "")
		if err != nil {
			return err
		}
		if l.Taker != taker {
			return handoff.ErrStale
		}
		if err := step(&l); err != nil {
			return err
		}
		l.Problem = strings.ToValidUTF8(l.Problem, "?")
		t.tell(handoff.Signal{Topic: handoff.TopicLetters})
		return saveLetter(t, l)
	})
}

// Letter implements handoff.Outbox.
func (s *Store) Letter(ctx context.Context, id string) (handoff.Letter, error) {
	return scanLetter(s.db.QueryRowContext(ctx, `SELECT `+letterColumns+` FROM letter WHERE id = $1`, id).Scan)
}

// Letters implements handoff.Outbox.
func (s *Store) Letters(ctx context.Context, reference string, limit int) ([]handoff.Letter, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+letterColumns+` FROM letter WHERE $1 = '' OR reference = $1
		ORDER BY created_at DESC, id DESC LIMIT $2`, reference, limit)
	if err != nil {
		return nil, fmt.Errorf("reading letters: %w", err)
	}
	defer rows.Close()
	var list []handoff.Letter
	for rows.Next() {
		l, err := scanLetter(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
