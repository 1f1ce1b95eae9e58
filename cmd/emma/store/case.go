package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"emma/handoff"
)

const caseColumns = `reference, kind, state, conversation, team, tier, language, type, body, name, email, phone,
	call_from, call_until, assignee, assignee_name, office, sealed, entries, created_at, due_at, changed_at, done_at, seq`

func scanCase(scan func(...any) error) (handoff.Case, error) {
	var k handoff.Case
	var from, until, sealed, created, due, changed, done int64
	err := scan(&k.Reference, &k.Kind, &k.State, &k.Conversation, &k.Team, &k.Tier, &k.Language, &k.Type, &k.Text,
		&k.Contact.Name, &k.Contact.Email, &k.Contact.Phone, &from, &until, &k.Assignee, &k.AssigneeName, &k.Office,
		&sealed, &k.Entries, &created, &due, &changed, &done, &k.Seq)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Case{}, handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Case{}, fmt.Errorf("reading a case: %w", err)
	}
	k.From, k.Until, k.Sealed = fromMilli(from), fromMilli(until), sealed != 0
	k.CreatedAt, k.DueAt, k.ChangedAt, k.DoneAt = fromMilli(created), fromMilli(due), fromMilli(changed), fromMilli(done)
	return k, nil
}

func caseArgs(k handoff.Case) []any {
	sealed := 0
	if k.Sealed {
		sealed = 1
	}
	return []any{k.Reference, string(k.Kind), string(k.State), k.Conversation, k.Team, k.Tier, k.Language, k.Type, k.Text,
		k.Contact.Name, k.Contact.Email, k.Contact.Phone, milli(k.From), milli(k.Until), k.Assignee, k.AssigneeName, k.Office,
		sealed, k.Entries, milli(k.CreatedAt), milli(k.DueAt), milli(k.ChangedAt), milli(k.DoneAt), k.Seq}
}

// ChangeCase implements handoff.CaseStore.
func (s *Store) ChangeCase(ctx context.Context, conversation string, key handoff.Key, reference string, step handoff.CaseStep) (handoff.CaseChange, error) {
	var change handoff.CaseChange
	err := s.do(ctx, conversation, func(t *tx) error {
		var k handoff.Case
		var work handoff.CaseWork
		done, err := changeConversation(t, conversation, key, func(c *handoff.Conversation) (_ []handoff.Event, err error) {
			// The conversation is locked, and with it all its cases.
			if reference != "" {
				if k, err = scanCase(t.scanner(`SELECT `+caseColumns+` FROM desk_case WHERE reference = $1 AND conversation = $2`, reference, conversation)); err != nil {
					return nil, err
				}
			}
			work, err = step(c, &k)
			return work.Events, err
		}, nil)
		change = handoff.CaseChange{Seq: done.Seq, Duplicate: done.Duplicate}
		if err != nil {
			return err
		}
		change.Case = k
		if err := saveCase(t, k, work, reference == ""); err != nil {
			return err
		}
		t.tell(handoff.Signal{Topic: handoff.TopicCases})
		return nil
	})
	if errors.Is(err, errDuplicate) {
		change.Case, err = s.caseOfEvent(ctx, conversation, change.Seq)
	}
	if err != nil {
		return handoff.CaseChange{}, err
	}
	return change, nil
}

// scanner is a query of one row for a function that scans.
func (t *tx) scanner(query string, args ...any) func(...any) error {
	return func(dest ...any) error { return t.row(dest, query, args...) }
}

func saveCase(t *tx, k handoff.Case, work handoff.CaseWork, fresh bool) error {
	args := caseArgs(k)
	if fresh {
		n, err := t.exec(`INSERT INTO desk_case (`+caseColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
			$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) ON CONFLICT (reference) DO NOTHING`, args...)
		if err != nil {
			return fmt.Errorf("adding a case: %w", err)
		}
		if n == 0 {
			return handoff.ErrExists
		}
	} else if _, err := t.exec(`UPDATE desk_case SET kind = $2, state = $3, conversation = $4, team = $5, tier = $6, language = $7,
		type = $8, body = $9, name = $10, email = $11, phone = $12, call_from = $13, call_until = $14, assignee = $15,
		assignee_name = $16, office = $17, sealed = $18, entries = $19, created_at = $20, due_at = $21, changed_at = $22,
		done_at = $23, seq = $24 WHERE reference = $1`, args...); err != nil {
		return fmt.Errorf("saving a case: %w", err)
	}
	e, forStaff := work.Entry, 0
	if e.ForStaff {
		forStaff = 1
	}
	if _, err := t.exec(`INSERT INTO case_entry (reference, n, at, staff, name, state, body, for_staff) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.Reference, e.N, milli(e.At), e.Staff, e.Name, string(e.State), e.Text, forStaff); err != nil {
		return fmt.Errorf("adding to the history of a case: %w", err)
	}
	for _, l := range work.Letters {
		if err := insertLetter(t, l); err != nil {
			return err
		}
	}
	if work.Receipt != "" {
		if _, err := t.exec(`INSERT INTO case_receipt (reference, receipt) VALUES ($1, $2)`, k.Reference, work.Receipt); err != nil {
			return fmt.Errorf("sealing a number: %w", err)
		}
	}
	return nil
}

