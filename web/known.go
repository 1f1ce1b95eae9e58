package web

import (
	"errors"
	"net/http"
	"slices"

	"emma/bot"
	"emma/handoff"
	"emma/knowledge"
)

// knownOut is an article as agents use it: text to insert, source to send.
type knownOut struct {
	Article    string         `json:"article"`
	Question   string         `json:"question"`
	Text       string         `json:"text"`
	HTML       string         `json:"html"`
	Source     knowledge.Link `json:"source"`
	Confidence float64        `json:"confidence"`
}

func outKnown(a knowledge.Published, confidence float64) knownOut {
	return knownOut{a.ID, a.Question, a.Text, a.HTML, a.Source, confidence}
}

// named are the published ones of some articles.
func (s *Server) named(ids []string, language string) []knownOut {
	out := []knownOut{}
	for _, id := range ids {
		if a, ok := s.searcher.Published(id, language); ok {
			out = append(out, outKnown(a, 0))
		}
	}
	return out
}

// searchKnowledge is GET /api/knowledge: the published articles that fit some words,
// in one language, best first, or those that are named. What must never be kept is masked
// before the search. Of what a visitor said only plausible articles come.
func (s *Server) searchKnowledge(w http.ResponseWriter, r *http.Request) error {
	language := r.URL.Query().Get("language")
	if language != knowledge.Spanish {
		language = knowledge.English
	}
	if named := r.URL.Query()["article"]; len(named) > 0 {
		return writeJSON(w, map[string]any{"articles": s.named(named[:min(len(named), 20)], language)})
	}
	text, _ := bot.Mask(r.URL.Query().Get("text"))
	found, err := s.searcher.Search(r.Context(), knowledge.Query{Text: text, Language: language, Limit: 5})
	if err != nil {
		return err
	}
	if r.URL.Query().Get("said") == "true" {
		decision, err := s.emma.Decide(r.Context(), bot.Question{Text: text, Memory: bot.Memory{Language: language, Chosen: true}})
		if err != nil {
			return err
		}
		found.Hits = plausible(found, decision)
	}
	out := make([]knownOut, len(found.Hits))
	for i, hit := range found.Hits {
		out[i] = outKnown(hit.Article, hit.Confidence)
	}
	return writeJSON(w, map[string]any{"articles": out, "answer": found.Answer, "clarify": found.Clarify})
}

// plausible are the hits that are worth a look beside what a visitor said: those that
// reach by themselves the confidence from which Emma offers choices. It was measured on
// the base: from there on the right article is among the first more often than not. For
// a greeting, or words that mean nothing to the base, there are none.
func plausible(found knowledge.Result, d bot.Decision) []knowledge.Hit {
	if d.Action == bot.SmallTalk || d.Reason == bot.UnknownWords {
		return nil
	}
	unlikely := func(hit knowledge.Hit) bool { return hit.Confidence < found.Clarify }
	return slices.DeleteFunc(slices.Clone(found.Hits), unlikely)
}

func isNotFound(err error) bool { return errors.Is(err, handoff.ErrNotFound) }
