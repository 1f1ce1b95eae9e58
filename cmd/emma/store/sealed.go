package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"emma/bot"
	"emma/handoff"
)

// insertSealed keeps what was taken out of a message apart from it. Marks without a value,
// as in the event of a reveal, are left out.
func insertSealed(t *tx, e handoff.Event) error {
	for _, s := range e.Sealed {
		if s.Value == "" {
			continue
		}
		_, err := t.exec(`INSERT INTO sealed (conversation, seq, number, kind, value) VALUES ($1, $2, $3, $4, $5)`,
			e.Conversation, e.Seq, s.Number, string(s.Kind), s.Value)
		if err != nil {
			return fmt.Errorf("sealing a %s of event %d: %w", s.Kind, e.Seq, err)
		}
	}
	return nil
}

// SealedValue implements handoff.Store.
func (s *Store) SealedValue(ctx context.Context, conversation string, seq int64, number int) (bot.Sealed, error) {
	found := bot.Sealed{Number: number}
	err := s.db.QueryRowContext(ctx, `SELECT kind, value FROM sealed WHERE conversation = $1 AND seq = $2 AND number = $3`,
		conversation, seq, number).Scan(&found.Kind, &found.Value)
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Sealed{}, handoff.ErrNotFound
	}
	if err != nil {
		return bot.Sealed{}, fmt.Errorf("reading a sealed number: %w", err)
	}
	return found, nil
}
