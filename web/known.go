package web

import (
	"context"
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
// before the search. Of what a visitor said only plausible articles come, and what they
// said before it counts where it says nothing alone.
func (s *Server) searchKnowledge(w http.ResponseWriter, r *http.Request) error {
	language := r.URL.Query().Get("language")
	if language != knowledge.Spanish {
		language = knowledge.English
	}
	if named := r.URL.Query()["article"]; len(named) > 0 {
		return writeJSON(w, map[string]any{"articles": s.named(named[:min(len(named), 20)], language)})
	}
	text, _ := bot.Mask(r.URL.Query().Get("text"))
	said := r.URL.Query().Get("said") == "true"
	if said {
		var err error
		if text, err = s.topic(r.Context(), append(r.URL.Query()["before"], text), language); err != nil {
			return err
		}
	}
	found, err := s.searcher.Search(r.Context(), knowledge.Query{Text: text, Language: language, Limit: 5})
	if err != nil {
		return err
	}
	if said {
		found.Hits = plausible(found)
	}
	out := make([]knownOut, len(found.Hits))
	for i, hit := range found.Hits {
		out[i] = outKnown(hit.Article, hit.Confidence)
	}
	return writeJSON(w, map[string]any{"articles": out, "answer": found.Answer, "clarify": found.Clarify})
}

// mostBefore is how many messages before the last are looked at.
const mostBefore = 3

// topic is what a visitor's last words are about: they alone, or with what was said before
// where Emma understands them as a follow-up ("how much is it?"), or only what was said
// before where they have no content: a greeting, thanks, words that mean nothing to the
// base. Empty when nothing has content.
func (s *Server) topic(ctx context.Context, said []string, language string) (string, error) {
	asked, text := "", ""
	for _, words := range said[max(0, len(said)-1-mostBefore):] {
		words, _ = bot.Mask(words)
		d, err := s.emma.Decide(ctx, bot.Question{Text: words, Memory: bot.Memory{Language: language, Chosen: true, Asked: asked}})
		switch {
		case err != nil:
			return "", err
		case slices.Contains(d.Signals, bot.InContext):
			text = asked + " " + words
		case d.Action != bot.SmallTalk && d.Reason != bot.UnknownWords:
			asked, text = words, words
		}
	}
	return text, nil
}

// plausible are the hits that are worth a look beside what a visitor said: those that
// reach by themselves the confidence from which Emma offers choices. It was measured on
// the base: from there on the right article is among the first more often than not.
func plausible(found knowledge.Result) []knowledge.Hit {
	unlikely := func(hit knowledge.Hit) bool { return hit.Confidence < found.Clarify }
	return slices.DeleteFunc(slices.Clone(found.Hits), unlikely)
}

func isNotFound(err error) bool { return errors.Is(err, handoff.ErrNotFound) }
