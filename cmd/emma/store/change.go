package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"emma/handoff"
)

// errDuplicate undoes the savepoint of a command that was applied before.
var errDuplicate = errors.New("applied before")

// Change implements handoff.Store.
func (s *Store) Change(ctx context.Context, id string, key handoff.Key, step handoff.Step) (handoff.Change, error) {
	var change handoff.Change
	early := s.draftEarly(id, key, step)
	err := s.do(ctx, id, func(t *tx) (err error) {
		change, err = changeConversation(t, id, key, step, early)
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
		}, nil)
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

// changeConversation applies a step in a transaction, or writes what it made of the
// conversation early where that has not changed since. Whether the command was applied
// before shows when its event is appended; it is looked for only when there is none to
// append.
func changeConversation(t *tx, id string, key handoff.Key, step handoff.Step, early *draft) (handoff.Change, error) {
	before, version, err := lockConversation(t, id)
	if err != nil {
		return handoff.Change{}, err
	}
	d := early
	if d == nil || d.version != version {
		d, err = newDraft(before, key, step)
	}
	if key.ID != "" && (err != nil || len(d.events) == 0) {
		seq, once := appliedBefore(t, id, key)
		if once != nil {
			return handoff.Change{Conversation: before, Seq: seq, Duplicate: true}, once
		}
	}
	if err != nil {
		return handoff.Change{}, err
	}
	fresh, err := d.insertEvents(t)
	if err != nil {
		return handoff.Change{}, err
	}
	if !fresh {
		seq, err := appliedBefore(t, id, key)
		if err == nil { // a fault of the step: the key names another sender than its event
			err = fmt.Errorf("event %d of %q has the id of another", d.events[0].Seq, d.events[0].Sender)
		}
		return handoff.Change{Conversation: before, Seq: seq, Duplicate: true}, err
	}
	if _, err := t.exec(d.save, d.saveArgs...); err != nil {
		return handoff.Change{}, fmt.Errorf("saving a conversation: %w", err)
	}
	for _, sample := range handoff.Measure(before, d.after) {
		if err := insertSample(t, sample); err != nil {
			return handoff.Change{}, err
		}
	}
	t.job.changed = append(t.job.changed, d.after)
	if signals := handoff.Signals(before, d.after); len(d.events) > 0 || len(signals) > 1 || before.Unread != d.after.Unread {
		t.tell(signals...)
	}
	change := handoff.Change{Conversation: d.after}
	if len(d.events) > 0 {
		change.Seq = d.events[0].Seq
	}
	return change, nil
}

// lockConversation raises last_seq, which locks the row until the end of the
// transaction, and returns the conversation as it was before. One that the writer knows
// needs no lock: with SQLite the transaction has the whole database. Its version is that
// of known, or 0.
func lockConversation(t *tx, id string) (_ handoff.Conversation, version int64, err error) {
	if c, version := t.w.known.take(id); version != 0 {
		return c, version, nil
	}
	var row conversationRow
	err = t.row(row.dest(), `UPDATE conversation SET last_seq = last_seq + 1 WHERE id = $1 RETURNING `+conversationColumns, id)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Conversation{}, 0, handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Conversation{}, 0, fmt.Errorf("locking a conversation: %w", err)
	}
	row.c.LastSeq--
	c, err := row.conversation()
	return c, 0, err
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
