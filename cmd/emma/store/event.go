package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"emma/handoff"
)

// insertEvent appends an event; fresh is false when its command has one already, and then
// nothing was appended.
func insertEvent(t *tx, e handoff.Event, content string) (fresh bool, err error) {
	body, err := json.Marshal(e.Body)
	if err != nil {
		return false, fmt.Errorf("writing event %d: %w", e.Seq, err)
	}
	var clientID, digest sql.NullString
	if e.ClientID != "" {
		clientID, digest = sql.NullString{String: e.ClientID, Valid: true}, sql.NullString{String: content, Valid: true}
	}
	rows, err := t.exec(`INSERT INTO event (conversation, seq, kind, author, sender, client_id, content, at, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (conversation, sender, client_id) WHERE client_id IS NOT NULL DO NOTHING`,
		e.Conversation, e.Seq, string(e.Kind), string(e.Author), e.Sender, clientID, digest, milli(e.At), string(body))
	if err != nil {
		return false, fmt.Errorf("appending event %d: %w", e.Seq, err)
	}
	if rows == 0 {
		return false, nil
	}
	if t.w.store.tail != nil {
		t.job.events = append(t.job.events, readBack(e))
	}
	return true, insertSealed(t, e)
}

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
