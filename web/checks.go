package web

import (
	"errors"
	"net/http"
	"time"

	"emma/bot"
	"emma/knowledge"
)

// startCheck is POST /api/checks: the publish gate for the newest revisions of some
// articles, in the background.
func (s *Server) startCheck(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Steps []knowledge.Step }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	check, err := s.workshop.StartCheck(r.Context(), in.Steps)
	if err != nil {
		return err
	}
	return writeJSON(w, check)
}

// readCheck is GET /api/checks/{check}.
func (s *Server) readCheck(w http.ResponseWriter, r *http.Request) error {
	check, err := s.workshop.Check(r.PathValue("check"))
	if err != nil {
		return err
	}
	return writeJSON(w, check)
}

// cancelCheck is DELETE /api/checks/{check}.
func (s *Server) cancelCheck(w http.ResponseWriter, r *http.Request) error {
	if err := s.workshop.CancelCheck(r.PathValue("check")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// publishChecked is POST /api/checks/{check}/publish.
func (s *Server) publishChecked(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Reason string
		At     int64 // Unix milliseconds; 0 for now
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	var at time.Time
	if in.At > 0 {
		at = time.UnixMilli(in.At)
	}
	articles, err := s.workshop.PublishChecked(r.Context(), r.PathValue("check"), in.Reason, at, staff.Name)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"articles": articles})
}

// publishArticle is POST /api/articles/{id}/{language}/publish: check and publish at
// once. It answers when the check is over.
func (s *Server) publishArticle(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Revision int64
		Reason   string
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	step := knowledge.Step{ID: r.PathValue("id"), Language: r.PathValue("language"), Revision: in.Revision}
	check, articles, err := s.workshop.CheckAndPublish(r.Context(), step, in.Reason, staff.Name)
	if errors.Is(err, knowledge.ErrBlocked) {
		s.writeError(w, explain(err), map[string]any{"check": check})
		return nil
	}
	if err != nil {
		return err
	}
	return writeJSON(w, articles[0])
}

// moveArticle makes one of the other moves: retire, review, withdraw.
func (s *Server) moveArticle(to knowledge.Status) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		staff, _, err := s.signedIn(r)
		if err != nil {
			return err
		}
		var in struct {
			Revision int64
			Note     string
		}
		if err := readJSON(w, r, &in); err != nil {
			return err
		}
		a, err := s.workshop.Move(r.Context(), knowledge.Step{ID: r.PathValue("id"), Language: r.PathValue("language"), Revision: in.Revision, To: to}, in.Note, staff.Name)
		if err != nil {
			return err
		}
		return writeJSON(w, a)
	}
}

// unplanArticle is POST /api/articles/{id}/{language}/unplan.
func (s *Server) unplanArticle(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	if err := s.press.Unplan(r.Context(), r.PathValue("id"), r.PathValue("language"), staff.Name); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// readRules is GET /api/publishing.
func (s *Server) readRules(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.press.Rules(r.Context())
	if err != nil {
		return err
	}
	planned, err := s.press.Planned(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"rules": rules, "planned": append([]knowledge.Step{}, planned...)})
}

// writeRules is PUT /api/publishing.
func (s *Server) writeRules(w http.ResponseWriter, r *http.Request) error {
	var rules knowledge.Rules
	if err := readJSON(w, r, &rules); err != nil {
		return err
	}
	if err := rules.Validate(); err != nil {
		return err
	}
	if err := s.press.SetRules(r.Context(), rules); err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"rules": rules})
}

// listTests is GET /api/tests.
func (s *Server) listTests(w http.ResponseWriter, r *http.Request) error {
	tests, err := s.press.Tests(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"tests": append([]knowledge.Test{}, tests...)})
}

// keepTest is POST /api/tests.
func (s *Server) keepTest(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct{ Text, Language, Article string }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	test, err := s.workshop.KeepTest(r.Context(), knowledge.Test{Text: bot.Redact(in.Text), Language: in.Language, Article: in.Article, By: staff.Name})
	if err != nil {
		return err
	}
	return writeJSON(w, test)
}

// dropTest is DELETE /api/tests/{test}.
func (s *Server) dropTest(w http.ResponseWriter, r *http.Request) error {
	if err := s.press.DropTest(r.Context(), r.PathValue("test")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
