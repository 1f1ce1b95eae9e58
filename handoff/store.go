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

// Step changes a conversation and returns the events to append, numbered from
// c.LastSeq+1 on; the first carries the key. It may be applied more than once, also
// before the conversation is locked: the last time counts. It must not block, must not keep
// c, and leaves the lists and maps that c holds as they are: it puts new ones in their
// place. When it returns an error, nothing is stored.
type Step func(c *Conversation) ([]Event, error)

// AssignStep is a Step that is told the load of the agent.
type AssignStep func(c *Conversation, load int) ([]Event, error)

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
	// Assign is Change for a move that gives or offers the conversation to an agent. It
	// locks the agent too, so that capacity holds on all nodes, and hands the step how
	// many other conversations the agent has, is offered, or has after-chat work with
	// at the given time. A successful step marks the agent as given work then.
	Assign(ctx context.Context, id string, key Key, agent string, at time.Time, step AssignStep) (Change, error)
	// EventsAfter returns at most limit events above seq, in order.
	EventsAfter(ctx context.Context, id string, seq int64, limit int) ([]Event, error)
	// Line returns the conversations that wait, in the order InLine, at most limit.
	Line(ctx context.Context, limit int) ([]Conversation, error)
	// HeldBy returns the conversations that an agent has, and those with which they have
	// after-chat work at now, in the order of WaitingSince; of all agents when the id
	// is empty.
	HeldBy(ctx context.Context, agent string, now time.Time) ([]Conversation, error)
	// Owed lists conversations in which a visitor's message, last changed before
	// the given time, has no answer although it is Emma's turn.
	Owed(ctx context.Context, before time.Time, limit int) ([]string, error)
	// SealedValue returns the value behind a mark of a message, or ErrNotFound.
	SealedValue(ctx context.Context, conversation string, seq int64, number int) (bot.Sealed, error)
}

// Floor keeps the teams, and who is there: agents by leases that every node renews
// for its own connections, visitors by the time of their last sign of life.
type Floor interface {
	// Teams lists all teams, in the order in which they were first saved. A database
	// in which no team was ever saved has StartTeams.
	Teams(ctx context.Context) ([]Team, error)
	// SaveTeam adds or replaces a team.
	SaveTeam(ctx context.Context, t Team) error
	// RemoveTeam removes a team, or returns ErrNotFound.
	RemoveTeam(ctx context.Context, id string) error
	// Renew prolongs leases, and moves the time at which a person was there; neither ever
	// goes back.
	Renew(ctx context.Context, leases []Lease) error
	// SetAvailable says whether somebody takes conversations from now on.
	SetAvailable(ctx context.Context, staff string, available bool) error
	// SetAway sets an agent away who takes conversations, for a reason of the desk's own,
	// unless since is given and a person was there after it.
	SetAway(ctx context.Context, staff string, why Absence, since time.Time) error
	// Agents lists everyone whose lease ends after since, with their load at now.
	Agents(ctx context.Context, since, now time.Time) ([]Agent, error)
	// VisitorsHere notes a sign of life of the visitors of these conversations.
	VisitorsHere(ctx context.Context, ids []string, at time.Time) error
	// Due lists what the desk has to see to at now: see Due. At most limit of each.
	Due(ctx context.Context, now, goneSince time.Time, limit int) ([]Due, error)
	// Samples lists what was measured after since, oldest first, at most the last limit.
	Samples(ctx context.Context, since time.Time, limit int) ([]Sample, error)
}

// Lease says that an agent counts as present until a moment, and when a person was at
// their desk last.
type Lease struct {
	Staff         string
	Until, Active time.Time
}

// Due is a conversation that needs the desk.
type Due struct {
	Conversation string
	Kind         DueKind
	Seen         time.Time // last sign of life of the agent (DueLost: end of the lease) or of the visitor (DueSilent: the agent's words)
}

// DueKind is why.
type DueKind string

// The kinds of Due.
const (
	DueLost  DueKind = "lost"  // its agent's lease has ended
	DueOffer DueKind = "offer" // its offer has ended
	DueGone  DueKind = "gone"  // no sign of life of its visitor since goneSince
	// DueSilent means that its visitor has not answered the agent since goneSince.
	DueSilent DueKind = "silent"
)

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
