package bot

import (
	"time"

	"emma/knowledge"
)

// Action is what Emma does with a message.
type Action string

// The actions, as they stand in the log and in the output of `emma kb eval`.
const (
	Answer    Action = "answer"    // shows an article
	Clarify   Action = "clarify"   // asks back with choices
	Handoff   Action = "handoff"   // brings a person
	Decline   Action = "decline"   // says kindly what she does not do, and who does
	SmallTalk Action = "smalltalk" // a short human-honest line
)

// Reason says why an action was taken; empty for a plain answer.
type Reason string

// The reasons. They are part of the public contract (log, wire, evaluation).
const (
	Safety        Reason = "safety"
	WantsPerson   Reason = "wants_person"
	CaseSpecific  Reason = "case_specific"
	Abusive       Reason = "abusive"
	LegalAdvice   Reason = "legal_advice"
	LowConfidence Reason = "low_confidence"
	RepeatedMiss  Reason = "repeated_miss"
	UnknownWords  Reason = "unknown_words"
	Route         Reason = "route"
)

// Question is one message of a visitor with what Emma remembers of the turns before.
type Question struct {
	Text   string // masked already; at most 4,000 characters
	Choice string // the id of the quick reply that was chosen; Text is then its label
	Memory Memory
	// Waiting is true while the visitor is in the queue: Emma then answers only
	// what she is sure of and never starts a second hand-off.
	Waiting bool
	// Conversation and Seq say which message of the log it is; both are empty when it is
	// in none. Emma does not look at them.
	Conversation string
	Seq          int64
}

// Memory is what Emma carries from one turn to the next. It is stored with the
// conversation as JSON and is zero at its start.
type Memory struct {
	Language string `json:"language,omitempty"` // the language she answers in
	Chosen   bool   `json:"chosen,omitempty"`   // the visitor chose the language by hand
	Spanish  int    `json:"spanish,omitempty"`  // running score of the turns: above 0 Spanish, below English
	Article  string `json:"article,omitempty"`  // the article answered last
	Asked    string `json:"asked,omitempty"`    // the question answered last, for follow-ups
	Misses   int    `json:"misses,omitempty"`   // turns in a row that she could not answer
	// Pending is what she asked the visitor last, for example "receipt_number".
	Pending string `json:"pending,omitempty"`
	// Offered are the ids of the quick replies of the last message, in order, so that
	// a visitor may write the number of one.
	Offered []string `json:"offered,omitempty"`
	// Seen keeps, per kind, what is done only once in a conversation.
	Seen map[string]int `json:"seen,omitempty"`
}

// Choice is a quick reply. The id is what comes back when it is chosen.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Candidate is an article that Emma considered.
type Candidate struct {
	Article    string  `json:"article"`
	Confidence float64 `json:"confidence"`
}

// Decision is what Emma does with one message. It is stored with the answer so
// that it can be explained and replayed.
type Decision struct {
	Action     Action  `json:"action"`
	Reason     Reason  `json:"reason,omitempty"`
	Confidence float64 `json:"confidence"` // probability that Article is the right one; 0 when no search was made
	Article    string  `json:"article,omitempty"`
	Revision   int64   `json:"revision,omitempty"`
	Language   string  `json:"language"`
	// Checked is when an editor last went over the article; zero when nobody did.
	Checked time.Time `json:"checked,omitzero"`

	Text    string           `json:"-"` // plain text of what Emma says
	HTML    string           `json:"-"` // the same, sanitised HTML
	Links   []knowledge.Link `json:"-"`
	Choices []Choice         `json:"-"`
	Offers  []string         `json:"-"` // forms that the visitor may fill in, by name

	// Picked is the quick reply that the visitor meant by its number, also one that Emma
	// does not know. Leaves says that the visitor leaves the line.
	Picked string `json:"-"`
	Leaves bool   `json:"-"`

	// Team and Tier are where a hand-off goes: a team of the desk such as
	// "general" or "military", and 1 or 2. Zero values leave it to the desk.
	Team string `json:"team,omitempty"`
	Tier int    `json:"tier,omitempty"`

	Signals    []string    `json:"signals,omitempty"`    // which rules fired, in order
	Candidates []Candidate `json:"candidates,omitempty"` // at most five, best first
	Change     int64       `json:"change,omitempty"`     // change counter of the index

	// Memory is what to remember for the next turn.
	Memory Memory `json:"-"`
}
