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

// The names of what is set.
const policyTarget, policySynonyms = "target", "synonyms"

// Policy implements knowledge.PolicySource.
func (s *Store) Policy(ctx context.Context) (knowledge.Policy, error) {
	var p knowledge.Policy
	rows, err := s.db.QueryContext(ctx, `SELECT name, value FROM policy`)
	if err != nil {
		return p, fmt.Errorf("reading the policy: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name, value string
		err := rows.Scan(&name, &value)
		switch {
		case err != nil:
		case name == policyTarget:
			err = json.Unmarshal([]byte(value), &p.Target)
		case name == policySynonyms:
			err = json.Unmarshal([]byte(value), &p.Synonyms)
		}
		if err != nil {
			return knowledge.Policy{}, fmt.Errorf("reading the policy: %w", err)
		}
	}
	return p, rows.Err()
}

// Rulings implements knowledge.Rulings.
func (s *Store) Rulings(ctx context.Context) (target, synonyms knowledge.Ruling, err error) {
	for name, into := range map[string]*knowledge.Ruling{policyTarget: &target, policySynonyms: &synonyms} {
		err := s.db.QueryRowContext(ctx, `SELECT revision, set_by, at FROM policy WHERE name = $1`, name).Scan(&into.Revision, &into.By, &into.At)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return target, synonyms, fmt.Errorf("reading who set the policy: %w", err)
		}
	}
	return target, synonyms, nil
}

// SetTarget implements knowledge.Rulings.
func (s *Store) SetTarget(ctx context.Context, target float64, revision int64, by string) error {
	return s.setPolicy(ctx, policyTarget, target, revision, by)
}

// SetSynonyms implements knowledge.Rulings.
func (s *Store) SetSynonyms(ctx context.Context, groups []knowledge.Synonyms, revision int64, by string) error {
	return s.setPolicy(ctx, policySynonyms, groups, revision, by)
}

func (s *Store) setPolicy(ctx context.Context, name string, value any, revision int64, by string) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing the policy: %w", err)
	}
	return s.do(ctx, articleOrder, func(t *tx) error {
		n, err := t.exec(`INSERT INTO policy (name, revision, value, set_by, at) SELECT $1, 1, $2, $3, $4 WHERE CAST($5 AS BIGINT) = 0
			ON CONFLICT (name) DO NOTHING`, name, string(text), by, s.nowMilli(), revision)
		if err == nil && n == 0 {
			n, err = t.exec(`UPDATE policy SET revision = revision + 1, value = $2, set_by = $3, at = $4 WHERE name = $1 AND revision = $5`,
				name, string(text), by, s.nowMilli(), revision)
		}
		if err != nil {
			return fmt.Errorf("setting the %s: %w", name, err)
		}
		if n == 0 {
			return fmt.Errorf("setting the %s: %w", name, knowledge.ErrStale)
		}
		t.tell(handoff.Signal{Topic: handoff.TopicArticles})
		return nil
	})
}

// NotePrecision implements knowledge.Rulings.
func (s *Store) NotePrecision(ctx context.Context, m knowledge.Mark) error {
	return s.do(ctx, articleOrder, func(t *tx) error {
		_, err := t.exec(`INSERT INTO precision_mark (at, language, change, target, answer, achieved, bound, coverage) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT DO NOTHING`, s.nowMilli(), m.Language, m.Change, m.Target, m.Answer, m.Achieved, m.Bound, m.Coverage)
		return err
	})
}

// Precision implements knowledge.Rulings.
func (s *Store) Precision(ctx context.Context, limit int) ([]knowledge.Mark, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT at, language, change, target, answer, achieved, bound, coverage FROM precision_mark ORDER BY at DESC, language LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("reading the precision: %w", err)
	}
	defer rows.Close()
	var list []knowledge.Mark
	for rows.Next() {
		var m knowledge.Mark
		if err := rows.Scan(&m.At, &m.Language, &m.Change, &m.Target, &m.Answer, &m.Achieved, &m.Bound, &m.Coverage); err != nil {
			return nil, fmt.Errorf("reading the precision: %w", err)
		}
		list = append(list, m)
	}
	return list, rows.Err()
}
