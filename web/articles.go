package web

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"emma/bot"
	"emma/knowledge"
)

// revisionOut is one line of an article's history.
type revisionOut struct {
	Revision int64            `json:"revision"`
	SavedAt  int64            `json:"saved_at"`
	SavedBy  string           `json:"saved_by"`
	Status   knowledge.Status `json:"status"`
}

// listArticles is GET /api/articles.
func (s *Server) listArticles(w http.ResponseWriter, r *http.Request) error {
	articles, err := s.articles.Articles(r.Context())
	if err != nil {
		return err
	}
	topics := []string{}
	for i := range articles {
		articles[i].Answer = ""
		if t := articles[i].Topic; t != "" && !slices.Contains(topics, t) {
			topics = append(topics, t)
		}
	}
	slices.Sort(topics)
	owners, err := s.owners(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"articles": append([]knowledge.Article{}, articles...), "topics": topics, "owners": owners})
}

// owners are the names of those who may review articles.
func (s *Server) owners(ctx context.Context) ([]string, error) {
	staff, err := s.roster.Staff(ctx)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, person := range staff {
		if person.EditsKnowledge() {
			names = append(names, person.Name)
		}
	}
	return names, nil
}

// readArticle is GET /api/articles/{id}/{language}.
func (s *Server) readArticle(w http.ResponseWriter, r *http.Request) error {
	revisions, err := s.articles.Revisions(r.Context(), r.PathValue("id"), r.PathValue("language"))
	if err != nil {
		return err
	}
	if len(revisions) == 0 {
		return knowledge.ErrNotFound
	}
	published := int64(0)
	history := make([]revisionOut, len(revisions))
	for i, a := range revisions {
		if a.Status == knowledge.StatusPublished {
			published = a.Revision
		}
		history[i] = revisionOut{Revision: a.Revision, SavedAt: a.SavedAt.UnixMilli(), SavedBy: a.SavedBy, Status: a.Status}
	}
	records, err := s.press.Records(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	records = slices.DeleteFunc(records, func(r knowledge.Record) bool { return r.Language != revisions[0].Language })
	return writeJSON(w, map[string]any{
		"article": revisions[0], "published": published, "revisions": history[:min(mostRevisions, len(history))],
		"records": append([]knowledge.Record{}, records...),
	})
}

// saveArticle is PUT /api/articles/{id}/{language}.
func (s *Server) saveArticle(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var a knowledge.Article
	if err := readJSON(w, r, &a); err != nil {
		return err
	}
	a.ID, a.Language, a.SavedBy = r.PathValue("id"), r.PathValue("language"), staff.Name
	saved, err := s.articles.SaveArticle(r.Context(), a)
	if errors.Is(err, knowledge.ErrStale) {
		return s.writeStale(w, r, a)
	}
	if err != nil {
		return err
	}
	return writeJSON(w, saved)
}

// writeStale answers an editor who was overtaken with what the other one saved.
func (s *Server) writeStale(w http.ResponseWriter, r *http.Request, a knowledge.Article) error {
	more := map[string]any{"article": nil}
	if newest, err := s.articles.Article(r.Context(), a.ID, a.Language); err == nil && newest.Revision > 0 {
		more["article"] = newest
	}
	s.writeError(w, explain(knowledge.ErrStale), more)
	return nil
}

// listRevisions is GET /api/articles/{id}/{language}/revisions: their whole text.
func (s *Server) listRevisions(w http.ResponseWriter, r *http.Request) error {
	revisions, err := s.articles.Revisions(r.Context(), r.PathValue("id"), r.PathValue("language"))
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"revisions": revisions[:min(mostRevisions, len(revisions))]})
}

// mostRevisions bounds the history that is shown.
const mostRevisions = 100

// preview is POST /api/preview: Markdown through the visitors' pipeline.
func (s *Server) preview(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Markdown, Language string }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	html, _ := knowledge.Render(in.Markdown)
	return writeJSON(w, map[string]string{"html": html})
}

// try is POST /api/try: what Emma would say to a text as a first message.
func (s *Server) try(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Text, Language string
		Drafts         []knowledge.Article
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	clean, _ := bot.Mask(in.Text)
	q := bot.Question{Text: clean, Memory: bot.Memory{Language: in.Language, Chosen: in.Language != ""}}
	decision, err := s.emma.Decide(r.Context(), q)
	if err != nil {
		return err
	}
	found, err := s.searcher.Search(r.Context(), knowledge.Query{Text: clean, Language: decision.Language, Limit: 5})
	if err != nil {
		return err
	}
	candidates := make([]map[string]any, len(found.Hits))
	for i, hit := range found.Hits {
		candidates[i] = map[string]any{"article": hit.Article.ID, "question": hit.Article.Question, "confidence": hit.Confidence}
	}
	query := knowledge.Query{Text: clean, Language: decision.Language, Limit: 5}
	explanation, err := s.settings.Insight.Explain(r.Context(), query)
	if err != nil {
		return err
	}
	explanation.Promise.Levels = nil // nobody looks at them here
	var trial *knowledge.Tryout
	if len(in.Drafts) > 0 {
		with, err := s.workshop.TryDrafts(r.Context(), query, in.Drafts)
		if err != nil {
			return err
		}
		trial = &with
	}
	return writeJSON(w, map[string]any{
		"explanation": explanation, "trial": trial,
		"action": decision.Action, "reason": decision.Reason, "confidence": decision.Confidence, "article": decision.Article,
		"language": decision.Language, "text": decision.Text, "html": decision.HTML, "choices": decision.Choices,
		"links": decision.Links, "signals": decision.Signals, "candidates": candidates,
		"thresholds": map[string]float64{"answer": found.Answer, "clarify": found.Clarify}, "known": found.Known, "change": found.Change,
	})
}
