package web

import (
	"net/http"
	"slices"

	"emma/bot"
	"emma/handoff"
)

// triggerOut is a kind of message that Emma reacts to at once, for editors.
type triggerOut struct {
	bot.Trigger
	editOut
	Phrases map[string][]string `json:"phrases"` // by language: what editors added
}

func outTrigger(t handoff.Trigger) triggerOut {
	out := triggerOut{t.Trigger, outEdit(t.Edit), map[string][]string{}}
	for _, language := range []string{"en", "es"} {
		out.Phrases[language] = append([]string{}, t.Phrases[language]...)
	}
	return out
}

// listTriggers is GET /api/triggers.
func (s *Server) listTriggers(w http.ResponseWriter, _ *http.Request) error {
	list := s.script.Triggers()
	out := make([]triggerOut, len(list))
	for i, t := range list {
		out[i] = outTrigger(t)
	}
	return writeJSON(w, map[string]any{"triggers": out})
}

// saveTrigger is PUT /api/triggers/{kind}.
func (s *Server) saveTrigger(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Revision int64
		Phrases  map[string][]string
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	kind := r.PathValue("kind")
	saving := s.script.SaveTrigger(r.Context(), staff, kind, in.Revision, in.Phrases)
	return s.edited(w, saving, "trigger", func() (any, error) {
		t, err := s.script.Trigger(kind)
		return outTrigger(t), err
	})
}

// tryTriggers is POST /api/triggers/try: what Emma would make of a message, with the phrases
// as they stand on the editor's page.
func (s *Server) tryTriggers(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Text    string
		Phrases map[string]map[string][]string // by kind, then by language
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	clean, _ := bot.Mask(in.Text)
	d, err := s.script.TryTriggers(r.Context(), bot.Question{Text: clean}, in.Phrases)
	if err != nil {
		return err
	}
	group := ""
	switch {
	case d.Reason == bot.Safety:
		group = bot.TriggerDanger
	case d.Action == bot.SmallTalk:
		group = bot.TriggerTalk
	}
	kind := ""
	for _, t := range s.script.Triggers() {
		if t.Group == group && slices.Contains(d.Signals, t.Kind) {
			kind = t.Kind
			break
		}
	}
	return writeJSON(w, map[string]any{
		"group": group, "kind": kind, "editors": slices.Contains(d.Signals, bot.EditorsWords), "language": d.Language, "text": d.Text,
	})
}
