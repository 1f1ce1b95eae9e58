package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"emma/handoff"
)

// The columns of a conversation: its id, what each message changes, what only the desk
// changes, and what never changes after it began. SQLite writes every index anew that has
// one of the columns of an UPDATE, so a message leaves those of the desk out.
const (
	talkColumns = `last_seq, visitor_seq, answered_seq, read_seq, unread, title, changed_at, memory`
	deskColumns = `state, team, tier, reason, agent, agent_name, preferred, waiting_since, changed_about,
		line_at, offered_to, offer_until, last_agent, wrap_until, asked_at, desk`
	fixedColumns        = `token_hash, page, opened_at`
	conversationColumns = `id, ` + talkColumns + `, ` + deskColumns + `, ` + fixedColumns
)

// about is how exactly changed_about says when a conversation changed. Lists are read by
// it and sorted further by changed_at, so that not each message writes their index.
const about = 5 * time.Minute

// changedAbout is changed_at in whole steps of about.
func changedAbout(at time.Time) int64 { return milli(at) / about.Milliseconds() }

// yieldRows is after how many rows of a long list the processor is left to others: to
// read a line of thousands takes longer than the answer to a question may.
const yieldRows = 32

// conversationRow receives a row of conversationColumns.
type conversationRow struct {
	c                        handoff.Conversation
	waiting, opened, changed int64
	line, offered, wrap      int64
	asked, about             int64
	memory, desk             []byte
}

// deskMemo is what the desk keeps of a conversation besides what it looks for in SQL.
type deskMemo struct {
	Priority  int              `json:"priority,omitempty"`
	Meant     string           `json:"meant,omitempty"`
	OfferName string           `json:"offer_name,omitempty"`
	Passed    []string         `json:"passed,omitempty"`
	Forecast  handoff.Forecast `json:"forecast,omitzero"`
	ClaimedAt int64            `json:"claimed_at,omitempty"`
	WarnedAt  int64            `json:"warned_at,omitempty"`
	Replied   bool             `json:"replied,omitempty"`
	Silent    bool             `json:"warned_silent,omitempty"`
	Abandoned bool             `json:"abandoned,omitempty"`
}

func (r *conversationRow) dest() []any {
	c := &r.c
	return []any{&c.ID,
		&c.LastSeq, &c.VisitorSeq, &c.AnsweredSeq, &c.ReadSeq, &c.Unread, &c.Title, &r.changed, &r.memory,
		&c.State, &c.Team, &c.Tier, &c.Reason, &c.Agent, &c.AgentName, &c.Preferred, &r.waiting, &r.about,
		&r.line, &c.Offer.Agent, &r.offered, &c.LastAgent, &r.wrap, &r.asked, &r.desk,
		&c.TokenHash, &c.Page, &r.opened}
}

func (r *conversationRow) conversation() (handoff.Conversation, error) {
	c := r.c
	c.WaitingSince, c.OpenedAt, c.ChangedAt = fromMilli(r.waiting), fromMilli(r.opened), fromMilli(r.changed)
	c.Offer.Until, c.WrapUntil = fromMilli(r.offered), fromMilli(r.wrap)
	if err := json.Unmarshal(r.memory, &c.Memory); err != nil {
		return handoff.Conversation{}, fmt.Errorf("reading the memory of conversation %s: %w", c.ID, err)
	}
	var memo deskMemo
	if err := json.Unmarshal(r.desk, &memo); err != nil {
		return handoff.Conversation{}, fmt.Errorf("reading what the desk keeps of conversation %s: %w", c.ID, err)
	}
	c.Priority, c.Meant, c.Offer.Name, c.Passed, c.Forecast = memo.Priority, memo.Meant, memo.OfferName, memo.Passed, memo.Forecast
	c.ClaimedAt, c.WarnedAt, c.AskedAt = fromMilli(memo.ClaimedAt), fromMilli(memo.WarnedAt), fromMilli(r.asked)
	c.Replied, c.WarnedSilent, c.Abandoned = memo.Replied, memo.Silent, memo.Abandoned
	return c, nil
}

// talkArgs are the values of talkColumns.
func talkArgs(c handoff.Conversation) ([]any, error) {
	memory, err := json.Marshal(c.Memory)
	if err != nil {
		return nil, fmt.Errorf("writing the memory of conversation %s: %w", c.ID, err)
	}
	return []any{c.LastSeq, c.VisitorSeq, c.AnsweredSeq, c.ReadSeq, c.Unread, c.Title, milli(c.ChangedAt), string(memory)}, nil
}

