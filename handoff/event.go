package handoff

import (
	"time"

	"emma/bot"
	"emma/knowledge"
)

// Kind is what sort of event it is.
type Kind string

// The kinds of events. Visitors get messages and states, staff get all.
const (
	KindMessage  Kind = "message"
	KindState    Kind = "state"
	KindNote     Kind = "note"
	KindWhisper  Kind = "whisper" // a supervisor's word to the agent
	KindFeedback Kind = "feedback"
	KindRating   Kind = "rating"
	// KindReveal says that somebody looked at a sealed number; it is the audit.
	KindReveal Kind = "reveal"
)

// Author is who speaks.
type Author string

// The authors.
const (
	AuthorVisitor Author = "visitor"
	AuthorEmma    Author = "emma"
	AuthorAgent   Author = "agent"
	AuthorSystem  Author = "system"
)

// Event is one entry of a conversation's log. Entries never change.
type Event struct {
	Conversation string
	Seq          int64
	Kind         Kind
	Author       Author
	// Sender is "visitor", "emma", "system" or a staff id; ClientID is the id that
	// the sender gave to the command, or empty.
	Sender   string
	ClientID string
	At       time.Time
	Body
}

// Body is the part of an event that depends on its kind. It is stored as JSON.
type Body struct {
	Name     string           `json:"name,omitempty"` // display name of an agent
	Text     string           `json:"text,omitempty"`
	HTML     string           `json:"html,omitempty"` // sanitised; empty when the text says it all
	Decision *bot.Decision    `json:"decision,omitempty"`
	Links    []knowledge.Link `json:"links,omitempty"`
	Choices  []bot.Choice     `json:"choices,omitempty"`

	State       State    `json:"state,omitempty"`
	Reason      string   `json:"reason,omitempty"`
	Team        string   `json:"team,omitempty"`
	Tier        int      `json:"tier,omitempty"`
	Disposition string   `json:"disposition,omitempty"` // staff only
	Tags        []string `json:"tags,omitempty"`        // staff only
	Brief       *Brief   `json:"brief,omitempty"`       // of a note at an escalation
	Priority    *int     `json:"priority,omitempty"`    // of a note: the priority was set

	Case   *CaseMark `json:"case,omitempty"`   // the case that a message or note is about
	Offers []string  `json:"offers,omitempty"` // forms that the widget may show below it

	Target  int64 `json:"target,omitempty"` // the message that feedback or a reveal is about
	Helpful bool  `json:"helpful,omitempty"`
	Stars   int   `json:"stars,omitempty"`

	// Sealed are the marks in the text of a visitor's message, in order; of a reveal it
	// is the mark that was opened. The values are stored apart, in the same transaction.
	Sealed []bot.Sealed `json:"sealed,omitempty"`
}

// StaffOnly reports whether visitors never get the event.
func (e Event) StaffOnly() bool {
	return e.Kind != KindMessage && e.Kind != KindState
}
