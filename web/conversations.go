package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"emma/bot"
	"emma/handoff"
)

const (
	// pageLength is how many conversations one page of the list has.
	pageLength = 50
	// searchLength is the least length of words that are searched for, in characters.
	searchLength = 3
)

// foundOut is a row of the list of all conversations.
type foundOut struct {
	rowOut
	Reference string `json:"reference"`
	OpenedAt  int64  `json:"opened_at"`
	ChangedAt int64  `json:"changed_at"`
}

// conversations is GET /api/conversations: all of them, filtered, a page at a time.
func (s *Server) conversations(w http.ResponseWriter, r *http.Request) error {
	filter, err := s.readFilter(r)
	if err != nil {
		return err
	}
	page, err := s.archive.Find(r.Context(), filter, pageLength)
	if err != nil {
		return err
	}
	out := make([]foundOut, len(page.Conversations))
	for i, c := range page.Conversations {
		out[i] = foundOut{rowOut: row(c), Reference: handoff.ChatReference(c.ID), OpenedAt: c.OpenedAt.UnixMilli(), ChangedAt: c.ChangedAt.UnixMilli()}
	}
	next := ""
	if page.More {
		next = fmt.Sprintf("%d.%s", page.Next.ChangedAt.UnixMilli(), page.Next.ID)
	}
	return writeJSON(w, map[string]any{"rows": out, "next": next})
}

// readFilter reads the query of a list. A number of somebody's case is refused
// rather than looked for: it is kept sealed, so it is in no list.
func (s *Server) readFilter(r *http.Request) (handoff.Filter, error) {
	q := r.URL.Query()
	f := handoff.Filter{
		Text: strings.TrimSpace(q.Get("text")), State: handoff.State(q.Get("state")), Team: q.Get("team"),
		Language: q.Get("language"), Reason: q.Get("reason"), Agent: q.Get("agent"),
	}
	if n := utf8.RuneCountInString(f.Text); n > 0 && (n < searchLength || n > 200) {
		return f, fmt.Errorf("%w: search for %d to 200 characters", errQuery, searchLength)
	}
	if len(bot.Find(f.Text)) > 0 {
		return f, fmt.Errorf("%w: this looks like a number of a case. Such numbers are sealed and cannot be searched for", errQuery)
	}
	if f.Language != "" && f.Language != "en" && f.Language != "es" {
		return f, fmt.Errorf("%w: the language is en or es", errQuery)
	}
	if !slices.Contains([]handoff.State{"", handoff.StateBot, handoff.StateWaiting, handoff.StateAgent, handoff.StateClosed}, f.State) {
		return f, fmt.Errorf("%w: there is no such state", errQuery)
	}
	if tier := q.Get("tier"); tier != "" {
		f.Tier, _ = strconv.Atoi(tier) // what is no number narrows nothing
	}
	if reference := q.Get("reference"); reference != "" {
		digits, ok := handoff.ParseChatReference(reference)
		if !ok {
			return f, fmt.Errorf("%w: a reference of a conversation looks like C-1A2B3C4D", errQuery)
		}
		f.Reference = digits
	}
	if of := q.Get("thread"); of != "" {
		first, err := s.archive.First(r.Context(), of)
		if err != nil {
			return f, err
		}
		f.Thread = first
	}
	if at, id, ok := strings.Cut(q.Get("before"), "."); ok {
		ms, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			return f, fmt.Errorf("%w: before is what an earlier answer gave as next", errQuery)
		}
		f.Before = handoff.Cursor{ChangedAt: time.UnixMilli(ms), ID: id}
	}
	return f, nil
}

// consult is GET /api/conversations/{id}/emma: what Emma would say to the visitor's
// last words, as a draft for the agent.
func (s *Server) consult(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	decision, err := s.desk.Consult(r.Context(), staff, r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{
		"action": decision.Action, "reason": decision.Reason, "confidence": decision.Confidence,
		"article": decision.Article, "text": decision.Text, "links": decision.Links, "language": decision.Language,
	})
}

// day is GET /api/me/day: what the signed-in agent did since midnight of the desk.
func (s *Server) day(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	now := s.now().In(s.desk.Hours().Zone)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	day, err := s.dayOf(r.Context(), staff, midnight)
	if err != nil {
		return err
	}
	return writeJSON(w, day)
}

// dayOut are an agent's own figures.
type dayOut struct {
	Since   int64 `json:"since"`
	Taken   int   `json:"taken"`
	Closed  int   `json:"closed"`
	Replies int   `json:"replies"`
	Ratings int   `json:"ratings"`
	Stars   int   `json:"stars"`
}

func (s *Server) dayOf(ctx context.Context, staff handoff.Staff, since time.Time) (dayOut, error) {
	d, err := s.archive.DayOf(ctx, staff.ID, since)
	return dayOut{since.UnixMilli(), d.Taken, d.Closed, d.Replies, d.Ratings, d.Stars}, err
}

// goOn notes that a new conversation is of the visitor of an earlier one, of which
// the browser still has the token. An unknown token means nothing.
func (s *Server) goOn(ctx context.Context, conversation, token string) error {
	if token == "" {
		return nil
	}
	earlier, err := s.desk.Open(ctx, token)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.archive.Continue(ctx, earlier.ID, conversation)
}
