package web

import (
	"errors"
	"net/http"

	"emma/bot"
	"emma/handoff"
)

// menuOut is the guided menu for editors.
type menuOut struct {
	Revision int64           `json:"revision"`
	SavedBy  string          `json:"saved_by,omitempty"`
	SavedAt  int64           `json:"saved_at,omitempty"`
	Topics   []bot.MenuEntry `json:"topics"`
}

func (s *Server) menuOut() menuOut {
	menu := s.script.Menu()
	out := menuOut{Revision: menu.Revision, SavedBy: menu.By, Topics: append([]bot.MenuEntry{}, menu.Topics...)}
	if menu.Revision > 0 {
		out.SavedAt = menu.At.UnixMilli()
	}
	return out
}

// readMenu is GET /api/menu.
func (s *Server) readMenu(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, map[string]any{"menu": s.menuOut()})
}

// saveMenu is PUT /api/menu.
func (s *Server) saveMenu(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Revision int64
		Topics   []bot.MenuTopic
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	err = s.script.SaveMenu(r.Context(), staff, in.Revision, in.Topics)
	if errors.Is(err, handoff.ErrEdited) {
		s.writeError(w, explain(err), map[string]any{"menu": s.menuOut()})
		return nil
	}
	if err != nil {
		return err
	}
	return s.readMenu(w, r)
}

// phraseOut is one of Emma's sentences for editors.
type phraseOut struct {
	bot.PhraseAbout
	Places   []string          `json:"places"`
	Texts    map[string]string `json:"texts"`
	Usual    map[string]string `json:"usual"`
	Revision int64             `json:"revision"`
	SavedBy  string            `json:"saved_by,omitempty"`
	SavedAt  int64             `json:"saved_at,omitempty"`
}

func outPhrase(p handoff.Phrase) phraseOut {
	out := phraseOut{PhraseAbout: p.PhraseAbout, Places: p.Places, Texts: p.Texts, Usual: p.Usual, Revision: p.Edit.Revision, SavedBy: p.Edit.By}
	if p.Edit.Revision > 0 {
		out.SavedAt = p.Edit.At.UnixMilli()
	}
	return out
}

// listPhrases is GET /api/phrases.
func (s *Server) listPhrases(w http.ResponseWriter, _ *http.Request) error {
	list := s.script.Phrases()
	out := make([]phraseOut, len(list))
	for i, p := range list {
		out[i] = outPhrase(p)
	}
	return writeJSON(w, map[string]any{"phrases": out})
}

// savePhrase is PUT /api/phrases/{key}.
func (s *Server) savePhrase(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Revision int64
		Texts    map[string]string
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	key := r.PathValue("key")
	saving := s.script.SavePhrase(r.Context(), staff, key, in.Revision, in.Texts)
	return s.edited(w, saving, "phrase", func() (any, error) {
		p, err := s.script.Phrase(key)
		return outPhrase(p), err
	})
}

// edited answers an editor with how a thing stands after saving, also when somebody else
// was faster.
func (s *Server) edited(w http.ResponseWriter, saving error, name string, stands func() (any, error)) error {
	if saving != nil && !errors.Is(saving, handoff.ErrEdited) {
		return saving
	}
	out, err := stands()
	if err != nil {
		return err
	}
	if saving != nil {
		s.writeError(w, explain(saving), map[string]any{name: out})
		return nil
	}
	return writeJSON(w, map[string]any{name: out})
}
