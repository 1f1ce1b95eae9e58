package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"emma/handoff"
)

func insertSample(t *tx, s handoff.Sample) error {
	forecast, err := json.Marshal(s.Forecast)
	if err != nil {
		return fmt.Errorf("writing what was measured: %w", err)
	}
	_, err = t.exec(`INSERT INTO sample (conversation, team, tier, kind, at, took, forecast) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		s.Conversation, s.Team, s.Tier, string(s.Kind), milli(s.At), s.Took.Milliseconds(), string(forecast))
	if err != nil {
		return fmt.Errorf("writing what was measured: %w", err)
	}
	return nil
}

// Samples implements handoff.Floor.
func (s *Store) Samples(ctx context.Context, since time.Time, limit int) ([]handoff.Sample, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT conversation, team, tier, kind, at, took, forecast FROM sample
		WHERE at > $1 ORDER BY at DESC LIMIT $2`, milli(since), limit)
	if err != nil {
		return nil, fmt.Errorf("reading what was measured: %w", err)
	}
	defer rows.Close()
	var samples []handoff.Sample
	for rows.Next() {
		var sample handoff.Sample
		var at, took int64
		var forecast []byte
		if err := rows.Scan(&sample.Conversation, &sample.Team, &sample.Tier, &sample.Kind, &at, &took, &forecast); err != nil {
			return nil, fmt.Errorf("reading what was measured: %w", err)
		}
		if err := json.Unmarshal(forecast, &sample.Forecast); err != nil {
			return nil, fmt.Errorf("reading what was measured: %w", err)
		}
		sample.At, sample.Took = fromMilli(at), time.Duration(took)*time.Millisecond
		samples = append(samples, sample)
	}
	slices.Reverse(samples)
	return samples, rows.Err()
}
