package web

import (
	"net/http"
	"strconv"
	"time"

	"emma/knowledge"
)

const (
	// gapDays is how far back the inbox of gaps looks unless told otherwise, and
	// mostGapDays at most.
	gapDays, mostGapDays = 30, 90
	// gapSamples, gapWordings and gapReplies bound what one gap shows.
	gapSamples, gapWordings, gapReplies = 6, 8, 3
)

// gapOut is one gap of the inbox. Nothing in it leads to a conversation.
type gapOut struct {
	Questions []string                  `json:"questions"` // ids, to be named when it is closed
	Article   string                    `json:"article"`   // whose answers did not help, or empty
	Title     string                    `json:"title"`
	Language  string                    `json:"language"`
	Visitors  int                       `json:"visitors"`
	FirstAt   int64                     `json:"first_at"`
	LastAt    int64                     `json:"last_at"`
	Outcomes  map[knowledge.Outcome]int `json:"outcomes"`
	Wordings  []string                  `json:"wordings"`
	Samples   []string                  `json:"samples"`
	Replies   []string                  `json:"replies"`
	Nearest   *nearestOut               `json:"nearest"`
	Came      *knowledge.Closing        `json:"came_back"`
}

type nearestOut struct {
	Article    string  `json:"article"`
	Question   string  `json:"question"`
	Confidence float64 `json:"confidence"`
}

func outGap(g knowledge.OpenGap) gapOut {
	out := gapOut{
		Article: g.Article, Title: g.Title, Language: g.Language, Visitors: g.Visitors, Came: g.Came,
		FirstAt: g.Open[0].At.UnixMilli(), LastAt: g.Last().UnixMilli(), Outcomes: map[knowledge.Outcome]int{},
		Wordings: append([]string{}, g.Wordings(gapWordings)...), Replies: append([]string{}, g.Replies(gapReplies)...), Samples: []string{},
	}
	for i := len(g.Open) - 1; i >= 0; i-- {
		a := g.Open[i]
		out.Questions = append(out.Questions, a.ID)
		out.Outcomes[a.Outcome]++
		if len(out.Samples) < gapSamples {
			out.Samples = append(out.Samples, a.Text)
		}
	}
	if g.Nearest != nil {
		out.Nearest = &nearestOut{Article: g.Nearest.ID, Question: g.Nearest.Question, Confidence: g.Likeness}
	}
	return out
}

// listGaps is GET /api/gaps?days=30.
func (s *Server) listGaps(w http.ResponseWriter, r *http.Request) error {
	days, err := strconv.Atoi(r.URL.Query().Get("days"))
	if err != nil || days < 1 || days > mostGapDays {
		days = gapDays
	}
	in, err := s.workshop.Inbox(r.Context(), s.now().Add(-time.Duration(days)*24*time.Hour))
	if err != nil {
		return err
	}
	gaps := make([]gapOut, len(in.Gaps))
	for i, g := range in.Gaps {
		gaps[i] = outGap(g)
	}
	return writeJSON(w, map[string]any{
		"days": days, "asked": in.Asked, "missed": in.Missed, "gaps": gaps, "more": in.More,
		"closings": append([]knowledge.Closing{}, in.Closings...),
	})
}

// gapGain is POST /api/gaps/gain: what an edit would change for recorded questions.
func (s *Server) gapGain(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Questions, Wordings                 []string
		Article, Language, Question, Answer string
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	draft := knowledge.Article{ID: in.Article, Language: in.Language, Question: in.Question, Answer: in.Answer, Alternates: in.Wordings}
	if in.Article != "" {
		draft.Answer = "" // the wordings go to what the article holds
	}
	gain, err := s.workshop.Forecast(r.Context(), draft, in.Questions)
	if err != nil {
		return err
	}
	return writeJSON(w, gain)
}

// gapAnswered is the answer of everything that closes a gap by an article.
func gapAnswered(w http.ResponseWriter, a knowledge.Article, c knowledge.Closing) error {
	return writeJSON(w, map[string]any{"article": a, "closing": c})
}

// attachGap is POST /api/gaps/attach.
func (s *Server) attachGap(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Questions, Wordings      []string
		Article, Language, Title string
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	a, c, err := s.workshop.Attach(r.Context(), in.Article, in.Language, in.Wordings, in.Questions, in.Title, staff.Name)
	if err != nil {
		return err
	}
	return gapAnswered(w, a, c)
}

// createFromGap is POST /api/gaps/create.
func (s *Server) createFromGap(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Questions []string
		Title     string
		Article   knowledge.Article
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	in.Article.SavedBy = staff.Name
	a, c, err := s.workshop.Create(r.Context(), in.Article, in.Questions, in.Title)
	if err != nil {
		return err
	}
	return gapAnswered(w, a, c)
}

// dismissGap is POST /api/gaps/dismiss.
func (s *Server) dismissGap(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Questions     []string
		Reason, Title string
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	c, err := s.workshop.Dismiss(r.Context(), in.Questions, in.Reason, in.Title, staff.Name)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"closing": c})
}

// reopenGap is POST /api/gaps/reopen.
func (s *Server) reopenGap(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Closing string }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	if err := s.workshop.Reopen(r.Context(), in.Closing); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
