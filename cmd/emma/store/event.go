package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"emma/handoff"
)

// EventsAfter implements handoff.Store.
func (s *Store) EventsAfter(ctx context.Context, id string, seq int64, limit int) ([]handoff.Event, error) {
	if events, known := s.tail.after(id, seq, limit); known {
		return events, nil
	}
	rows, err := s.reads.eventsAfter.QueryContext(s.brief(ctx), id, seq, limit)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	defer rows.Close()
	var events []handoff.Event
	for rows.Next() {
		var e handoff.Event
		var clientID sql.NullString
		var at int64
		var body []byte
		if err := rows.Scan(&e.Conversation, &e.Seq, &e.Kind, &e.Author, &e.Sender, &clientID, &at, &body); err != nil {
			return nil, fmt.Errorf("reading events: %w", err)
		}
		if err := json.Unmarshal(body, &e.Body); err != nil {
			return nil, fmt.Errorf("reading event %d: %w", e.Seq, err)
		}
		e.ClientID, e.At = clientID.String, fromMilli(at)
		events = append(events, e)
	}
	return events, rows.Err()
}
