package knowledge

import (
	"context"
	"time"
)

// Outcome is how Emma did on a question of a visitor.
type Outcome string

// The outcomes. All but OutcomeAnswered are gaps until an editor closes them.
const (
	OutcomeAnswered   Outcome = "answered"   // an article was shown
	OutcomeUnanswered Outcome = "unanswered" // she had to bring a person or ask for other words
	OutcomeUnsure     Outcome = "unsure"     // she offered choices
	OutcomeUnhelpful  Outcome = "unhelpful"  // an article was shown and marked "not helpful"
	OutcomeAgent      Outcome = "agent"      // it was asked while an agent had the conversation, who answered
)

// Asked is a general question that a visitor wrote, without anything that says whose
// it is: numbers, addresses and names are words in brackets.
type Asked struct {
	// ID is opaque: it does not lead to the conversation.
	ID string
	// Visitor is the same for all questions of one conversation, and opaque too.
	Visitor    string
	At         time.Time
	Language   string
	Text       string
	Outcome    Outcome
	Article    string  // shown or, after choices, chosen; may be empty
	Helped     bool    // the visitor marked the answer as helpful
	Confidence float64 // of the best article at the time
	Reply      string  // the agent's reply, redacted like Text; may be empty
	Closing    string  // the closing that this question fell under, or empty
}

// Gap reports whether the question shows that something is missing.
func (a Asked) Gap() bool { return a.Outcome != OutcomeAnswered }

// What an editor did about a gap.
const (
	ClosedDismissed = "dismissed"
	ClosedAttached  = "attached" // its wordings went to an article
	ClosedCreated   = "created"  // it became an article
)

// Closing is what an editor decided about the questions of one gap.
type Closing struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	What    string    `json:"what"`
	Reason  string    `json:"reason"`  // of a dismissal
	Article string    `json:"article"` // id of the article that it went to
	Text    string    `json:"text"`    // the question that stood for the gap
	// Questions is how many questions it closed.
	Questions int `json:"questions"`
}

// Showing is one time that a visitor was shown an article, and what came of it until
// the next one was shown.
type Showing struct {
	ID        string // opaque: it does not lead to the conversation
	At        time.Time
	Language  string
	Article   string
	Helpful   bool // the visitor said so
	Unhelpful bool
	HandedOff bool // a person was brought
	Corrected bool // and said something
}

// Use is how an article did with visitors.
type Use struct {
	Article   string `json:"article"`
	Shown     int    `json:"shown"`
	Helpful   int    `json:"helpful"`
	Unhelpful int    `json:"unhelpful"`
	HandedOff int    `json:"handed_off"`
	Corrected int    `json:"corrected"`
}

// Notebook keeps what visitors asked, for the editors.
type Notebook interface {
	// Asked takes over what was said since the last call and returns the questions
	// asked since the given time, oldest first.
	Asked(ctx context.Context, since time.Time) ([]Asked, error)
	// Used counts how articles did since the given time, those shown most first.
	Used(ctx context.Context, since time.Time) ([]Use, error)
	// CloseAsked notes that an editor dealt with these questions; they are no gaps
	// any more. Ids that do not exist are left out. c.ID and c.At are set by it.
	CloseAsked(ctx context.Context, ids []string, c Closing) (Closing, error)
	// Closings lists the latest closings, newest first, at most limit.
	Closings(ctx context.Context, limit int) ([]Closing, error)
	// ReopenAsked undoes a closing, or returns ErrNotFound.
	ReopenAsked(ctx context.Context, id string) error
}
