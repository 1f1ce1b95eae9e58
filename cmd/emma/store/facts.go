package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"emma/handoff"
)

// Facts implements handoff.Facts.
func (s *Store) Facts(ctx context.Context, from, to time.Time) ([]handoff.Fact, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT conversation.id, conversation.opened_at, conversation.visitor_seq, event.kind, event.at, event.body
		FROM conversation LEFT JOIN event ON event.conversation = conversation.id AND event.kind IN ('state', 'rating')
		WHERE conversation.opened_at >= $1 AND conversation.opened_at < $2
		ORDER BY conversation.opened_at, conversation.id, event.seq`, milli(from), milli(to))
	if err != nil {
		return nil, fmt.Errorf("reading for a report: %w", err)
	}
	defer rows.Close()
	var facts []handoff.Fact
	index := map[string]int{}
	for rows.Next() {
		var id string
		var opened, visitorSeq int64
		var kind, body sql.NullString
		var at sql.NullInt64
		if err := rows.Scan(&id, &opened, &visitorSeq, &kind, &at, &body); err != nil {
			return nil, fmt.Errorf("reading for a report: %w", err)
		}
		if _, known := index[id]; !known {
			index[id] = len(facts)
			facts = append(facts, handoff.Fact{OpenedAt: fromMilli(opened), Spoke: visitorSeq > 0})
		}
		if !kind.Valid {
			continue
		}
		var b handoff.Body
		if err := json.Unmarshal([]byte(body.String), &b); err != nil {
			return nil, fmt.Errorf("reading an event of %s: %w", id, err)
		}
		fact := &facts[len(facts)-1]
		if handoff.Kind(kind.String) == handoff.KindRating {
			fact.Stars = b.Stars
			continue
		}
		move := handoff.Move{At: fromMilli(at.Int64), State: b.State, Reason: b.Reason, Team: b.Team, Tier: b.Tier}
		if b.State == handoff.StateAgent {
			move.Agent = b.Name
		}
		fact.Moves = append(fact.Moves, move)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading for a report: %w", err)
	}
	return facts, s.addWaits(ctx, from, facts, index)
}

// addWaits gives the facts their first measured waits. None ended before from.
func (s *Store) addWaits(ctx context.Context, from time.Time, facts []handoff.Fact, index map[string]int) error {
	samples, err := s.Samples(ctx, from, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, sample := range samples {
		i, known := index[sample.Conversation]
		if known && facts[i].Wait == nil && (sample.Kind == handoff.Served || sample.Kind == handoff.Left) {
			facts[i].Wait = &sample
		}
	}
	return nil
}
