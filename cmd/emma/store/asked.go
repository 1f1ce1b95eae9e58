package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/google/uuid"

	"emma/handoff"
	"emma/knowledge"
)

const (
	// askedWindow is how far back conversations are read: older ones are not taken
	// over when the notebook is new, and not looked at again.
	askedWindow = 90 * 24 * time.Hour
	// askedOverlap is read again each time: a change with an earlier time may become
	// durable after one with a later time was read.
	askedOverlap = 30 * time.Second
	// askedBatch is how many conversations one transaction takes over.
	askedBatch = 200
	// eventLimit bounds what is read of one conversation.
	eventLimit = 10_000
)

// Asked implements knowledge.Notebook.
func (s *Store) Asked(ctx context.Context, since time.Time) ([]knowledge.Asked, error) {
	if err := s.gatherAsked(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT id, visitor, at, language, text, outcome, article, confidence, reply, closing, helped
		FROM asked WHERE at >= $1 ORDER BY at, id`, milli(since))
	if err != nil {
		return nil, fmt.Errorf("reading what was asked: %w", err)
	}
	defer rows.Close()
	var list []knowledge.Asked
	for rows.Next() {
		var a knowledge.Asked
		var at, thousandths, helped int64
		if err := rows.Scan(&a.ID, &a.Visitor, &at, &a.Language, &a.Text, &a.Outcome, &a.Article, &thousandths, &a.Reply, &a.Closing, &helped); err != nil {
			return nil, fmt.Errorf("reading what was asked: %w", err)
		}
		a.At, a.Confidence, a.Helped = fromMilli(at), float64(thousandths)/1000, helped != 0
		list = append(list, a)
	}
	return list, rows.Err()
}

// gatherAsked takes over the conversations that changed since the last time. Reading
// one twice, also on two nodes at once, changes nothing.
func (s *Store) gatherAsked(ctx context.Context) error {
	s.gathering.Lock()
	defer s.gathering.Unlock()
	began := s.now()
	var cursor int64
	err := s.db.QueryRowContext(ctx, `SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'asked_cursor'`).Scan(&cursor)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("reading how far the logs were read: %w", err)
	}
	after := oldestID(began.Add(-askedWindow))
	for {
		ids, err := s.changedConversations(ctx, after, cursor)
		if err != nil || len(ids) == 0 {
			if err == nil {
				err = s.setMeta(ctx, "asked_cursor", milli(began.Add(-askedOverlap)))
			}
			return err
		}
		if err := s.takeOver(ctx, ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

// oldestID is below the id of every conversation opened at t or later: ids are UUIDs
// of version 7, which begin with the time.
func oldestID(t time.Time) string {
	ms := max(t.UnixMilli(), 0)
	hex := fmt.Sprintf("%012x", ms)
	return hex[:8] + "-" + hex[8:]
}

func (s *Store) changedConversations(ctx context.Context, after string, cursor int64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id FROM conversation WHERE id > $1 AND changed_at >= $2 ORDER BY id LIMIT $3`, after, cursor, askedBatch)
	if err != nil {
		return nil, fmt.Errorf("looking for changed conversations: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("looking for changed conversations: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// takeOver reads the logs of conversations and notes what was asked in them.
func (s *Store) takeOver(ctx context.Context, ids []string) error {
	found, shown := map[string][]knowledge.Asked{}, map[string][]knowledge.Showing{}
	for _, id := range ids {
		events, err := s.EventsAfter(ctx, id, 0, eventLimit)
		if err != nil {
			return err
		}
		found[id], shown[id] = handoff.Asked(events), handoff.Showings(events)
	}
	return s.do(ctx, "", func(t *tx) error {
		for _, id := range ids {
			if err := noteShowings(t, id, shown[id]); err != nil {
				return err
			}
			for _, a := range found[id] {
				helped := 0
				if a.Helped {
					helped = 1
				}
				if _, err := t.exec(`INSERT INTO asked (id, conversation, visitor, at, language, text, outcome, article, confidence, reply, closing, helped)
					VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11)
					ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, article = excluded.article, reply = excluded.reply, helped = excluded.helped`,
					a.ID, id, a.Visitor, milli(a.At), a.Language, a.Text, string(a.Outcome), a.Article,
					int64(math.Round(a.Confidence*1000)), a.Reply, helped); err != nil {
					return fmt.Errorf("noting what was asked: %w", err)
				}
			}
		}
		return nil
	})
}

func (s *Store) setMeta(ctx context.Context, name string, value int64) error {
	return s.do(ctx, "", func(t *tx) error {
		_, err := t.exec(`INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			name, strconv.FormatInt(value, 10))
		return err
	})
}

// CloseAsked implements knowledge.Notebook.
func (s *Store) CloseAsked(ctx context.Context, ids []string, c knowledge.Closing) (knowledge.Closing, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return knowledge.Closing{}, fmt.Errorf("making an id: %w", err)
	}
	c.ID, c.At = id.String(), fromMilli(s.nowMilli())
	err = s.do(ctx, "", func(t *tx) error {
		c.Questions = 0
		for _, question := range ids {
			n, err := t.exec(`UPDATE asked SET closing = $2 WHERE id = $1`, question, c.ID)
			if err != nil {
				return fmt.Errorf("closing a gap: %w", err)
			}
			c.Questions += int(n)
		}
		if c.Questions == 0 {
			return fmt.Errorf("closing a gap: %w", knowledge.ErrNotFound)
		}
		_, err := t.exec(`INSERT INTO asked_closing (id, at, closed_by, what, reason, article, text) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			c.ID, milli(c.At), c.By, c.What, c.Reason, c.Article, c.Text)
		return err
	})
	if err != nil {
		return knowledge.Closing{}, err
	}
	return c, nil
}

// Closings implements knowledge.Notebook.
func (s *Store) Closings(ctx context.Context, limit int) ([]knowledge.Closing, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, at, closed_by, what, reason, article, text,
		(SELECT COUNT(*) FROM asked WHERE asked.closing = asked_closing.id) FROM asked_closing ORDER BY id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("reading closed gaps: %w", err)
	}
	defer rows.Close()
	var list []knowledge.Closing
	for rows.Next() {
		var c knowledge.Closing
		var at int64
		if err := rows.Scan(&c.ID, &at, &c.By, &c.What, &c.Reason, &c.Article, &c.Text, &c.Questions); err != nil {
			return nil, fmt.Errorf("reading closed gaps: %w", err)
		}
		c.At = fromMilli(at)
		list = append(list, c)
	}
	return list, rows.Err()
}

// ReopenAsked implements knowledge.Notebook.
func (s *Store) ReopenAsked(ctx context.Context, id string) error {
	return s.do(ctx, "", func(t *tx) error {
		n, err := t.exec(`DELETE FROM asked_closing WHERE id = $1`, id)
		if err != nil {
			return fmt.Errorf("opening a gap again: %w", err)
		}
		if n == 0 {
			return fmt.Errorf("opening a gap again: %w", knowledge.ErrNotFound)
		}
		_, err = t.exec(`UPDATE asked SET closing = '' WHERE closing = $1`, id)
		return err
	})
}
