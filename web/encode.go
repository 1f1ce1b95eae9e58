package web

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"

	"emma/bot"
	"emma/handoff"
	"emma/knowledge"
)

// What the server sends. Fields and their meaning are in PROTOCOL.md §3 and §4.
type (
	welcomeFrame struct {
		Type         string        `json:"type"`
		Token        string        `json:"token"`
		Conversation string        `json:"conversation"`
		Epoch        string        `json:"epoch"`
		Seq          int64         `json:"seq"`
		State        handoff.State `json:"state"`
	}
	staffWelcomeFrame struct {
		Type        string   `json:"type"`
		Staff       staffOut `json:"staff"`
		Epoch       string   `json:"epoch"`
		ActiveEvery int      `json:"active_every_s,omitempty"`
	}
	staffOut struct {
		ID    string       `json:"id"`
		Name  string       `json:"name"`
		Role  handoff.Role `json:"role"`
		Teams []string     `json:"teams"`
	}
	ackFrame struct {
		Type      string `json:"type"`
		ID        string `json:"id"`
		Seq       int64  `json:"seq"`
		Duplicate bool   `json:"duplicate"`
	}
	errorFrame struct {
		Type   string `json:"type"`
		ID     string `json:"id,omitempty"`
		Code   string `json:"code"`
		Text   string `json:"text"`
		Winner string `json:"winner,omitempty"`
		Field  string `json:"field,omitempty"`
	}
	messageFrame struct {
		Type         string           `json:"type"`
		Conversation string           `json:"conversation,omitempty"`
		Seq          int64            `json:"seq"`
		Author       handoff.Author   `json:"author"`
		Name         string           `json:"name,omitempty"`
		Text         string           `json:"text"`
		HTML         string           `json:"html"`
		At           int64            `json:"at"`
		ClientID     string           `json:"client_id,omitempty"`
		Decision     *decisionOut     `json:"decision,omitempty"`
		Links        []knowledge.Link `json:"links,omitempty"`
		Choices      []bot.Choice     `json:"choices,omitempty"`
		Sealed       []bot.Sealed     `json:"sealed,omitempty"` // staff only
		Case         *caseMarkOut     `json:"case,omitempty"`
		Offers       []string         `json:"offers,omitempty"`
	}
	decisionOut struct {
		Action     bot.Action      `json:"action"`
		Reason     bot.Reason      `json:"reason,omitempty"`
		Confidence float64         `json:"confidence"`
		Article    string          `json:"article,omitempty"`
		Revision   int64           `json:"revision,omitempty"`
		CheckedAt  int64           `json:"checked_at,omitempty"`
		Candidates []bot.Candidate `json:"candidates,omitempty"`
		Signals    []string        `json:"signals,omitempty"`
	}
	stateFrame struct {
		Type         string        `json:"type"`
		Conversation string        `json:"conversation,omitempty"`
		Seq          int64         `json:"seq"`
		State        handoff.State `json:"state"`
		Reason       string        `json:"reason,omitempty"`
		Team         string        `json:"team,omitempty"`
		Tier         int           `json:"tier,omitempty"`
		Agent        string        `json:"agent,omitempty"`
		At           int64         `json:"at"`
		ClientID     string        `json:"client_id,omitempty"`
		Disposition  string        `json:"disposition,omitempty"`
		Tags         []string      `json:"tags,omitempty"`
	}
	noteFrame struct { // note and whisper
		Type         string         `json:"type"`
		Conversation string         `json:"conversation"`
		Seq          int64          `json:"seq"`
		Name         string         `json:"name"`
		Text         string         `json:"text"`
		At           int64          `json:"at"`
		ClientID     string         `json:"client_id,omitempty"`
		Brief        *handoff.Brief `json:"brief,omitempty"`
		Priority     *int           `json:"priority,omitempty"`
		Case         *caseMarkOut   `json:"case,omitempty"`
	}
	revealEventFrame struct { // the audit
		Type         string   `json:"type"`
		Conversation string   `json:"conversation"`
		Seq          int64    `json:"seq"`
		Target       int64    `json:"target"`
		Number       int      `json:"number"`
		Kind         bot.Kind `json:"kind"`
		Name         string   `json:"name"`
		At           int64    `json:"at"`
		ClientID     string   `json:"client_id,omitempty"`
	}
	revealedFrame struct { // to the one who asked
		Type         string   `json:"type"`
		ID           string   `json:"id"`
		Conversation string   `json:"conversation"`
		Target       int64    `json:"target"`
		Number       int      `json:"number"`
		Kind         bot.Kind `json:"kind"`
		Value        string   `json:"value"`
	}
	opinionFrame struct { // feedback and rating
		Type         string `json:"type"`
		Conversation string `json:"conversation"`
		Seq          int64  `json:"seq"`
		Target       int64  `json:"target,omitempty"`
		Helpful      *bool  `json:"helpful,omitempty"`
		Stars        int    `json:"stars,omitempty"`
		Comment      string `json:"comment,omitempty"`
		At           int64  `json:"at"`
	}
	queueFrame struct {
		Type     string  `json:"type"`
		Position int     `json:"position"`
		Wait     waitOut `json:"wait_s"`
		Open     bool    `json:"open"`
		OpensAt  int64   `json:"opens_at,omitempty"`
		Staffed  bool    `json:"staffed"`
		Long     bool    `json:"long,omitempty"`
	}
	waitOut struct {
		P50 int64 `json:"p50"`
		P90 int64 `json:"p90"`
	}
	typingFrame struct {
		Type         string         `json:"type"`
		Conversation string         `json:"conversation,omitempty"`
		Author       handoff.Author `json:"author"`
	}
	seenFrame struct {
		Type         string `json:"type"`
		Conversation string `json:"conversation"`
		Seq          int64  `json:"seq"`
	}
	viewingFrame struct {
		Type         string        `json:"type"`
		Conversation string        `json:"conversation"`
		Name         string        `json:"name"`
		Doing        handoff.Doing `json:"doing"`
	}
	openedFrame struct {
		Type    string      `json:"type"`
		Row     rowOut      `json:"row"`
		Visitor *visitorOut `json:"visitor,omitempty"`
	}
	visitorOut struct {
		Verified   bool              `json:"verified"`
		ID         string            `json:"id,omitempty"`
		Name       string            `json:"name,omitempty"`
		Email      string            `json:"email,omitempty"`
		Attributes map[string]string `json:"attributes,omitempty"`
	}
	rowOut struct {
		Conversation string        `json:"conversation"`
		State        handoff.State `json:"state"`
		Team         string        `json:"team"`
		Tier         int           `json:"tier"`
		Language     string        `json:"language"`
		Reason       bot.Reason    `json:"reason"`
		Title        string        `json:"title"`
		Page         string        `json:"page"`
		WaitingSince int64         `json:"waiting_since"`
		Seq          int64         `json:"seq"`
		Agent        string        `json:"agent,omitempty"`
		Unread       int           `json:"unread"`
		Priority     int           `json:"priority,omitempty"`
		OfferedTo    string        `json:"offered_to,omitempty"`
		OfferUntil   int64         `json:"offer_until,omitempty"`
		ClaimedAt    int64         `json:"claimed_at,omitempty"`
		WrapUntil    int64         `json:"after_chat_until,omitempty"`
	}
	pongFrame struct {
		Type string `json:"type"`
	}
)

