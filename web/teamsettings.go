package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"emma/handoff"
)

// readTeam is GET /api/teams/{id}: all settings of a team.
func (s *Server) readTeam(w http.ResponseWriter, r *http.Request) error {
	for _, t := range s.desk.Teams() {
		if t.ID == r.PathValue("id") {
			return writeJSON(w, t)
		}
	}
	return fmt.Errorf("reading a team: %w", handoff.ErrNotFound)
}

// saveTeam is PUT /api/teams/{id}: adds or replaces a team.
func (s *Server) saveTeam(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fmt.Errorf("%w: it is larger than %d bytes", errBody, bodyLimit)
	}
	if err != nil {
		return fmt.Errorf("%w: it ended early", errBody)
	}
	team, err := handoff.ReadTeam(content)
	if err != nil {
		return err
	}
	if team.ID != r.PathValue("id") {
		return fmt.Errorf("%w: the id of the team is not that of the address", handoff.ErrInvalid)
	}
	if err := s.desk.SaveTeam(r.Context(), staff, team); err != nil {
		return err
	}
	return writeJSON(w, team)
}

// removeTeam is DELETE /api/teams/{id}.
func (s *Server) removeTeam(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	if err := s.desk.RemoveTeam(r.Context(), staff, r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// waitsOver is how far back the report of waits looks.
const waitsOver = 14 * 24 * time.Hour

// waits is GET /api/waits: how well the waits that visitors were told were kept.
func (s *Server) waits(w http.ResponseWriter, r *http.Request) error {
	reports, err := s.desk.Waits(r.Context(), s.now().Add(-waitsOver))
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"waits": append([]handoff.Report{}, reports...)})
}
