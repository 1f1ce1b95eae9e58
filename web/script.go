package web

import (
	"errors"
	"net/http"

	"emma/bot"
	"emma/handoff"
)

// editOut is the last edit of a part of Emma's script; nothing but a revision of 0 when
// there was none.
type editOut struct {
	Revision int64  `json:"revision"`
	SavedBy  string `json:"saved_by,omitempty"`
	SavedAt  int64  `json:"saved_at,omitempty"` // Unix milliseconds
}

func outEdit(e handoff.Edit) editOut {
	out := editOut{Revision: e.Revision, SavedBy: e.By}
	if e.Revision > 0 {
		out.SavedAt = e.At.UnixMilli()
	}
	return out
}

// menuOut is the guided menu for editors.
type menuOut struct {
	editOut
	Topics []bot.MenuEntry `json:"topics"`
}

func (s *Server) menuOut() menuOut {
	menu := s.script.Menu()
	return menuOut{outEdit(menu.Edit), append([]bot.MenuEntry{}, menu.Topics...)}
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
	saving := s.script.SaveMenu(r.Context(), staff, in.Revision, in.Topics)
	return s.edited(w, saving, "menu", func() (any, error) { return s.menuOut(), nil })
}

// phraseOut is one of Emma's sentences for editors.
type phraseOut struct {
	bot.PhraseAbout
	editOut
	Places []string          `json:"places"`
	Texts  map[string]string `json:"texts"`
	Usual  map[string]string `json:"usual"`
}

func outPhrase(p handoff.Phrase) phraseOut {
	return phraseOut{p.PhraseAbout, outEdit(p.Edit), p.Places, p.Texts, p.Usual}
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
