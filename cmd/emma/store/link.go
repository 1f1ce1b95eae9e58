package store

import (
	"context"
	"fmt"

	"emma/knowledge"
)

// NoteLink implements knowledge.LinkBook.
func (s *Store) NoteLink(ctx context.Context, look knowledge.LinkLook) error {
	return s.do(ctx, articleOrder, func(t *tx) error {
		_, err := t.exec(`INSERT INTO link (url, state, note, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (url) DO UPDATE SET state = excluded.state, note = excluded.note, at = excluded.at`, look.URL, look.State, look.Note, look.At)
		if err != nil {
			return fmt.Errorf("noting a link: %w", err)
		}
		return nil
	})
}

// LinkLooks implements knowledge.LinkBook.
func (s *Store) LinkLooks(ctx context.Context) ([]knowledge.LinkLook, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT url, state, note, at FROM link ORDER BY url`)
	if err != nil {
		return nil, fmt.Errorf("reading the links: %w", err)
	}
	defer rows.Close()
	var list []knowledge.LinkLook
	for rows.Next() {
		var look knowledge.LinkLook
		if err := rows.Scan(&look.URL, &look.State, &look.Note, &look.At); err != nil {
			return nil, fmt.Errorf("reading the links: %w", err)
		}
		list = append(list, look)
	}
	return list, rows.Err()
}
