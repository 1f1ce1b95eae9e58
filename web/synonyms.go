package web

import (
	"net/http"

	"emma/knowledge"
)

// readSynonyms is GET /api/synonyms: the groups in force and those of the program.
func (s *Server) readSynonyms(w http.ResponseWriter, r *http.Request) error {
	policy, err := s.settings.Rulings.Policy(r.Context())
	if err != nil {
		return err
	}
	_, ruling, err := s.settings.Rulings.Rulings(r.Context())
	if err != nil {
		return err
	}
	usual := knowledge.UsualSynonyms()
	groups := policy.Synonyms
	if groups == nil {
		groups = usual
	}
	return writeJSON(w, map[string]any{"ruling": ruling, "groups": groups, "changed": policy.Synonyms != nil, "usual": usual})
}

// trySynonyms is POST /api/synonyms/try: what other groups would change. Nothing is saved.
func (s *Server) trySynonyms(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Groups []knowledge.Synonyms }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	tried, err := s.workshop.TrySynonyms(r.Context(), in.Groups)
	if err != nil {
		return err
	}
	return writeJSON(w, tried)
}

// setSynonyms is PUT /api/synonyms; without groups those of the program hold again.
func (s *Server) setSynonyms(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Groups   []knowledge.Synonyms
		Revision int64
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	if err := s.workshop.SetSynonyms(r.Context(), in.Groups, in.Revision, staff.Name); err != nil {
		return err
	}
	return s.readSynonyms(w, r)
}