// encode makes the JSON of a frame. All frames are plain structs that always encode.
func encode(f any) []byte {
	b, err := json.Marshal(f)
	if err != nil {
		panic(fmt.Sprintf("encoding %T: %v", f, err))
	}
	return b
}

// eventFrame encodes an event, for staff or for the visitor. It returns nil for
// what a visitor never gets.
func eventFrame(e handoff.Event, staff bool) []byte {
	if e.StaffOnly() && !staff {
		return nil
	}
	conversation := ""
	if staff {
		conversation = e.Conversation
	}
	at := e.At.UnixMilli()
	switch e.Kind {
	case handoff.KindMessage:
		f := messageFrame{Type: "message", Conversation: conversation, Seq: e.Seq, Author: e.Author, Name: e.Name,
			Text: e.Text, HTML: e.HTML, At: at, ClientID: e.ClientID, Links: e.Links, Case: markOut(e.Case), Offers: e.Offers}
		if f.HTML == "" {
			f.HTML = plainHTML(e.Text)
		}
		if e.Author != handoff.AuthorVisitor { // on the visitor's own it says which reply was pressed
			f.Choices = e.Choices
		}
		if d := e.Decision; d != nil {
			f.Decision = &decisionOut{Action: d.Action, Reason: d.Reason, Confidence: d.Confidence, Article: d.Article, Revision: d.Revision}
			if !d.Checked.IsZero() {
				f.Decision.CheckedAt = d.Checked.UnixMilli()
			}
			if staff {
				f.Decision.Candidates, f.Decision.Signals = d.Candidates, d.Signals
			}
		}
		if staff {
			f.Sealed = e.Sealed
		}
		return encode(f)
	case handoff.KindState:
		f := stateFrame{Type: "state", Conversation: conversation, Seq: e.Seq, State: e.State, Reason: e.Reason, Team: e.Team, Tier: e.Tier,
			Agent: e.Name, At: at, ClientID: e.ClientID}
		if staff {
			f.Disposition, f.Tags = e.Disposition, e.Tags
		}
		return encode(f)
	case handoff.KindNote, handoff.KindWhisper:
		return encode(noteFrame{Type: string(e.Kind), Conversation: conversation, Seq: e.Seq, Name: e.Name, Text: e.Text, At: at, ClientID: e.ClientID,
			Brief: e.Brief, Priority: e.Priority, Case: markOut(e.Case)})
	case handoff.KindReveal:
		f := revealEventFrame{Type: "reveal", Conversation: conversation, Seq: e.Seq, Target: e.Target, Name: e.Name, At: at, ClientID: e.ClientID}
		for _, s := range e.Sealed {
			f.Number, f.Kind = s.Number, s.Kind
		}
		return encode(f)
	case handoff.KindFeedback:
		return encode(opinionFrame{Type: "feedback", Conversation: conversation, Seq: e.Seq, Target: e.Target, Helpful: &e.Helpful, Comment: e.Text, At: at})
	case handoff.KindRating:
		return encode(opinionFrame{Type: "rating", Conversation: conversation, Seq: e.Seq, Stars: e.Stars, Comment: e.Text, At: at})
	}
	return nil
}

