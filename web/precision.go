package web

import (
	"net/http"
	"slices"

	"emma/knowledge"
)

// marksShown bounds the time line of the precision.
const marksShown = 200

// readPrecision is GET /api/precision: the target, what is promised in each language,
// what other targets would promise, how it was before, and how the confidence was
// corrected by what visitors and agents said.
func (s *Server) readPrecision(w http.ResponseWriter, r *http.Request) error {
	target, _, err := s.settings.Rulings.Rulings(r.Context())
	if err != nil {
		return err
	}
	marks, err := s.settings.Rulings.Precision(r.Context(), marksShown)
	if err != nil {
		return err
	}
	corrections, err := s.settings.Rulings.Corrections(r.Context(), marksShown)
	if err != nil {
		return err
	}
	promises, settled := s.settings.Insight.Rehearsed()
	choices := []map[string]any{}
	aims := []float64{0.90, 0.93, 0.95, 0.97, 0.98}
	for _, p := range promises {
		if !slices.Contains(aims, p.Target) {
			aims = append(aims, p.Target)
		}
	}
	slices.Sort(aims)
	for _, aim := range aims {
		of := map[string]any{}
		for language, p := range promises {
			if q, known := p.For(aim); known {
				q.Levels = nil
				of[language] = q
			}
		}
		choices = append(choices, map[string]any{"target": aim, "promises": of})
	}
	return writeJSON(w, map[string]any{
		"ruling": target, "settled": settled, "promises": promises, "choices": choices, "history": append([]knowledge.Mark{}, marks...),
		"corrections": append([]knowledge.CorrectionVersion{}, corrections...),
	})
}

// setPrecision is PUT /api/precision.
func (s *Server) setPrecision(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Target   float64
		Revision int64
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	if err := s.workshop.SetTarget(r.Context(), in.Target, in.Revision, staff.Name); err != nil {
		return err
	}
	return s.readPrecision(w, r)
}
