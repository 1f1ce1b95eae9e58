package web

import (
	"fmt"
	"net/http"
	"slices"

	"emma/handoff"
)

// savedOut is a saved reply for whom it is shown to.
type savedOut struct {
	ID       string `json:"id"`
	Short    string `json:"short"`
	Language string `json:"language"`
	Text     string `json:"text"`
	Team     string `json:"team"`
	Own      bool   `json:"own"`
	Mine     bool   `json:"may_change"`
	By       string `json:"saved_by"`
	At       int64  `json:"saved_at"`
}

// listReplies is GET /api/replies.
func (s *Server) listReplies(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	list, err := s.replies.Saved(r.Context(), staff)
	if err != nil {
		return err
	}
	out := make([]savedOut, len(list))
	for i, saved := range list {
		out[i] = outSaved(saved, staff)
	}
	return writeJSON(w, map[string]any{"replies": out, "variables": handoff.Variables()})
}

func outSaved(r handoff.Saved, staff handoff.Staff) savedOut {
	return savedOut{r.ID, r.Short, r.Language, r.Text, r.Team, r.Owner != "", r.MayChange(staff), r.By, r.At.UnixMilli()}
}

// saveReply is PUT /api/replies/{id}; the id is a UUID made by the client. A reply
// is the person's own, or shared with a team or (team empty) with everybody.
func (s *Server) saveReply(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Short, Language, Text, Team string
		Own                         bool
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	id := r.PathValue("id")
	if _, err := parseID(id); err != nil {
		return err
	}
	saved := handoff.Saved{ID: id, Short: in.Short, Language: in.Language, Text: in.Text, Team: in.Team, By: staff.Name, At: s.now()}
	if in.Own {
		saved.Owner, saved.Team = staff.ID, ""
	}
	if err := s.mayChange(r, staff, id); err != nil {
		return err
	}
	if !saved.MayChange(staff) {
		return fmt.Errorf("sharing a reply: %w", handoff.ErrForbidden)
	}
	if err := saved.Validate(); err != nil {
		return err
	}
	if err := s.replies.SaveReply(r.Context(), saved); err != nil {
		return err
	}
	return writeJSON(w, outSaved(saved, staff))
}

// deleteReply is DELETE /api/replies/{id}.
func (s *Server) deleteReply(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	if err := s.mayChange(r, staff, r.PathValue("id")); err != nil {
		return err
	}
	if err := s.replies.DeleteReply(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// mayChange refuses to touch a reply that exists and is not the person's to change.
// What they may not even see is as if it did not exist.
func (s *Server) mayChange(r *http.Request, staff handoff.Staff, id string) error {
	visible, err := s.replies.Saved(r.Context(), staff)
	if err != nil {
		return err
	}
	before, err := s.replies.SavedReply(r.Context(), id)
	switch {
	case isNotFound(err):
		return nil
	case err != nil:
		return err
	case !slices.ContainsFunc(visible, func(v handoff.Saved) bool { return v.ID == id }):
		return handoff.ErrNotFound
	case !before.MayChange(staff):
		return fmt.Errorf("changing a reply: %w", handoff.ErrForbidden)
	}
	return nil
}
