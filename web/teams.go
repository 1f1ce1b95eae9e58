package web

import "net/http"

// teamOut is a team as the console needs it.
type teamOut struct {
	ID                  string   `json:"id"`
	Name                string   `json:"name"`
	Tiers               []int    `json:"tiers"`
	Languages           []string `json:"languages"`
	Dispositions        []string `json:"dispositions"`
	DispositionRequired bool     `json:"disposition_required"`
	TagRequired         bool     `json:"tag_required"`
}

// teams is GET /api/teams.
func (s *Server) teams(w http.ResponseWriter, _ *http.Request) error {
	out := []teamOut{}
	for _, t := range s.desk.Teams() {
		team := teamOut{ID: t.ID, Name: t.Names.In("en"), Languages: t.Languages, Dispositions: append([]string{}, t.Dispositions...), DispositionRequired: t.DispositionRequired, TagRequired: t.TagRequired}
		for _, tier := range t.Tiers {
			team.Tiers = append(team.Tiers, tier.Level)
		}
		out = append(out, team)
	}
	return writeJSON(w, map[string]any{"teams": out})
}
