package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"emma/handoff"
)

const savedColumns = `id, short, language, owner, team, text, saved_by, saved_at`

func scanSaved(scan func(...any) error) (handoff.Saved, error) {
	var r handoff.Saved
	var at int64
	err := scan(&r.ID, &r.Short, &r.Language, &r.Owner, &r.Team, &r.Text, &r.By, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Saved{}, handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Saved{}, fmt.Errorf("reading a saved reply: %w", err)
	}
	r.At = fromMilli(at)
	return r, nil
}

// Saved implements handoff.Replies.
func (s *Store) Saved(ctx context.Context, staff handoff.Staff) ([]handoff.Saved, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+savedColumns+` FROM saved_reply WHERE owner = '' OR owner = $1 ORDER BY short, language, owner, team`, staff.ID)
	if err != nil {
		return nil, fmt.Errorf("reading the saved replies: %w", err)
	}
	defer rows.Close()
	everyTeam := staff.Role == handoff.RoleSupervisor || staff.Role == handoff.RoleAdmin
	var list []handoff.Saved
	for rows.Next() {
		r, err := scanSaved(rows.Scan)
		if err != nil {
			return nil, err
		}
		if r.Team == "" || everyTeam || slices.Contains(staff.Teams, r.Team) {
			list = append(list, r)
		}
	}
	return list, rows.Err()
}

// SavedReply implements handoff.Replies.
func (s *Store) SavedReply(ctx context.Context, id string) (handoff.Saved, error) {
	return scanSaved(s.db.QueryRowContext(ctx, `SELECT `+savedColumns+` FROM saved_reply WHERE id = $1`, id).Scan)
}

// SaveReply implements handoff.Replies.
func (s *Store) SaveReply(ctx context.Context, r handoff.Saved) error {
	return s.do(ctx, "", func(t *tx) error {
		var other string
		err := t.row([]any{&other}, `SELECT id FROM saved_reply WHERE owner = $1 AND team = $2 AND short = $3 AND language = $4 AND id <> $5`,
			r.Owner, r.Team, r.Short, r.Language, r.ID)
		if err == nil {
			return fmt.Errorf("saving the reply /%s: %w", r.Short, handoff.ErrExists)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("looking for the reply /%s: %w", r.Short, err)
		}
		_, err = t.exec(`INSERT INTO saved_reply (`+savedColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (id) DO UPDATE SET short = excluded.short, language = excluded.language, owner = excluded.owner,
			team = excluded.team, text = excluded.text, saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
			r.ID, r.Short, r.Language, r.Owner, r.Team, r.Text, r.By, milli(r.At))
		if err != nil {
			return fmt.Errorf("saving the reply /%s: %w", r.Short, err)
		}
		return nil
	})
}

// DeleteReply implements handoff.Replies.
func (s *Store) DeleteReply(ctx context.Context, id string) error {
	return s.do(ctx, "", func(t *tx) error {
		_, err := t.exec(`DELETE FROM saved_reply WHERE id = $1`, id)
		return err
	})
}
