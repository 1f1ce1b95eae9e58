package store

import (
	"context"
	"encoding/json"
	"fmt"

	"emma/handoff"
)

// teamsSaved marks in meta that the teams are those of the table, also when it is
// empty.
const teamsSaved = "teams"

// Teams implements handoff.Floor.
func (s *Store) Teams(ctx context.Context) ([]handoff.Team, error) {
	var saved int
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM meta WHERE name = $1`, teamsSaved).Scan(&saved); err != nil {
		return nil, fmt.Errorf("looking for teams: %w", err)
	}
	if saved == 0 {
		return handoff.StartTeams()
	}
	rows, err := s.db.QueryContext(ctx, `SELECT content FROM team ORDER BY position, id`)
	if err != nil {
		return nil, fmt.Errorf("reading the teams: %w", err)
	}
	defer rows.Close()
	var teams []handoff.Team
	for rows.Next() {
		var content []byte
		if err := rows.Scan(&content); err != nil {
			return nil, fmt.Errorf("reading the teams: %w", err)
		}
		team, err := handoff.ReadTeam(content)
		if err != nil {
			return nil, fmt.Errorf("reading the teams: %w", err)
		}
		teams = append(teams, team)
	}
	return teams, rows.Err()
}

// SaveTeam implements handoff.Floor.
func (s *Store) SaveTeam(ctx context.Context, team handoff.Team) error {
	return s.do(ctx, "", func(t *tx) error {
		if err := keepStartTeams(t); err != nil {
			return err
		}
		if err := putTeam(t, team); err != nil {
			return err
		}
		t.tell(handoff.Signal{Topic: handoff.TopicTeams})
		return nil
	})
}

// RemoveTeam implements handoff.Floor.
func (s *Store) RemoveTeam(ctx context.Context, id string) error {
	return s.do(ctx, "", func(t *tx) error {
		if err := keepStartTeams(t); err != nil {
			return err
		}
		n, err := t.exec(`DELETE FROM team WHERE id = $1`, id)
		if err != nil {
			return fmt.Errorf("removing team %s: %w", id, err)
		}
		if n == 0 {
			return handoff.ErrNotFound
		}
		t.tell(handoff.Signal{Topic: handoff.TopicTeams})
		return nil
	})
}

// keepStartTeams writes the teams of a fresh desk before the first change of one.
func keepStartTeams(t *tx) error {
	n, err := t.exec(`INSERT INTO meta (name, value) VALUES ($1, '1') ON CONFLICT (name) DO NOTHING`, teamsSaved)
	if err != nil || n == 0 {
		return err
	}
	teams, err := handoff.StartTeams()
	if err != nil {
		return err
	}
	for _, team := range teams {
		if err := putTeam(t, team); err != nil {
			return err
		}
	}
	return nil
}

func putTeam(t *tx, team handoff.Team) error {
	content, err := json.Marshal(team)
	if err != nil {
		return fmt.Errorf("writing team %s: %w", team.ID, err)
	}
	_, err = t.exec(`INSERT INTO team (id, position, content) VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM team), $2)
		ON CONFLICT (id) DO UPDATE SET content = excluded.content`, team.ID, string(content))
	if err != nil {
		return fmt.Errorf("saving team %s: %w", team.ID, err)
	}
	return nil
}
