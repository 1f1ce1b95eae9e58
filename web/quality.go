package web

import (
	"context"
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
	links, err := s.links(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, struct {
		knowledge.Quality
		Links *linksOut `json:"links"`
	}{q, links})
}

// linksOut are the source links that were looked at, and how many were not yet.
type linksOut struct {
	Looks []linkOut `json:"looks"`
	Open  int       `json:"open"`
}

type linkOut struct {
	knowledge.LinkLook
	Articles []articleRef `json:"articles"`
}

type articleRef struct {
	ID       string `json:"id"`
	Language string `json:"language"`
}

// links are the looks at the sources of articles, or nil where the server does not look.
func (s *Server) links(ctx context.Context) (*linksOut, error) {
	if s.settings.Links == nil {
		return nil, nil
	}
	articles, err := s.articles.Articles(ctx)
	if err != nil {
		return nil, err
	}
	looks, err := s.settings.Links.LinkLooks(ctx)
	if err != nil {
		return nil, err
	}
	sources := knowledge.Sources(articles)
	out := &linksOut{Looks: []linkOut{}, Open: len(sources)}
	for _, look := range looks {
		cited, still := sources[look.URL]
		if !still {
			continue
		}
		out.Open--
		one := linkOut{LinkLook: look}
		for _, a := range cited {
			one.Articles = append(one.Articles, articleRef{a.ID, a.Language})
		}
		out.Looks = append(out.Looks, one)
	}
	return out, nil
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
