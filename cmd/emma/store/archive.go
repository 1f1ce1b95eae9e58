package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"emma/handoff"
)

// searchWindow bounds how many conversations one search for words looks into. A
// search that finds too little in them goes on with the next page.
const searchWindow = 2000

// newestFirst is the order of the list of all conversations: read by the index of
// changed_about, and sorted only within each of its steps.
const newestFirst = `changed_about DESC, changed_at DESC, id DESC`

// Find implements handoff.Archive.
func (s *Store) Find(ctx context.Context, f handoff.Filter, limit int) (handoff.Page, error) {
	where, args := narrow(f)
	var page handoff.Page
	var edge handoff.Cursor
	var err error
	if f.Text != "" {
		// The words are looked for in a window of the list; its last row is where a
		// search without enough hits goes on.
		if edge, err = s.edge(ctx, where, args); err != nil {
			return handoff.Page{}, err
		}
		args = append(args, words(f.Text))
		pattern := len(args)
		args = append(args, milli(edge.ChangedAt), edge.ID, changedAbout(edge.ChangedAt))
		where += fmt.Sprintf(` AND changed_about >= $%d AND (changed_at, id) >= ($%d, $%d) AND EXISTS (SELECT 1 FROM event WHERE event.conversation = conversation.id
			AND event.kind IN ('message', 'note') AND event.author IN ('visitor', 'agent') AND lower(event.body) LIKE $%d ESCAPE '!')`, pattern+3, pattern+1, pattern+2, pattern)
	}
	args = append(args, limit+1)
	page.Conversations, err = s.conversations(ctx, fmt.Sprintf(`SELECT %s FROM conversation WHERE %s ORDER BY %s LIMIT $%d`, conversationColumns, where, newestFirst, len(args)), args...)
	if err != nil {
		return handoff.Page{}, fmt.Errorf("listing conversations: %w", err)
	}
	switch {
	case len(page.Conversations) > limit:
		page.Conversations = page.Conversations[:limit]
		last := page.Conversations[limit-1]
		page.More, page.Next = true, handoff.Cursor{ChangedAt: last.ChangedAt, ID: last.ID}
	case edge.ID != "":
		page.More, page.Next = true, edge
	}
	return page, nil
}

// edge is the last row of the window, or the zero cursor when the list ends in it.
func (s *Store) edge(ctx context.Context, where string, args []any) (handoff.Cursor, error) {
	var at int64
	var c handoff.Cursor
	query := fmt.Sprintf(`SELECT changed_at, id FROM conversation WHERE %s ORDER BY %s LIMIT 1 OFFSET %d`, where, newestFirst, searchWindow-1)
	err := s.db.QueryRowContext(ctx, query, args...).Scan(&at, &c.ID)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return handoff.Cursor{}, fmt.Errorf("finding the end of a search: %w", err)
	}
	c.ChangedAt = fromMilli(at)
	return c, nil
}

// narrow is the condition of a filter without its words.
func narrow(f handoff.Filter) (where string, args []any) {
	before := int64(math.MaxInt64)
	if f.Before.ID != "" {
		before = milli(f.Before.ChangedAt)
	}
	args = []any{before, f.Before.ID, before / about.Milliseconds()}
	where = `changed_about <= $3 AND (changed_at, id) < ($1, $2)`
	add := func(condition string, value any) {
		args = append(args, value)
		where += fmt.Sprintf(" AND "+condition, len(args))
	}
	for _, exact := range []struct{ column, value string }{
		{"state", string(f.State)}, {"team", f.Team}, {"reason", f.Reason}, {"agent", f.Agent}, {"substr(id, 29)", f.Reference},
	} {
		if exact.value != "" {
			add(exact.column+` = $%[1]d`, exact.value)
		}
	}
	if f.Tier != 0 {
		add(`tier = $%[1]d`, f.Tier)
	}
	if f.Language != "" {
		// The memory is JSON as encoding/json writes it, so this is exact.
		add(`memory LIKE $%[1]d`, `%"language":"`+f.Language+`"%`)
	}
	if f.Thread != "" {
		add(`(id = $%[1]d OR id IN (SELECT conversation FROM visitor_thread WHERE first = $%[1]d))`, f.Thread)
	}
	return where, args
}

// words is the pattern that finds a text in the body of a message: behind its key
// "text", and written as JSON writes it.
func words(text string) string {
	b, _ := json.Marshal(strings.ToLower(text)) // a string always encodes
	inner := string(b[1 : len(b)-1])
	return `%"text":"%` + strings.NewReplacer(`!`, `!!`, `%`, `!%`, `_`, `!_`).Replace(inner) + `%`
}

// First implements handoff.Archive.
func (s *Store) First(ctx context.Context, conversation string) (string, error) {
	var first string
	err := s.db.QueryRowContext(ctx, `SELECT first FROM visitor_thread WHERE conversation = $1`, conversation).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		return conversation, nil
	}
	if err != nil {
		return "", fmt.Errorf("looking for a visitor's first conversation: %w", err)
	}
	return first, nil
}

// Continue implements handoff.Archive.
func (s *Store) Continue(ctx context.Context, earlier, conversation string) error {
	first, err := s.First(ctx, earlier)
	if err != nil {
		return err
	}
	return s.do(ctx, conversation, func(t *tx) error {
		_, err := t.exec(`INSERT INTO visitor_thread (conversation, first) VALUES ($1, $2) ON CONFLICT (conversation) DO NOTHING`, conversation, first)
		if err != nil {
			return fmt.Errorf("noting whose conversation it is: %w", err)
		}
		return nil
	})
}

// DayOf implements handoff.Archive.
func (s *Store) DayOf(ctx context.Context, staff string, since time.Time) (handoff.Day, error) {
	var day handoff.Day
	from := milli(since)
	// What an event says stands in its body; the two states are found by how Go
	// writes them there.
	err := s.db.QueryRowContext(ctx, `SELECT
		COUNT(DISTINCT CASE WHEN kind = 'state' AND body LIKE '%"state":"agent"%' THEN conversation END),
		COUNT(DISTINCT CASE WHEN kind = 'state' AND body LIKE '%"state":"closed"%' THEN conversation END),
		COUNT(CASE WHEN kind = 'message' THEN 1 END)
		FROM event WHERE sender = $1 AND author = 'agent' AND at >= $2`, staff, from).Scan(&day.Taken, &day.Closed, &day.Replies)
	if err != nil {
		return handoff.Day{}, fmt.Errorf("counting an agent's day: %w", err)
	}
	rows, err := s.db.QueryContext(ctx, `SELECT body FROM event WHERE kind = 'rating' AND conversation IN
		(SELECT conversation FROM event WHERE sender = $1 AND author = 'agent' AND kind = 'state' AND at >= $2)
		AND seq = (SELECT MAX(seq) FROM event AS last WHERE last.conversation = event.conversation AND last.kind = 'rating')`, staff, from)
	if err != nil {
		return handoff.Day{}, fmt.Errorf("reading an agent's ratings: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		var rating handoff.Body
		if err := rows.Scan(&body); err != nil {
			return handoff.Day{}, fmt.Errorf("reading an agent's ratings: %w", err)
		}
		if err := json.Unmarshal(body, &rating); err != nil {
			return handoff.Day{}, fmt.Errorf("reading a rating: %w", err)
		}
		day.Ratings++
		day.Stars += rating.Stars
	}
	return day, rows.Err()
}
