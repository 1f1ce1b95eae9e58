package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"emma/handoff"
)

// draft is what a step makes of a conversation, worded for SQL: everything about a change
// that needs no transaction.
type draft struct {
	version int64 // of the conversation in known; 0 when it was read under the lock
	after   handoff.Conversation
	events  []handoff.Event

	insert, save         string // statements for the events and the conversation
	insertArgs, saveArgs []any
}

// newDraft applies a step to a conversation; its first event carries the key.
func newDraft(before handoff.Conversation, key handoff.Key, step handoff.Step) (*draft, error) {
	d := &draft{after: before}
	var err error
	if d.events, err = step(&d.after); err != nil {
		return nil, err
	}
	if len(d.events) > 0 {
		d.events[0].ClientID = key.ID
	}
	if err := d.wordInsert(key.Content); err != nil {
		return nil, err
	}
	return d, d.wordSave(before)
}

// draftEarly drafts a change before the writer comes to it, so that the others who wait for
// the writer do not wait for this too: nil where the conversation is not known, or where the
// step refuses it as it is now. The writer takes the draft if the conversation is still the
// same then, and applies the step anew if not.
func (s *Store) draftEarly(id string, key handoff.Key, step handoff.Step) *draft {
	before, version := s.writerFor(id).known.get(id)
	if version == 0 {
		return nil
	}
	d, err := newDraft(before, key, step)
	if err != nil {
		return nil
	}
	d.version = version
	return d
}

// eventColumns is the number of columns of an event.
const eventColumns = 9

// wordInsert words the events. content is the digest of the command that has the first.
func (d *draft) wordInsert(content string) error {
	if len(d.events) == 0 {
		return nil
	}
	rows := make([]string, len(d.events))
	d.insertArgs = make([]any, 0, eventColumns*len(d.events))
	for i, e := range d.events {
		body, err := json.Marshal(e.Body)
		if err != nil {
			return fmt.Errorf("writing event %d: %w", e.Seq, err)
		}
		n := eventColumns * i
		rows[i] = fmt.Sprintf(`($%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d)`, n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8, n+9)
		command := e.ClientID != ""
		d.insertArgs = append(d.insertArgs, e.Conversation, e.Seq, string(e.Kind), string(e.Author), e.Sender,
			sql.NullString{String: e.ClientID, Valid: command}, sql.NullString{String: content, Valid: command}, milli(e.At), string(body))
	}
	d.insert = `INSERT INTO event (conversation, seq, kind, author, sender, client_id, content, at, body)
		VALUES ` + strings.Join(rows, `, `) + `
		ON CONFLICT (conversation, sender, client_id) WHERE client_id IS NOT NULL DO NOTHING`
	return nil
}

const (
	saveTalk = `UPDATE conversation SET (` + talkColumns + `) = ($2, $3, $4, $5, $6, $7, $8, $9) WHERE id = $1`
	saveAll  = `UPDATE conversation SET (` + talkColumns + `, ` + deskColumns + `)
		= ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) WHERE id = $1`
)

// wordSave words the conversation: what was said always, what the desk keeps when it is
// other than before.
func (d *draft) wordSave(before handoff.Conversation) error {
	talk, err := talkArgs(d.after)
	if err != nil {
		return err
	}
	was, err := deskArgs(before)
	if err != nil {
		return err
	}
	desk, err := deskArgs(d.after)
	if err != nil {
		return err
	}
	d.save, d.saveArgs = saveTalk, slices.Concat([]any{d.after.ID}, talk)
	if !slices.Equal(was, desk) {
		d.save, d.saveArgs = saveAll, append(d.saveArgs, desk...)
	}
	return nil
}

// insertEvents appends the events; fresh is false when their command was applied before,
// and then what was appended must be undone.
func (d *draft) insertEvents(t *tx) (fresh bool, err error) {
	if len(d.events) == 0 {
		return true, nil
	}
	rows, err := t.exec(d.insert, d.insertArgs...)
	if err != nil {
		return false, fmt.Errorf("appending event %d: %w", d.events[0].Seq, err)
	}
	if rows < int64(len(d.events)) {
		return false, nil
	}
	for _, e := range d.events {
		if t.w.store.tail != nil {
			t.job.events = append(t.job.events, readBack(e))
		}
		if err := insertSealed(t, e); err != nil {
			return false, err
		}
	}
	return true, nil
}