// deskArgs are the values of deskColumns, each comparable.
func deskArgs(c handoff.Conversation) ([]any, error) {
	desk, err := json.Marshal(deskMemo{
		Priority: c.Priority, Meant: c.Meant, OfferName: c.Offer.Name, Passed: c.Passed, Forecast: c.Forecast,
		ClaimedAt: milli(c.ClaimedAt), WarnedAt: milli(c.WarnedAt), Replied: c.Replied, Silent: c.WarnedSilent, Abandoned: c.Abandoned,
	})
	if err != nil {
		return nil, fmt.Errorf("writing what the desk keeps of conversation %s: %w", c.ID, err)
	}
	return []any{string(c.State), c.Team, c.Tier, string(c.Reason), c.Agent, c.AgentName, c.Preferred, milli(c.WaitingSince), changedAbout(c.ChangedAt),
		milli(c.LineAt()), c.Offer.Agent, milli(c.Offer.Until), c.LastAgent, milli(c.WrapUntil), milli(c.AskedAt), string(desk)}, nil
}

// Create implements handoff.Store.
func (s *Store) Create(ctx context.Context, c handoff.Conversation) error {
	talk, errTalk := talkArgs(c)
	desk, errDesk := deskArgs(c)
	if err := errors.Join(errTalk, errDesk); err != nil {
		return err
	}
	args := slices.Concat([]any{c.ID}, talk, desk, []any{c.TokenHash, c.Page, milli(c.OpenedAt)})
	return s.do(ctx, c.ID, func(t *tx) error {
		_, err := t.exec(`INSERT INTO conversation (`+conversationColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)`, args...)
		return err
	})
}

// Conversation implements handoff.Store.
func (s *Store) Conversation(ctx context.Context, id string) (handoff.Conversation, error) {
	return s.oneConversation(ctx, s.reads.conversation, id)
}

// ConversationByToken implements handoff.Store.
func (s *Store) ConversationByToken(ctx context.Context, tokenHash string) (handoff.Conversation, error) {
	c, err := s.oneConversation(ctx, s.reads.byToken, tokenHash)
	if errors.Is(err, handoff.ErrNotFound) {
		return s.oneConversation(ctx, s.reads.byFurtherToken, tokenHash)
	}
	return c, err
}

func (s *Store) oneConversation(ctx context.Context, query *sql.Stmt, arg string) (handoff.Conversation, error) {
	var row conversationRow
	err := query.QueryRowContext(s.brief(ctx), arg).Scan(row.dest()...)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Conversation{}, handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Conversation{}, fmt.Errorf("reading a conversation: %w", err)
	}
	return row.conversation()
}

// Line implements handoff.Store.
func (s *Store) Line(ctx context.Context, limit int) ([]handoff.Conversation, error) {
	return s.conversations(ctx, `SELECT `+conversationColumns+` FROM conversation
		WHERE state = 'waiting' ORDER BY line_at, id LIMIT $1`, limit)
}

// HeldBy implements handoff.Store.
func (s *Store) HeldBy(ctx context.Context, agent string, now time.Time) ([]handoff.Conversation, error) {
	if agent == "" {
		return s.conversations(ctx, `SELECT `+conversationColumns+` FROM conversation
			WHERE state = 'agent' OR wrap_until > $1 ORDER BY waiting_since, id`, milli(now))
	}
	return s.conversations(ctx, `SELECT `+conversationColumns+` FROM conversation
		WHERE (state = 'agent' AND agent = $1) OR (wrap_until > $2 AND last_agent = $1) ORDER BY waiting_since, id`, agent, milli(now))
}

func (s *Store) conversations(ctx context.Context, query string, args ...any) ([]handoff.Conversation, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading conversations: %w", err)
	}
	defer rows.Close()
	var list []handoff.Conversation
	for rows.Next() {
		var row conversationRow
		if err := rows.Scan(row.dest()...); err != nil {
			return nil, fmt.Errorf("reading conversations: %w", err)
		}
		c, err := row.conversation()
		if err != nil {
			return nil, err
		}
		if list = append(list, c); len(list)%yieldRows == 0 {
			runtime.Gosched()
		}
	}
	return list, rows.Err()
}

// Owed implements handoff.Store.
func (s *Store) Owed(ctx context.Context, before time.Time, limit int) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id FROM conversation
		WHERE visitor_seq > answered_seq AND state IN ('bot', 'waiting') AND changed_at <= $1
		ORDER BY changed_at LIMIT $2`, before.UnixMilli(), limit)
	if err != nil {
		return nil, fmt.Errorf("reading unanswered conversations: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("reading unanswered conversations: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
