package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"go.uber.org/zap"

	"emma/handoff"
	"emma/knowledge"
)

// plainCookie holds the token of a conversation on the page without scripts; it goes
// with the browser's session.
const plainCookie = "emma_chat"

// plainLimit bounds the events that the page shows: the newest are left out last.
const plainLimit = 1000

// plainChat is GET /chat: the chat as a page of forms. Where scripts run the widget
// covers it; with ?plain=1 it does not.
func (s *Server) plainChat(w http.ResponseWriter, r *http.Request) error {
	c, err := s.plainConversation(r)
	if err != nil {
		return err
	}
	thanks := ""
	if r.FormValue("thanks") != "" {
		thanks, _ = plainWords(plainLanguage(r, c))["thanks"].(string)
	}
	return s.writePlain(w, r, c, plainNote{thanks: thanks})
}

// plainConversation finds the conversation of the cookie; a zero one when there is none.
func (s *Server) plainConversation(r *http.Request) (handoff.Conversation, error) {
	cookie, err := r.Cookie(plainCookie)
	if err != nil || cookie.Value == "" {
		return handoff.Conversation{}, nil
	}
	c, err := s.desk.Open(r.Context(), cookie.Value)
	if errors.Is(err, handoff.ErrNotFound) {
		return handoff.Conversation{}, nil
	}
	return c, err
}

// plainLanguage is what the visitor asked for, else that of the conversation, else
// the browser's.
func plainLanguage(r *http.Request, c handoff.Conversation) string {
	for _, tag := range []string{r.FormValue("language"), c.Language(), r.Header.Get("Accept-Language")} {
		switch {
		case strings.HasPrefix(tag, knowledge.Spanish):
			return knowledge.Spanish
		case tag != "":
			return knowledge.English
		}
	}
	return knowledge.English
}

// plainAct is POST /chat: one press of a button, then back to the page. Sending a form
// twice is harmless, for it carries the id of its command.
func (s *Server) plainAct(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
	c, err := s.plainConversation(r)
	if err != nil {
		return err
	}
	language := plainLanguage(r, c)
	query := ""
	switch do := r.PostFormValue("do"); {
	case do == "new":
		s.setPlainCookie(w, "", -1)
		return s.backToChat(w, r, language, query)
	case do == "language":
		language = map[string]string{knowledge.English: knowledge.Spanish, knowledge.Spanish: knowledge.English}[language]
		if c.ID != "" {
			if err := s.desk.SetLanguage(r.Context(), c.ID, language); err != nil {
				return err
			}
		}
		return s.backToChat(w, r, language, query)
	case do == "rate" || do == "helpful" || do == "unhelpful":
		query = "&thanks=1"
	}
	if !s.floods.allow(s.clientAddress(r)) {
		return s.writePlain(w, r, c, plainNote{problem: errRate})
	}
	if c.ID == "" {
		var token string
		if c, token, err = s.desk.Begin(r.Context(), language, ""); err != nil {
			return err
		}
		s.setPlainCookie(w, token, 0)
	}
	if err := s.plainCommand(r, c); err != nil {
		if explain(err).code == "internal" {
			s.log.Error("a form failed", zap.Error(err))
		}
		return s.writePlain(w, r, c, plainNote{problem: err})
	}
	return s.backToChat(w, r, language, query)
}

// plainCommand applies what a form says, and lets Emma answer before the page is shown.
func (s *Server) plainCommand(r *http.Request, c handoff.Conversation) error {
	ctx, id, text := r.Context(), r.PostFormValue("id"), r.PostFormValue("text")
	if _, err := parseID(id); err != nil {
		return err
	}
	var receipt handoff.Receipt
	var err error
	switch do, choice := r.PostFormValue("do"), r.PostFormValue("choice"); {
	case choice != "":
		receipt, err = s.desk.Choose(ctx, c.ID, id, choice)
	case do == "say":
		receipt, err = s.desk.Say(ctx, c.ID, id, strings.ReplaceAll(text, "\r\n", "\n"))
	case do == "agent" && c.State != handoff.StateBot && c.State != handoff.StateClosed:
		return nil // the page is older than the line: what is wanted is so already
	case do == "agent":
		receipt, err = s.desk.AskPerson(ctx, c.ID, id)
	case do == "cancel":
		receipt, err = s.desk.Cancel(ctx, c.ID, id)
	case do == "end":
		receipt, err = s.desk.End(ctx, c.ID, id)
	case do == "helpful" || do == "unhelpful":
		seq, wrong := strconv.ParseInt(r.PostFormValue("seq"), 10, 64)
		if wrong != nil {
			return badFrame("seq is not a number")
		}
		receipt, err = s.desk.Feedback(ctx, c.ID, id, seq, do == "helpful", "")
	case do == "rate":
		stars, wrong := strconv.Atoi(r.PostFormValue("stars"))
		if wrong != nil || stars < 1 || stars > 5 {
			return badFrame("stars are 1 to 5")
		}
		receipt, err = s.desk.Rate(ctx, c.ID, id, stars, text)
	case do == "leave_message":
		_, err = s.cases.LeaveMessage(ctx, c.ID, id, handoff.LeftMessage{
			Text: text, Contact: handoff.Contact{Email: r.PostFormValue("email")}, Consent: r.PostFormValue("consent") != "",
		})
	default:
		return badFrame("the form says nothing that is known here")
	}
	if err != nil || !receipt.Owed {
		return err
	}
	return s.desk.Answer(ctx, receipt)
}

// backToChat shows the page anew, so that reloading it sends nothing again.
func (s *Server) backToChat(w http.ResponseWriter, r *http.Request, language, query string) error {
	http.Redirect(w, r, plainAction(r, language)+query+"#new", http.StatusSeeOther)
	return nil
}

// plainAction is the address of the page in a language.
func plainAction(r *http.Request, language string) string {
	action := "/chat?language=" + language
	if r.FormValue("plain") != "" {
		action += "&plain=1"
	}
	return action
}

func (s *Server) setPlainCookie(w http.ResponseWriter, token string, age int) {
	cookie := s.cookie(token, age)
	cookie.Name, cookie.Path = plainCookie, "/chat"
	http.SetCookie(w, cookie)
}

// plainCopy is GET /chat/copy: the conversation as plain text, to keep.
func (s *Server) plainCopy(w http.ResponseWriter, r *http.Request) error {
	c, err := s.plainConversation(r)
	if err != nil {
		return err
	}
	if c.ID == "" {
		return handoff.ErrNotFound
	}
	events, err := s.desk.EventsAfter(r.Context(), c.ID, 0, plainLimit)
	if err != nil {
		return err
	}
	var b strings.Builder
	words := plainWords(plainLanguage(r, c))
	for _, e := range events {
		if e.Kind != handoff.KindMessage {
			continue
		}
		who := map[handoff.Author]string{handoff.AuthorVisitor: fmt.Sprint(words["youSay"]), handoff.AuthorEmma: "Emma:", handoff.AuthorAgent: e.Name + ":"}[e.Author]
		fmt.Fprintf(&b, "[%s] %s %s\n", e.At.UTC().Format("2006-01-02 15:04 UTC"), who, e.Text)
		for _, l := range e.Links {
			fmt.Fprintf(&b, "%s: %s\n", l.Title, l.URL)
		}
		b.WriteByte('\n')
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="chat.txt"`)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(b.String())) // the client may be gone
	return nil
}