// plainHTML is a text as HTML: escaped, blank lines between paragraphs, line breaks kept.
func plainHTML(text string) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		b.WriteString("<p>")
		b.WriteString(strings.ReplaceAll(html.EscapeString(strings.Trim(paragraph, "\n")), "\n", "<br>"))
		b.WriteString("</p>")
	}
	return b.String()
}

func row(c handoff.Conversation) rowOut {
	r := rowOut{Conversation: c.ID, State: c.State, Team: c.Team, Tier: c.Tier, Language: c.Language(), Reason: c.Reason,
		Title: c.Title, Page: c.Page, Seq: c.LastSeq, Agent: c.AgentName, Unread: c.Unread}
	r.WaitingSince, r.ClaimedAt = unixMilli(c.WaitingSince), unixMilli(c.ClaimedAt)
	r.Priority = c.Priority
	if c.Offer.Agent != "" {
		r.OfferedTo, r.OfferUntil = c.Offer.Name, c.Offer.Until.UnixMilli()
	}
	if c.State == handoff.StateClosed || c.State == handoff.StateBot {
		r.WrapUntil = unixMilli(c.WrapUntil)
	}
	return r
}

func rows(list []handoff.Conversation) []rowOut {
	out := make([]rowOut, len(list))
	for i, c := range list {
		out[i] = row(c)
	}
	return out
}

func queueOf(p handoff.Place) queueFrame {
	f := queueFrame{Type: "queue", Position: p.Position, Open: p.Open, Staffed: p.Staffed, Long: p.Long,
		Wait: waitOut{P50: int64(p.Wait.P50 / time.Second), P90: int64(p.Wait.P90 / time.Second)}}
	if !p.OpensAt.IsZero() {
		f.OpensAt = p.OpensAt.UnixMilli()
	}
	return f
}

func outStaff(s handoff.Staff) staffOut {
	return staffOut{ID: s.ID, Name: s.Name, Role: s.Role, Teams: append([]string{}, s.Teams...)}
}
