package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode"

	"emma/bot"
	"emma/knowledge"
)

const (
	// suggestLength bounds the text that questions are suggested for, in bytes.
	suggestLength = 200
	// suggestAtMost is how many questions are suggested while somebody types.
	suggestAtMost = 3
)

// visitorLanguage is the language that a visitor's page asks for.
func visitorLanguage(r *http.Request) string {
	if r.FormValue("language") == knowledge.Spanish {
		return knowledge.Spanish
	}
	return knowledge.English
}

// share lets other sites that embed the widget read an answer that is the same for
// everybody.
func (s *Server) share(w http.ResponseWriter, r *http.Request) {
	if origin := r.Header.Get("Origin"); slices.Contains(s.settings.AllowedSites, origin) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
	w.Header().Set("Vary", "Origin")
}

// widget is GET /api/widget: what the widget shows before anything is said.
func (s *Server) widget(w http.ResponseWriter, r *http.Request) error {
	language := visitorLanguage(r)
	s.share(w, r)
	now, hours := s.now(), s.desk.Hours()
	out := map[string]any{"name": "Emma", "suggestions": s.firstQuestions(language), "open": hours.Open(now), "mail": s.cases.MailsTranscripts(), "hours": s.desk.HoursText(now, language)}
	if closes := hours.CloseTime(now); !closes.IsZero() {
		out["closes_at"] = closes.UnixMilli()
	}
	if opens := hours.NextOpen(now); !hours.Open(now) && !opens.IsZero() {
		out["opens_at"] = opens.UnixMilli()
	}
	return writeJSON(w, out)
}

// firstQuestions are what is offered before anything is said.
func (s *Server) firstQuestions(language string) []bot.Choice {
	questions := []bot.Choice{}
	for _, id := range s.settings.Suggestions {
		if article, ok := s.searcher.Published(id, language); ok {
			questions = append(questions, bot.Choice{ID: "article:" + id, Label: article.Question})
		}
	}
	return questions
}

// suggest is GET /api/suggest: published questions for what somebody has typed so
// far. The text is masked and kept nowhere.
func (s *Server) suggest(w http.ResponseWriter, r *http.Request) error {
	language := visitorLanguage(r)
	s.share(w, r)
	text := r.FormValue("text")
	if len(text) > suggestLength {
		text = strings.ToValidUTF8(text[:suggestLength], "")
	}
	questions := []bot.Choice{}
	if text, _ = bot.Mask(text); len(lettersOf(text)) > 0 {
		found, err := s.searcher.Search(r.Context(), knowledge.Query{Text: text, Language: language, Limit: 4 * suggestAtMost})
		if err != nil {
			return err
		}
		questions = completions(text, found.Hits)
	}
	return writeJSON(w, map[string]any{"suggestions": questions})
}

// completions keeps the articles whose question holds something of what was typed,
// so that nothing is offered that looks unrelated; the last word may be unfinished.
func completions(text string, hits []knowledge.Hit) []bot.Choice {
	typed := lettersOf(text)
	questions := []bot.Choice{}
	for _, hit := range hits {
		question := lettersOf(hit.Article.Question)
		begun := func(word string) bool {
			return slices.ContainsFunc(question, func(q string) bool { return strings.HasPrefix(q, word) })
		}
		if slices.ContainsFunc(typed, begun) && len(questions) < suggestAtMost {
			questions = append(questions, bot.Choice{ID: "article:" + hit.Article.ID, Label: hit.Article.Question})
		}
	}
	return questions
}

// lettersOf are the words of at least four letters or digits, in small letters:
// shorter ones stand in every question.
func lettersOf(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(w string) bool { return len(w) < 4 })
}
