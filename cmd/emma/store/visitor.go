package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"emma/handoff"
)

// arrivals reads what a visitor's connection begins with: of every connection of a
// visitor who comes back, so of thousands at once after a restart.
const arrivals = `SELECT c.id, c.last_seq, c.state, v.profile FROM conversation c LEFT JOIN visitor v ON v.conversation = c.id `

// Arrival implements handoff.Visitors.
func (s *Store) Arrival(ctx context.Context, tokenHash string) (handoff.Arrival, error) {
	begun := s.tail.begin()
	a, err := arrival(s.reads.arrival.QueryRowContext(s.brief(ctx), tokenHash))
	if errors.Is(err, handoff.ErrNotFound) {
		a, err = arrival(s.reads.furtherArrival.QueryRowContext(s.brief(ctx), tokenHash))
	}
	if err == nil {
		s.tail.ended(a.Conversation, a.LastSeq, begun)
	}
	return a, err
}

// ArrivalOf implements handoff.Visitors.
func (s *Store) ArrivalOf(ctx context.Context, visitor string) (handoff.Arrival, error) {
	return arrival(s.db.QueryRowContext(ctx, arrivals+`WHERE v.visitor = $1 AND c.state <> 'closed' ORDER BY c.opened_at DESC, c.id DESC LIMIT 1`, visitor))
}

func arrival(row *sql.Row) (handoff.Arrival, error) {
	var a handoff.Arrival
	var profile []byte
	err := row.Scan(&a.Conversation, &a.LastSeq, &a.State, &profile)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Arrival{}, handoff.ErrNotFound
	}
	if err == nil && profile != nil {
		err = json.Unmarshal(profile, &a.Known)
	}
	if err != nil {
		return handoff.Arrival{}, fmt.Errorf("reading where a visitor belongs: %w", err)
	}
	return a, nil
}

// Profile implements handoff.Visitors.
func (s *Store) Profile(ctx context.Context, conversation string) (handoff.Profile, error) {
	var p handoff.Profile
	var profile []byte
	err := s.db.QueryRowContext(ctx, `SELECT profile FROM visitor WHERE conversation = $1`, conversation).Scan(&profile)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	if err == nil {
		err = json.Unmarshal(profile, &p)
	}
	if err != nil {
		return handoff.Profile{}, fmt.Errorf("reading who a visitor is: %w", err)
	}
	return p, nil
}

// Identify implements handoff.Visitors.
func (s *Store) Identify(ctx context.Context, conversation string, p handoff.Profile, now time.Time) error {
	profile, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("writing who a visitor is: %w", err)
	}
	return s.do(ctx, conversation, func(t *tx) error {
		_, err := t.exec(`INSERT INTO visitor (conversation, visitor, profile, changed_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (conversation) DO UPDATE SET visitor = excluded.visitor, profile = excluded.profile, changed_at = excluded.changed_at`,
			conversation, p.ID, string(profile), now.UnixMilli())
		return err
	})
}

// AddToken implements handoff.Visitors.
func (s *Store) AddToken(ctx context.Context, conversation, tokenHash string) error {
	return s.do(ctx, conversation, func(t *tx) error {
		_, err := t.exec(`INSERT INTO visitor_token (token_hash, conversation) VALUES ($1, $2)`, tokenHash, conversation)
		return err
	})
}
