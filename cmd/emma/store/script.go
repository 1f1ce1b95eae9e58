package store

import (
	"context"
	"fmt"

	"emma/handoff"
)

// Edits implements handoff.EditStore.
func (s *Store) Edits(ctx context.Context) ([]handoff.Edit, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT name, revision, content, saved_by, saved_at FROM script ORDER BY name`)
	if err != nil {
		return nil, fmt.Errorf("reading the script: %w", err)
	}
	defer rows.Close()
	var edits []handoff.Edit
	for rows.Next() {
		var e handoff.Edit
		var at int64
		if err := rows.Scan(&e.Name, &e.Revision, &e.Content, &e.By, &at); err != nil {
			return nil, fmt.Errorf("reading the script: %w", err)
		}
		e.At = fromMilli(at)
		edits = append(edits, e)
	}
	return edits, rows.Err()
}

// SaveEdit implements handoff.EditStore.
func (s *Store) SaveEdit(ctx context.Context, e handoff.Edit) error {
	return s.do(ctx, "", func(t *tx) error {
		query, args := `INSERT INTO script (name, revision, content, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING`,
			[]any{e.Name, e.Revision, string(e.Content), e.By, milli(e.At)}
		if e.Revision > 1 {
			query = `UPDATE script SET revision = $2, content = $3, saved_by = $4, saved_at = $5 WHERE name = $1 AND revision = $2 - 1`
		}
		n, err := t.exec(query, args...)
		if err != nil {
			return fmt.Errorf("saving the script: %w", err)
		}
		if n == 0 {
			return handoff.ErrEdited
		}
		t.tell(handoff.Signal{Topic: handoff.TopicScript})
		return nil
	})
}
