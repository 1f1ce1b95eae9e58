package handoff

import (
	"context"
	"strings"
	"time"
)

// Filter narrows the list of all conversations. Empty fields do not narrow.
type Filter struct {
	// Text is words that a visitor or the staff wrote, in one message, as they stand.
	// Numbers that are kept sealed are not in the messages and so are never found.
	Text     string
	State    State
	Team     string
	Tier     int
	Language string
	Reason   string
	Agent    string // staff id of who has it
	// Reference is the short name of a conversation, see [ChatReference].
	Reference string
	// Thread is the first conversation of a visitor: it and what came after.
	Thread string
	Before Cursor
}

// Cursor is a place in the list, which is ordered by the last change, newest first.
// The zero Cursor is its beginning.
type Cursor struct {
	ChangedAt time.Time
	ID        string
}

// Page is a part of the list. Next is where the rest begins when More is true; a
// search that looked at many conversations without finding enough may give a short
// page, or an empty one, with more to come.
type Page struct {
	Conversations []Conversation
	Next          Cursor
	More          bool
}

// Archive reads across conversations, and knows which of them are one visitor's.
type Archive interface {
	// Find returns at most limit conversations that fit, those changed last first.
	Find(ctx context.Context, f Filter, limit int) (Page, error)
	// First returns the conversation that the visitor of this one began with: itself
	// when no earlier one is known.
	First(ctx context.Context, conversation string) (string, error)
	// Continue notes that a conversation is of the visitor of an earlier one.
	Continue(ctx context.Context, earlier, conversation string) error
	// DayOf counts what a member of the staff did since a time.
	DayOf(ctx context.Context, staff string, since time.Time) (Day, error)
}

// Day is what one agent did since the beginning of the day.
type Day struct {
	Taken   int // conversations taken or accepted, each once
	Closed  int // conversations closed by the agent
	Replies int // messages to visitors
	Ratings int // last ratings of conversations that the agent took
	Stars   int // sum of those ratings
}

// referenceLength is the length of a reference without its "C-".
const referenceLength = 8

// ChatReference is the short name of a conversation that people can say on the phone:
// "C-" and the last eight hexadecimal digits of its id.
func ChatReference(conversation string) string {
	return "C-" + strings.ToUpper(conversation[max(0, len(conversation)-referenceLength):])
}

// ParseChatReference reads a reference as people type it, with or without "C-", and
// returns its digits in small letters; ok is false when it is none.
func ParseChatReference(text string) (digits string, ok bool) {
	digits = strings.ReplaceAll(strings.ToLower(text), " ", "")
	if len(digits) > referenceLength { // the c in front may be left out, and may be a digit
		digits = strings.TrimPrefix(strings.TrimPrefix(digits, "c"), "-")
	}
	if len(digits) != referenceLength || strings.Trim(digits, "0123456789abcdef") != "" {
		return "", false
	}
	return digits, true
}
