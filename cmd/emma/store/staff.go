package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"emma/handoff"
)

// nameKey is a staff name without regard to case.
func nameKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// AddStaff implements handoff.Roster.
func (s *Store) AddStaff(ctx context.Context, staff handoff.Staff) error {
	var lists [3]string
	for i, list := range [][]string{staff.Teams, staff.Languages, staff.Skills} {
		b, err := json.Marshal(append([]string{}, list...))
		if err != nil {
			return fmt.Errorf("writing the teams of %s: %w", staff.Name, err)
		}
		lists[i] = string(b)
	}
	return s.do(ctx, "", func(t *tx) error {
		n, err := t.exec(`INSERT INTO staff (id, name, name_key, role, teams, password, disabled, created_at, languages, skills, capacity)
			VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10) ON CONFLICT (name_key) DO NOTHING`,
			staff.ID, staff.Name, nameKey(staff.Name), string(staff.Role), lists[0], staff.Password, s.nowMilli(), lists[1], lists[2], staff.Capacity)
		if err != nil {
			return fmt.Errorf("adding %s: %w", staff.Name, err)
		}
		if n == 0 {
			return fmt.Errorf("adding %s: %w", staff.Name, handoff.ErrExists)
		}
		return nil
	})
}

const staffColumns = `staff.id, staff.name, staff.role, staff.teams, staff.password, staff.disabled,
	staff.languages, staff.skills, staff.capacity`

func scanStaff(scan func(...any) error) (handoff.Staff, error) {
	var staff handoff.Staff
	var lists [3]string
	var disabled int64
	err := scan(&staff.ID, &staff.Name, &staff.Role, &lists[0], &staff.Password, &disabled, &lists[1], &lists[2], &staff.Capacity)
	if errors.Is(err, sql.ErrNoRows) {
		return handoff.Staff{}, handoff.ErrNotFound
	}
	if err != nil {
		return handoff.Staff{}, fmt.Errorf("reading a member of the staff: %w", err)
	}
	for i, list := range []*[]string{&staff.Teams, &staff.Languages, &staff.Skills} {
		if err := json.Unmarshal([]byte(lists[i]), list); err != nil {
			return handoff.Staff{}, fmt.Errorf("reading the teams of %s: %w", staff.Name, err)
		}
	}
	staff.Disabled = disabled != 0
	return staff, nil
}

// StaffByName implements handoff.Roster.
func (s *Store) StaffByName(ctx context.Context, name string) (handoff.Staff, error) {
	return scanStaff(s.db.QueryRowContext(ctx, `SELECT `+staffColumns+` FROM staff WHERE name_key = $1`, nameKey(name)).Scan)
}

// Staff implements handoff.Roster.
func (s *Store) Staff(ctx context.Context) ([]handoff.Staff, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+staffColumns+` FROM staff ORDER BY name_key`)
	if err != nil {
		return nil, fmt.Errorf("reading the staff: %w", err)
	}
	defer rows.Close()
	var list []handoff.Staff
	for rows.Next() {
		staff, err := scanStaff(rows.Scan)
		if err != nil {
			return nil, err
		}
		staff.Password = ""
		list = append(list, staff)
	}
	return list, rows.Err()
}

// DisableStaff implements handoff.Roster.
func (s *Store) DisableStaff(ctx context.Context, name string) error {
	return s.do(ctx, "", func(t *tx) error {
		var id string
		err := t.row([]any{&id}, `UPDATE staff SET disabled = $2 WHERE name_key = $1 RETURNING id`, nameKey(name), s.nowMilli())
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("disabling %q: %w", name, handoff.ErrNotFound)
		}
		if err != nil {
			return fmt.Errorf("disabling %s: %w", name, err)
		}
		if _, err := t.exec(`DELETE FROM session WHERE staff = $1`, id); err != nil {
			return fmt.Errorf("ending the sessions of %s: %w", name, err)
		}
		t.tell(handoff.Signal{Topic: handoff.TopicStaff})
		return nil
	})
}

// AddSession implements handoff.Roster. Sessions that have expired go with it.
func (s *Store) AddSession(ctx context.Context, tokenHash, staff string, expires time.Time) error {
	return s.do(ctx, "", func(t *tx) error {
		if _, err := t.exec(`DELETE FROM session WHERE expires_at <= $1`, s.nowMilli()); err != nil {
			return fmt.Errorf("forgetting expired sessions: %w", err)
		}
		_, err := t.exec(`INSERT INTO session (token_hash, staff, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
			tokenHash, staff, s.nowMilli(), milli(expires))
		if err != nil {
			return fmt.Errorf("adding a session: %w", err)
		}
		return nil
	})
}

// SessionStaff implements handoff.Roster.
func (s *Store) SessionStaff(ctx context.Context, tokenHash string, now time.Time) (handoff.Staff, error) {
	staff, err := scanStaff(s.db.QueryRowContext(ctx, `SELECT `+staffColumns+` FROM session JOIN staff ON staff.id = session.staff
		WHERE session.token_hash = $1 AND session.expires_at > $2 AND staff.disabled = 0`, tokenHash, milli(now)).Scan)
	staff.Password = ""
	return staff, err
}

// EndSession implements handoff.Roster.
func (s *Store) EndSession(ctx context.Context, tokenHash string) error {
	return s.do(ctx, "", func(t *tx) error {
		_, err := t.exec(`DELETE FROM session WHERE token_hash = $1`, tokenHash)
		t.tell(handoff.Signal{Topic: handoff.TopicStaff})
		return err
	})
}
