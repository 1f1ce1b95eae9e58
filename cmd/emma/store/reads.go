package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// reads are the statements of the reads that every message causes, prepared once per
// connection. They are closed with the database.
type reads struct {
	conversation, byToken, byFurtherToken, eventsAfter, arrival, furtherArrival *sql.Stmt
}

func prepareReads(ctx context.Context, db *sql.DB) (reads, error) {
	var r reads
	var errs []error
	for _, s := range []struct {
		statement **sql.Stmt
		query     string
	}{
		{&r.conversation, `SELECT ` + conversationColumns + ` FROM conversation WHERE id = $1`},
		{&r.byToken, `SELECT ` + conversationColumns + ` FROM conversation WHERE token_hash = $1`},
		{&r.byFurtherToken, `SELECT ` + conversationColumns + ` FROM conversation WHERE id = (SELECT conversation FROM visitor_token WHERE token_hash = $1)`},
		{&r.arrival, arrivals + `WHERE c.token_hash = $1`},
		{&r.furtherArrival, arrivals + `WHERE c.id = (SELECT conversation FROM visitor_token WHERE token_hash = $1)`},
		{&r.eventsAfter, `SELECT conversation, seq, kind, author, sender, client_id, at, body
			FROM event WHERE conversation = $1 AND seq > $2 ORDER BY seq LIMIT $3`},
	} {
		var err error
		*s.statement, err = db.PrepareContext(ctx, s.query)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return reads{}, fmt.Errorf("preparing the reads: %w", err)
	}
	return r, nil
}

// brief is the context of these reads. With SQLite they take microseconds, and not even
// half of that when nobody waits for the end of a context meanwhile.
func (s *Store) brief(ctx context.Context) context.Context {
	if s.engine == SQLite {
		return context.WithoutCancel(ctx)
	}
	return ctx
}