// caseOfEvent returns the case that an event is about.
func (s *Store) caseOfEvent(ctx context.Context, conversation string, seq int64) (handoff.Case, error) {
	events, err := s.EventsAfter(ctx, conversation, seq-1, 1)
	if err != nil {
		return handoff.Case{}, err
	}
	if len(events) == 0 || events[0].Case == nil {
		return handoff.Case{}, handoff.ErrNotFound
	}
	return s.Case(ctx, events[0].Case.Reference)
}

// Case implements handoff.CaseStore.
func (s *Store) Case(ctx context.Context, reference string) (handoff.Case, error) {
	return scanCase(s.db.QueryRowContext(ctx, `SELECT `+caseColumns+` FROM desk_case WHERE reference = $1`, reference).Scan)
}

// Cases implements handoff.CaseStore.
func (s *Store) Cases(ctx context.Context, f handoff.CaseFilter) ([]handoff.Case, error) {
	which := `done_at = 0 AND ($1 = '' OR kind = $1) AND ($2 = '' OR team = $2) AND ($3 = '' OR assignee = $3) ORDER BY due_at, reference LIMIT $4`
	if f.Done {
		which = `done_at > 0 AND ($1 = '' OR kind = $1) AND ($2 = '' OR team = $2) AND ($3 = '' OR assignee = $3) ORDER BY done_at DESC, reference LIMIT $4`
	}
	args := []any{string(f.Kind), f.Team, f.Assignee, f.Limit}
	if f.Conversation != "" {
		which = `($1 = '' OR kind = $1) AND ($2 = '' OR team = $2) AND ($3 = '' OR assignee = $3) AND conversation = $5 ORDER BY created_at DESC, reference LIMIT $4`
		args = append(args, f.Conversation)
	}
	rows, err := s.db.QueryContext(ctx, `SELECT `+caseColumns+` FROM desk_case WHERE `+which, args...)
	if err != nil {
		return nil, fmt.Errorf("reading cases: %w", err)
	}
	defer rows.Close()
	var list []handoff.Case
	for rows.Next() {
		k, err := scanCase(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, rows.Err()
}

// CountCases implements handoff.CaseStore.
func (s *Store) CountCases(ctx context.Context, now time.Time) (pending, late int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN due_at <= $1 THEN 1 ELSE 0 END), 0)
		FROM desk_case WHERE done_at = 0`, milli(now)).Scan(&pending, &late)
	if err != nil {
		return 0, 0, fmt.Errorf("counting cases: %w", err)
	}
	return pending, late, nil
}

// Entries implements handoff.CaseStore.
func (s *Store) Entries(ctx context.Context, reference string) ([]handoff.Entry, error) {
	return s.entries(ctx, `SELECT reference, n, at, staff, name, state, body, for_staff FROM case_entry WHERE reference = $1 ORDER BY n`, reference)
}

func (s *Store) entries(ctx context.Context, query, reference string) ([]handoff.Entry, error) {
	rows, err := s.db.QueryContext(ctx, query, reference)
	if err != nil {
		return nil, fmt.Errorf("reading the history of a case: %w", err)
	}
	defer rows.Close()
	var list []handoff.Entry
	for rows.Next() {
		var e handoff.Entry
		var at, forStaff int64
		if err := rows.Scan(&e.Reference, &e.N, &at, &e.Staff, &e.Name, &e.State, &e.Text, &forStaff); err != nil {
			return nil, fmt.Errorf("reading the history of a case: %w", err)
		}
		e.At, e.ForStaff = fromMilli(at), forStaff != 0
		list = append(list, e)
	}
	return list, rows.Err()
}

// ReceiptFits implements handoff.CaseStore.
func (s *Store) ReceiptFits(ctx context.Context, reference, receipt string) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM case_receipt WHERE reference = $1 AND receipt = $2`, reference, receipt).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("comparing a sealed number: %w", err)
	}
	return n > 0, nil
}

// Receipt implements handoff.CaseStore.
func (s *Store) Receipt(ctx context.Context, reference string) (string, error) {
	var receipt string
	err := s.db.QueryRowContext(ctx, `SELECT receipt FROM case_receipt WHERE reference = $1`, reference).Scan(&receipt)
	if errors.Is(err, sql.ErrNoRows) {
		return "", handoff.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("reading a sealed number: %w", err)
	}
	return receipt, nil
}
