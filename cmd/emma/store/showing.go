package store

import (
	"context"
	"fmt"
	"time"

	"emma/knowledge"
)

// noteShowings keeps which articles a conversation was shown. Doing it twice changes
// nothing.
func noteShowings(t *tx, conversation string, list []knowledge.Showing) error {
	flag := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	for _, s := range list {
		if _, err := t.exec(`INSERT INTO showing (id, conversation, at, language, article, helpful, unhelpful, handed_off, corrected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (id) DO UPDATE SET helpful = excluded.helpful, unhelpful = excluded.unhelpful, handed_off = excluded.handed_off, corrected = excluded.corrected`,
			s.ID, conversation, milli(s.At), s.Language, s.Article, flag(s.Helpful), flag(s.Unhelpful), flag(s.HandedOff), flag(s.Corrected)); err != nil {
			return fmt.Errorf("noting what was shown: %w", err)
		}
	}
	return nil
}

// Used implements knowledge.Notebook.
func (s *Store) Used(ctx context.Context, since time.Time) ([]knowledge.Use, error) {
	if err := s.gatherAsked(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT article, COUNT(*), CAST(SUM(helpful) AS BIGINT), CAST(SUM(unhelpful) AS BIGINT), CAST(SUM(handed_off) AS BIGINT), CAST(SUM(corrected) AS BIGINT)
		FROM showing WHERE at >= $1 GROUP BY article ORDER BY COUNT(*) DESC, article`, milli(since))
	if err != nil {
		return nil, fmt.Errorf("reading how articles did: %w", err)
	}
	defer rows.Close()
	var list []knowledge.Use
	for rows.Next() {
		var u knowledge.Use
		if err := rows.Scan(&u.Article, &u.Shown, &u.Helpful, &u.Unhelpful, &u.HandedOff, &u.Corrected); err != nil {
			return nil, fmt.Errorf("reading how articles did: %w", err)
		}
		list = append(list, u)
	}
	return list, rows.Err()
}
