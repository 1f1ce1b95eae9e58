package store

import (
	"context"
	"fmt"
	"time"

	"emma/handoff"
)

// knownLimit bounds the conversations that a writer knows by heart.
const knownLimit = 16 << 10

// known holds conversations as the writer left them, so that it need not read back what
// it wrote itself. Only SQLite has one: there, this process has one writer, and what
// another process commits shows in a number that SQLite keeps for each connection. It is
// used by the writer's goroutine alone; a nil one knows nothing.
type known struct {
	version       int64 // of the database, as of the last look
	conversations map[string]handoff.Conversation
}

func newKnown() *known { return &known{conversations: map[string]handoff.Conversation{}} }

// take returns a conversation and forgets it: how it is from here on is known when the
// transaction is durable (keep).
func (k *known) take(id string) (c handoff.Conversation, ok bool) {
	if k == nil {
		return c, false
	}
	c, ok = k.conversations[id]
	delete(k.conversations, id)
	return c, ok
}

// keep takes conversations as a durable transaction left them.
func (k *known) keep(changed []handoff.Conversation) {
	if k == nil {
		return
	}
	for _, c := range changed {
		if len(k.conversations) >= knownLimit {
			for any := range k.conversations {
				delete(k.conversations, any)
				break
			}
		}
		k.conversations[c.ID] = asStored(c)
	}
}

// look forgets everything when somebody else has written since the last look. It is
// called in a transaction, which keeps others out until its end.
func (k *known) look(ctx context.Context, w *writer) error {
	if k == nil {
		return nil
	}
	s, err := w.prepared(ctx, `PRAGMA data_version`)
	if err != nil {
		return err
	}
	var version int64
	if err := s.QueryRowContext(ctx).Scan(&version); err != nil {
		return fmt.Errorf("asking whether another process has written: %w", err)
	}
	if version != k.version {
		k.version = version
		clear(k.conversations)
	}
	return nil
}

// forget forgets everything.
func (k *known) forget() {
	if k != nil {
		clear(k.conversations)
	}
}

// asStored is a conversation as its row gives it back: to the millisecond.
func asStored(c handoff.Conversation) handoff.Conversation {
	for _, t := range []*time.Time{&c.WaitingSince, &c.OpenedAt, &c.ChangedAt, &c.Offer.Until, &c.WrapUntil, &c.ClaimedAt, &c.WarnedAt, &c.AskedAt} {
		*t = fromMilli(milli(*t))
	}
	return c
}
