package web

import (
	"net/http"
	"strconv"
	"time"

	"emma/knowledge"
)

// readQuality is GET /api/quality: what editors may want to mend. It begins to look
// when the base has changed.
func (s *Server) readQuality(w http.ResponseWriter, r *http.Request) error {
	q := s.workshop.Quality()
	q.Concerns = append([]knowledge.Concern{}, q.Concerns...)
	return writeJSON(w, q)
}

// readUse is GET /api/use?days=30: how each article did with visitors.
func (s *Server) readUse(w http.ResponseWriter, r *http.Request) error {
	days, err := strconv.Atoi(r.URL.Query().Get("days"))
	if err != nil || days < 1 || days > mostGapDays {
		days = gapDays
	}
	used, err := s.settings.Notebook.Used(r.Context(), s.now().Add(-time.Duration(days)*24*time.Hour))
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"days": days, "articles": append([]knowledge.Use{}, used...)})
}
