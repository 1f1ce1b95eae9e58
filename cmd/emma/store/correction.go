package store

import (
	"context"
	"fmt"

	"emma/knowledge"
)

// NoteCorrection implements knowledge.Rulings. Nodes that fit the same from the same keep
// one version.
func (s *Store) NoteCorrection(ctx context.Context, language string, c knowledge.Correction) error {
	return s.do(ctx, articleOrder, func(t *tx) error {
		_, err := t.exec(`INSERT INTO correction (language, version, at, change, labels, shift, stretch, rightly, sure)
			SELECT $1, last.version + 1, $2, $3, $4, $5, $6, $7, $8
			FROM (SELECT COALESCE(MAX(version), 0) AS version FROM correction WHERE language = $1) AS last
			WHERE NOT EXISTS (SELECT 1 FROM correction AS c WHERE c.language = $1 AND c.version = last.version AND c.shift = $5 AND c.stretch = $6)
			AND (last.version > 0 OR $5 <> 0 OR $6 <> 0)`,
			language, s.nowMilli(), c.Change, c.Labels, c.Shift, c.Stretch, c.Right, c.Sure)
		if err != nil {
			return fmt.Errorf("keeping a correction: %w", err)
		}
		return nil
	})
}

// Corrections implements knowledge.Rulings.
func (s *Store) Corrections(ctx context.Context, limit int) ([]knowledge.CorrectionVersion, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT language, version, at, change, labels, shift, stretch, rightly, sure
		FROM correction ORDER BY at DESC, language, version DESC LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("reading the corrections: %w", err)
	}
	defer rows.Close()
	var list []knowledge.CorrectionVersion
	for rows.Next() {
		var v knowledge.CorrectionVersion
		if err := rows.Scan(&v.Language, &v.Version, &v.At, &v.Change, &v.Labels, &v.Shift, &v.Stretch, &v.Right, &v.Sure); err != nil {
			return nil, fmt.Errorf("reading the corrections: %w", err)
		}
		list = append(list, v)
	}
	return list, rows.Err()
}
