package handoff

import (
	"context"
	"time"

	"emma/bot"
)

// Key makes a command idempotent: within a conversation the pair of Sender and ID
// is applied once. Content is a digest of what the command says. The zero Key is
// for steps of our own that need no such guard.
type Key struct{ Sender, ID, Content string }

// Step changes a conversation that is locked and returns the events to append,
// numbered from c.LastSeq+1 on; the first carries the key. It must not block and
// must not keep c. When it returns an error, nothing is stored.
type Step func(c *Conversation) ([]Event, error)

// Change is the outcome of a step.
type Change struct {
	Conversation Conversation // as it is now
	Seq          int64        // of the event that carries the key, or the last one
	Duplicate    bool         // the command had been applied before
}

// Store keeps conversations. Every change wakes the Bus after it is durable.
type Store interface {
	// Create adds a conversation.
	Create(ctx context.Context, c Conversation) error
	// Conversation returns one, or ErrNotFound.
	Conversation(ctx context.Context, id string) (Conversation, error)
	// ConversationByToken finds one by the digest of its token, or ErrNotFound.
	ConversationByToken(ctx context.Context, tokenHash string) (Conversation, error)
	// Change locks the conversation, applies the step and stores conversation and
	// events in one durable transaction, or nothing. When the key was seen before it
	// answers as then, with Duplicate, or with ErrConflict. ErrBusy means that
	// nothing was stored and the caller may try again.
	Change(ctx context.Context, id string, key Key, step Step) (Change, error)
	// EventsAfter returns at most limit events above seq, in order.
	EventsAfter(ctx context.Context, id string, seq int64, limit int) ([]Event, error)
	// Line returns the conversations that wait, those who waited longest first, at
	// most limit.
	Line(ctx context.Context, limit int) ([]Conversation, error)
	// HeldBy returns the conversations that an agent has, in the order of WaitingSince.
	HeldBy(ctx context.Context, agent string) ([]Conversation, error)
	// Owed lists conversations in which a visitor's message, last changed before
	// the given time, has no answer although it is Emma's turn.
	Owed(ctx context.Context, before time.Time, limit int) ([]string, error)
	// SealedValue returns the value behind a mark of a message, or ErrNotFound.
	SealedValue(ctx context.Context, conversation string, seq int64, number int) (bot.Sealed, error)
}

// Decider is Emma's head: package bot.
type Decider interface {
	Decide(ctx context.Context, q bot.Question) (bot.Decision, error)
	// Seal takes out of a masked text what only the agent may see.
	Seal(text string) (string, []bot.Sealed)
	// Label is what a quick reply says, in the log; false when it is unknown.
	Label(choice, language string) (string, bool)
	// Say is one of Emma's sentences by its name.
	Say(name, language string) string
}
