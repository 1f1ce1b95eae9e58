package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"emma/handoff"
)

// lockAgents locks the presence of all agents of a batch, in the order of their ids.
func (w *writer) lockAgents(batch []*job) error {
	var agents []string
	for _, j := range batch {
		agents = append(agents, j.agents...)
	}
	slices.Sort(agents)
	for _, agent := range slices.Compact(agents) {
		_, err := (&tx{w: w}).exec(`INSERT INTO presence (staff, available, lease_until, idle_since) VALUES ($1, 0, 0, 0)
			ON CONFLICT (staff) DO UPDATE SET staff = excluded.staff`, agent)
		if err != nil {
			return fmt.Errorf("locking an agent: %w", err)
		}
	}
	return nil
}

// loadOf counts what takes up room of an agent besides one conversation.
func loadOf(t *tx, agent, besides string, now time.Time) (int, error) {
	var load int
	err := t.row([]any{&load}, `SELECT count(*) FROM (
		SELECT id FROM conversation WHERE state = 'agent' AND agent = $1
		UNION SELECT id FROM conversation WHERE state = 'waiting' AND offered_to <> '' AND offered_to = $1 AND offer_until > $2
		UNION SELECT id FROM conversation WHERE wrap_until > 0 AND last_agent = $1 AND wrap_until > $2
		) AS has WHERE id <> $3`, agent, milli(now), besides)
	if err != nil {
		return 0, fmt.Errorf("counting what an agent has: %w", err)
	}
	return load, nil
}

// Renew implements handoff.Floor.
func (s *Store) Renew(ctx context.Context, leases []handoff.Lease) error {
	agents := make([]string, len(leases))
	for i, l := range leases {
		agents[i] = l.Staff
	}
	return s.doLocked(ctx, "", agents, func(t *tx) error {
		for _, l := range leases {
			_, err := t.exec(`UPDATE presence SET lease_until = CASE WHEN lease_until < $2 THEN $2 ELSE lease_until END,
				active_at = CASE WHEN active_at < $3 THEN $3 ELSE active_at END WHERE staff = $1`, l.Staff, milli(l.Until), milli(l.Active))
			if err != nil {
				return fmt.Errorf("prolonging a lease: %w", err)
			}
		}
		return nil
	})
}

// SetAvailable implements handoff.Floor.
func (s *Store) SetAvailable(ctx context.Context, staff string, available bool) error {
	return s.doLocked(ctx, "", []string{staff}, func(t *tx) error {
		n := 0
		if available {
			n = 1
		}
		if _, err := t.exec(`UPDATE presence SET available = $2, absence = '' WHERE staff = $1`, staff, n); err != nil {
			return fmt.Errorf("setting the status of an agent: %w", err)
		}
		t.tell(handoff.Signal{Topic: handoff.TopicDesk}, handoff.Signal{Topic: handoff.AgentTopic(staff)})
		return nil
	})
}

// SetAway implements handoff.Floor.
func (s *Store) SetAway(ctx context.Context, staff string, why handoff.Absence, since time.Time) error {
	return s.doLocked(ctx, "", []string{staff}, func(t *tx) error {
		changed, err := t.exec(`UPDATE presence SET available = 0, absence = $2 WHERE staff = $1 AND available = 1 AND (active_at <= $3 OR $3 = 0)`,
			staff, string(why), milli(since))
		if err != nil {
			return fmt.Errorf("setting an agent away: %w", err)
		}
		if changed > 0 {
			t.tell(handoff.Signal{Topic: handoff.TopicDesk}, handoff.Signal{Topic: handoff.AgentTopic(staff)})
		}
		return nil
	})
}

