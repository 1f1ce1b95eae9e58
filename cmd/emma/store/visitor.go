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

// OpenConversationOf implements handoff.Visitors.
func (s *Store) OpenConversationOf(ctx context.Context, visitor string) (handoff.Conversation, error) {
	list, err := s.conversations(ctx, `SELECT `+conversationColumns+` FROM conversation WHERE state <> 'closed' AND id IN
		(SELECT conversation FROM visitor WHERE visitor = $1) ORDER BY opened_at DESC, id DESC LIMIT 1`, visitor)
	if err == nil && len(list) == 0 {
		err = handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Conversation{}, err
	}
	return list[0], nil
}

// AddToken implements handoff.Visitors.
func (s *Store) AddToken(ctx context.Context, conversation, tokenHash string) error {
	return s.do(ctx, conversation, func(t *tx) error {
		_, err := t.exec(`INSERT INTO visitor_token (token_hash, conversation) VALUES ($1, $2)`, tokenHash, conversation)
		return err
	})
}
