package web

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"emma/bot"
	"emma/handoff"
	"emma/knowledge"
)

// plainNote is what the page says besides the conversation.
type plainNote struct {
	problem error
	thanks  string
}

// plainPage is what the template shows.
type plainPage struct {
	T                                        map[string]any
	Language, Action, ID, Problem, Thanks    string
	Plain, Talk, Leave, Closed, Waits, Ended bool
	Agent, Initials, Hours, Draft, Email     string
	Place                                    *plainPlace
	Suggestions                              any
	Messages                                 []plainMessage
}

type plainPlace struct{ Title, Text string }

// writePlain shows the page. With a problem what was typed is still there.
func (s *Server) writePlain(w http.ResponseWriter, r *http.Request, c handoff.Conversation, note plainNote) error {
	language := plainLanguage(r, c)
	p := plainPage{T: plainWords(language), Language: language, Action: plainAction(r, language), ID: uuid.NewString(), Thanks: note.thanks,
		Plain: r.FormValue("plain") != "", Hours: s.desk.HoursText(s.now(), language), Suggestions: s.firstQuestions(language)}
	status := http.StatusOK
	if note.problem != nil {
		o := explain(note.problem)
		status, p.Problem = o.status, fmt.Sprint(p.T["failed"])
		if o.text != "" && language == knowledge.English {
			p.Problem += " " + o.text
		}
		p.Draft, p.Email = r.PostFormValue("text"), r.PostFormValue("email")
	}
	if err := s.fillPlain(r.Context(), &p, c); err != nil {
		return err
	}
	h := w.Header()
	// Sites that embed the widget may also show the page in a frame.
	h.Set("Content-Security-Policy", strings.Replace(contentPolicy, "frame-ancestors 'none'",
		strings.TrimSpace("frame-ancestors 'self' "+strings.Join(s.settings.AllowedSites, " ")), 1))
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = s.pages.chat.Execute(w, p) // the client may be gone
	return nil
}

// fillPlain adds what the conversation holds.
func (s *Server) fillPlain(ctx context.Context, p *plainPage, c handoff.Conversation) error {
	p.Closed = !s.desk.Hours().Open(s.now())
	if c.ID == "" {
		p.Talk, p.Leave = true, p.Closed
		return nil
	}
	c, err := s.desk.Conversation(ctx, c.ID)
	if err != nil {
		return err
	}
	p.Talk, p.Ended, p.Waits = c.State == handoff.StateBot, c.State == handoff.StateClosed, c.State == handoff.StateWaiting || c.State == handoff.StateAgent
	p.Leave = c.State == handoff.StateBot || c.State == handoff.StateWaiting
	if p.Agent = c.AgentName; p.Agent != "" {
		p.Initials = initials(p.Agent)
	}
	if p.Waits {
		s.desk.Visit(c.ID)() // without a script, loading the page is the sign of life
	}
	if c.State == handoff.StateWaiting {
		if err := s.placePlain(ctx, p, c.ID); err != nil {
			return err
		}
	}
	events, err := s.desk.EventsAfter(ctx, c.ID, 0, plainLimit)
	if err != nil {
		return err
	}
	p.Messages = plainMessages(events, p.T, p.Language)
	return nil
}

func (s *Server) placePlain(ctx context.Context, p *plainPage, conversation string) error {
	place, ok, err := s.desk.PlaceOf(ctx, conversation)
	if err != nil {
		return err
	}
	p.Place = &plainPlace{Title: fmt.Sprint(p.T["place"]), Text: fmt.Sprint(p.T["reload"])}
	if !ok { // the line is looked through now and then; the place is known in a moment
		return nil
	}
	p.Place.Title = fmt.Sprint(p.T["next"])
	if place.Position > 1 {
		p.Place.Title = fmt.Sprintf(fmt.Sprint(p.T["placeN"]), place.Position)
	}
	low := max(1, int(place.Wait.P50/time.Minute))
	high := max(low+1, int((place.Wait.P90+time.Minute-1)/time.Minute))
	switch {
	case !place.Open:
		p.Place.Text = fmt.Sprint(p.T["closed"]) + " " + p.Hours + "."
	case !place.Staffed:
		p.Place.Text = fmt.Sprint(p.T["nobody"])
	default:
		p.Place.Text = fmt.Sprintf(fmt.Sprint(p.T["wait"]), low, high) + " " + p.Place.Text
	}
	return nil
}

// initials are the letters in an agent's circle.
func initials(name string) string {
	var letters string
	words := strings.Fields(name)
	for i, word := range words {
		if i == 0 || i == len(words)-1 {
			r, _ := utf8.DecodeRuneInString(word)
			letters += strings.ToUpper(string(r))
		}
	}
	return letters
}

// plainMessage is one entry of the log as the template shows it.
type plainMessage struct {
	Class, Who, Initials, Text, Checked string
	HTML                                template.HTML
	Own, Person, Last, Ask              bool
	Seq                                 int64
	Links                               []knowledge.Link
	Choices                             any
}

// plainMessages are the entries of the log that a visitor sees. Quick replies stand
// below the last message only, for an older page may have been answered already.
func plainMessages(events []handoff.Event, words map[string]any, language string) []plainMessage {
	var list []plainMessage
	before := handoff.StateBot
	for _, e := range events {
		m := plainMessage{Seq: e.Seq, Text: e.Text, Links: e.Links}
		switch {
		case e.Kind == handoff.KindState:
			m.Class, m.HTML = "event", template.HTML(plainHTML(changeWords(e, before, words)))
			if before = e.State; m.HTML == "<p></p>" {
				continue
			}
		case e.Kind != handoff.KindMessage:
			continue
		case e.Author == handoff.AuthorVisitor:
			m.Class, m.Own = "msg visitor", true
		default:
			m.Class, m.HTML = "msg "+string(e.Author), template.HTML(e.HTML) // sanitised when it was stored
			if e.HTML == "" {
				m.HTML = template.HTML(plainHTML(e.Text))
			}
			switch e.Author {
			case handoff.AuthorEmma:
				m.Who = "Emma"
			case handoff.AuthorAgent:
				m.Who, m.Person, m.Initials = e.Name, true, initials(e.Name)
			case handoff.AuthorSystem:
				m.Class = "event"
			}
			if d := e.Decision; d != nil {
				m.Ask = d.Action == bot.Answer
				if !d.Checked.IsZero() {
					m.Checked = fmt.Sprintf(fmt.Sprint(words["checked"]), dayWords(d.Checked, language))
				}
			}
			m.Choices = e.Choices
		}
		if n := len(list); n > 0 {
			list[n-1].Last, list[n-1].Ask, list[n-1].Choices = false, false, []bot.Choice(nil)
		}
		m.Last = true
		list = append(list, m)
	}
	return list
}

// changeWords say a change of state, or nothing where the messages around it do.
func changeWords(e handoff.Event, before handoff.State, words map[string]any) string {
	switch {
	case e.State == handoff.StateWaiting && before != handoff.StateWaiting:
		return fmt.Sprint(words["waiting"])
	case e.State == handoff.StateAgent:
		return fmt.Sprintf(fmt.Sprint(words["joined"]), e.Name)
	case e.State == handoff.StateBot && before == handoff.StateAgent:
		return fmt.Sprint(words["returned"])
	}
	return ""
}

// dayWords is a day as it is said.
func dayWords(day time.Time, language string) string {
	if language != knowledge.Spanish {
		return day.Format("January 2, 2006")
	}
	months := strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
	return fmt.Sprintf("%d de %s de %d", day.Day(), months[day.Month()-1], day.Year())
}