// Agents implements handoff.Floor.
func (s *Store) Agents(ctx context.Context, since, now time.Time) ([]handoff.Agent, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+staffColumns+`, presence.available, presence.lease_until, presence.idle_since, presence.active_at, presence.absence,
		(SELECT count(*) FROM conversation WHERE state = 'agent' AND agent = presence.staff)
		+ (SELECT count(*) FROM conversation WHERE state = 'waiting' AND offered_to <> '' AND offered_to = presence.staff AND offer_until > $2)
		+ (SELECT count(*) FROM conversation WHERE wrap_until > 0 AND last_agent = presence.staff AND wrap_until > $2 AND agent <> presence.staff)
		FROM presence JOIN staff ON staff.id = presence.staff
		WHERE presence.lease_until > $1 AND staff.disabled = 0 ORDER BY staff.name_key`, milli(since), milli(now))
	if err != nil {
		return nil, fmt.Errorf("reading who is here: %w", err)
	}
	defer rows.Close()
	var agents []handoff.Agent
	for rows.Next() {
		var a handoff.Agent
		var available, until, idle, active int64
		if a.Staff, err = scanStaff(func(dest ...any) error {
			return rows.Scan(append(dest, &available, &until, &idle, &active, &a.Absence, &a.Load)...)
		}); err != nil {
			return nil, err
		}
		a.Password = ""
		a.Available, a.Until, a.IdleSince, a.ActiveAt = available != 0, fromMilli(until), fromMilli(idle), fromMilli(active)
		agents = append(agents, a)
	}
	return agents, rows.Err()
}

// notedAtOnce is how many visitors are noted in one job, so that messages come between.
const notedAtOnce = 32

// VisitorsHere implements handoff.Floor.
func (s *Store) VisitorsHere(ctx context.Context, ids []string, at time.Time) error {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, cmp.Compare[string]) // two nodes lock them in the same order
	for some := range slices.Chunk(ids, notedAtOnce) {
		err := s.do(ctx, "", func(t *tx) error {
			for _, id := range some {
				_, err := t.exec(`INSERT INTO visit (conversation, seen_at) VALUES ($1, $2)
					ON CONFLICT (conversation) DO UPDATE SET seen_at = excluded.seen_at WHERE visit.seen_at < excluded.seen_at`, id, milli(at))
				if err != nil {
					return fmt.Errorf("noting that a visitor is here: %w", err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Due implements handoff.Floor.
func (s *Store) Due(ctx context.Context, now, goneSince time.Time, limit int) ([]handoff.Due, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT * FROM (SELECT 'lost', conversation.id, coalesce(presence.lease_until, 0) FROM conversation
			LEFT JOIN presence ON presence.staff = conversation.agent
			WHERE conversation.state = 'agent' AND coalesce(presence.lease_until, 0) <= $1 LIMIT $3) AS lost
		UNION ALL SELECT * FROM (SELECT 'offer', id, offer_until FROM conversation
			WHERE state = 'waiting' AND offered_to <> '' AND offer_until <= $1 LIMIT $3) AS offers
		UNION ALL SELECT * FROM (SELECT 'gone', conversation.id,
				CASE WHEN visit.seen_at > conversation.waiting_since THEN visit.seen_at ELSE conversation.waiting_since END
			FROM conversation LEFT JOIN visit ON visit.conversation = conversation.id
			WHERE conversation.state IN ('waiting', 'agent') AND conversation.waiting_since <= $2
				AND coalesce(visit.seen_at, 0) <= $2 LIMIT $3) AS gone
		UNION ALL SELECT * FROM (SELECT 'silent', id, asked_at FROM conversation
			WHERE state = 'agent' AND asked_at > 0 AND asked_at <= $2 LIMIT $3) AS silent`,
		milli(now), milli(goneSince), limit)
	if err != nil {
		return nil, fmt.Errorf("looking for what is due: %w", err)
	}
	defer rows.Close()
	var due []handoff.Due
	for rows.Next() {
		var item handoff.Due
		var seen int64
		if err := rows.Scan(&item.Kind, &item.Conversation, &seen); err != nil {
			return nil, fmt.Errorf("looking for what is due: %w", err)
		}
		item.Seen = fromMilli(seen)
		due = append(due, item)
	}
	return due, rows.Err()
}
