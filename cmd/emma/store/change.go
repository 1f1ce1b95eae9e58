package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"emma/handoff"
)

// errDuplicate undoes the savepoint of a command that was applied before.
var errDuplicate = errors.New("applied before")

// Change implements handoff.Store.
func (s *Store) Change(ctx context.Context, id string, key handoff.Key, step handoff.Step) (handoff.Change, error) {
	var change handoff.Change
	err := s.do(ctx, id, func(t *tx) (err error) {
		change, err = changeConversation(t, id, key, step)
		return err
	})
	return outcome(change, err)
}

// Assign implements handoff.Store.
func (s *Store) Assign(ctx context.Context, id string, key handoff.Key, agent string, at time.Time, step handoff.AssignStep) (handoff.Change, error) {
	var change handoff.Change
	err := s.doLocked(ctx, id, []string{agent}, func(t *tx) (err error) {
		change, err = changeConversation(t, id, key, func(c *handoff.Conversation) ([]handoff.Event, error) {
			load, err := loadOf(t, agent, id, at)
			if err != nil {
				return nil, err
			}
			return step(c, load)
		})
		if err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE presence SET idle_since = $2 WHERE staff = $1`, agent, milli(at)); err != nil {
			return fmt.Errorf("noting that an agent was given work: %w", err)
		}
		return nil
	})
	return outcome(change, err)
}

// outcome is what a change answers: one that was applied before is no error.
func outcome(change handoff.Change, err error) (handoff.Change, error) {
	if err != nil && !errors.Is(err, errDuplicate) {
		return handoff.Change{}, err
	}
	return change, nil
}

// changeConversation applies a step in a transaction. Whether the command was applied
// before shows when its event is appended; it is looked for only when there is none to
// append.
func changeConversation(t *tx, id string, key handoff.Key, step handoff.Step) (change handoff.Change, err error) {
	before, err := lockConversation(t, id)
	if err != nil {
		return handoff.Change{}, err
	}
	after := before
	events, err := step(&after)
	if key.ID != "" && (err != nil || len(events) == 0) {
		seq, once := appliedBefore(t, id, key)
		if once != nil {
			return handoff.Change{Conversation: before, Seq: seq, Duplicate: true}, once
		}
	}
	if err != nil {
		return handoff.Change{}, err
	}
	t.job.events = slices.Grow(t.job.events, len(events))
	for i, e := range events {
		if i == 0 {
			e.ClientID = key.ID
			change.Seq = e.Seq
		}
		fresh, err := insertEvent(t, e, key.Content)
		if err != nil {
			return handoff.Change{}, err
		}
		if !fresh {
			seq, err := appliedBefore(t, id, key)
			if err == nil { // a fault of the step: the key names another sender than its event
				err = fmt.Errorf("event %d of %q has the id of another", e.Seq, e.Sender)
			}
			return handoff.Change{Conversation: before, Seq: seq, Duplicate: true}, err
		}
	}
	if err := saveConversation(t, before, after); err != nil {
		return handoff.Change{}, err
	}
	for _, sample := range handoff.Measure(before, after) {
		if err := insertSample(t, sample); err != nil {
			return handoff.Change{}, err
		}
	}
	change.Conversation = after
	t.job.changed = append(t.job.changed, after)
	if signals := handoff.Signals(before, after); len(events) > 0 || len(signals) > 1 || before.Unread != after.Unread {
		t.tell(signals...)
	}
	return change, nil
}

// lockConversation raises last_seq, which locks the row until the end of the
// transaction, and returns the conversation as it was before. One that the writer knows
// needs no lock: with SQLite the transaction has the whole database.
func lockConversation(t *tx, id string) (handoff.Conversation, error) {
	if c, ok := t.w.known.take(id); ok {
		return c, nil
	}
	var row conversationRow
	err := t.row(row.dest(), `UPDATE conversation SET last_seq = last_seq + 1 WHERE id = $1 RETURNING `+conversationColumns, id)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Conversation{}, handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Conversation{}, fmt.Errorf("locking a conversation: %w", err)
	}
	row.c.LastSeq--
	return row.conversation()
}

// appliedBefore returns errDuplicate with the event's number when the key was
// used for the same content, handoff.ErrConflict when for another, nil when never.
func appliedBefore(t *tx, id string, key handoff.Key) (int64, error) {
	var seq int64
	var content sql.NullString
	err := t.row([]any{&seq, &content}, `SELECT seq, content FROM event WHERE conversation = $1 AND sender = $2 AND client_id = $3`, id, key.Sender, key.ID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("looking for the command: %w", err)
	case content.String != key.Content:
		return 0, handoff.ErrConflict
	}
	return seq, errDuplicate
}

const (
	saveTalk = `UPDATE conversation SET (` + talkColumns + `) = ($2, $3, $4, $5, $6, $7, $8, $9) WHERE id = $1`
	saveAll  = `UPDATE conversation SET (` + talkColumns + `, ` + deskColumns + `)
		= ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) WHERE id = $1`
)

// saveConversation writes what has changed: what was said always, what the desk keeps
// when it is other than before.
func saveConversation(t *tx, before, after handoff.Conversation) error {
	talk, err := talkArgs(after)
	if err != nil {
		return err
	}
	was, errWas := deskArgs(before)
	desk, err := deskArgs(after)
	if err := errors.Join(errWas, err); err != nil {
		return err
	}
	query, args := saveTalk, append([]any{after.ID}, talk...)
	if !slices.Equal(was, desk) {
		query, args = saveAll, append(args, desk...)
	}
	if _, err = t.exec(query, args...); err != nil {
		return fmt.Errorf("saving a conversation: %w", err)
	}
	return nil
}
