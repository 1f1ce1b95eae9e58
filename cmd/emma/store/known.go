package store

import (
	"fmt"
	"sync"
	"time"

	"modernc.org/sqlite"

	"emma/handoff"
)

// knownLimit bounds the conversations that a writer knows by heart.
const knownLimit = 16 << 10

// known holds conversations as the writer left them, so that it need not read back what
// it wrote itself. Only SQLite has one: there, this process has one writer, and what
// another process commits shows in a number that SQLite keeps for each connection. It is
// safe for concurrent use, but for look and committed, which are the writer's; a nil one
// knows nothing.
type known struct {
	database      uint32 // the version of its content after the last commit
	mu            sync.Mutex
	conversations map[string]knownConversation
	last          int64 // version given to a conversation
}

// knownConversation is one as it was left at some time; no other has its version.
type knownConversation struct {
	handoff.Conversation
	version int64
}

func newKnown() *known { return &known{conversations: map[string]knownConversation{}} }

// get returns a conversation, whose lists are not the caller's to change, and its version;
// 0 when it is not known.
func (k *known) get(id string) (handoff.Conversation, int64) {
	if k == nil {
		return handoff.Conversation{}, 0
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.conversations[id]
	return c.Conversation, c.version
}

// take is get for the writer, and forgets it: how it is from here on is known when the
// transaction is durable (keep).
func (k *known) take(id string) (handoff.Conversation, int64) {
	c, version := k.get(id)
	if version != 0 {
		k.mu.Lock()
		delete(k.conversations, id)
		k.mu.Unlock()
	}
	return c, version
}

// keep takes conversations as a durable transaction left them.
func (k *known) keep(changed []handoff.Conversation) {
	if k == nil || len(changed) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, c := range changed {
		if len(k.conversations) >= knownLimit {
			for any := range k.conversations {
				delete(k.conversations, any)
				break
			}
		}
		k.last++
		k.conversations[c.ID] = knownConversation{Conversation: asStored(c), version: k.last}
	}
}

// look forgets everything when somebody else has written since the writer's last
// commit. It is called in a transaction, which keeps others out until its end.
func (k *known) look(w *writer) error {
	if k == nil {
		return nil
	}
	now, err := w.databaseVersion()
	if err != nil {
		return fmt.Errorf("asking whether another process has written: %w", err)
	}
	if now != k.database {
		k.forget()
	}
	return nil
}

// committed is called after each commit of the writer.
func (k *known) committed(w *writer) {
	if k == nil {
		return
	}
	now, err := w.databaseVersion()
	if err != nil {
		k.forget()
	}
	k.database = now
}

// databaseVersion is a number that SQLite keeps for the connection: other than before once
// a transaction finds that the database was changed, by whomever.
func (w *writer) databaseVersion() (version uint32, err error) {
	err = w.conn.Raw(func(c any) (err error) {
		version, err = c.(sqlite.FileControl).FileControlDataVersion("main")
		return err
	})
	return version, err
}

// forget forgets everything.
func (k *known) forget() {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.conversations)
}

// asStored is a conversation as its row gives it back: to the millisecond.
func asStored(c handoff.Conversation) handoff.Conversation {
	for _, t := range []*time.Time{&c.WaitingSince, &c.OpenedAt, &c.ChangedAt, &c.Offer.Until, &c.WrapUntil, &c.ClaimedAt, &c.WarnedAt, &c.AskedAt} {
		*t = fromMilli(milli(*t))
	}
	return c
}
