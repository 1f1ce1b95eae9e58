package handoff

import (
	"fmt"
	"strings"
	"time"

	"emma/bot"
)

// State says who has the turn.
type State string

// The states of a conversation. bot → waiting → agent → closed; agent → waiting
// when it is transferred; waiting or agent → bot when it is cancelled or returned.
const (
	StateBot     State = "bot"
	StateWaiting State = "waiting"
	StateAgent   State = "agent"
	StateClosed  State = "closed"
)

// Conversation is the present state of one log.
type Conversation struct {
	ID        string
	TokenHash string // SHA-256 of the visitor's token, in hexadecimal
	State     State
	Page      string // address of the page, without its query
	Team      string
	Tier      int
	// Meant is the team that the hand-off named, or somebody who passed the conversation on;
	// empty for none. Team is who takes it in the visitor's language.
	Meant  string
	Reason bot.Reason // why it came to the line
	// Agent and AgentName are set in StateAgent only. Preferred is the staff id who is
	// asked first; anyone of the team may still take it. LastAgent had it before.
	Agent, AgentName, Preferred, LastAgent string

	LastSeq     int64 // number of the last event
	VisitorSeq  int64 // number of the visitor's last message
	AnsweredSeq int64 // every visitor message up to here is dealt with
	ReadSeq     int64 // the visitor has seen everything up to here
	Unread      int   // messages of the visitor that the staff have not read
	Title       string

	WaitingSince time.Time // zero when it is not in the line and not with an agent
	Priority     int       // steps ahead in the line, see LineAt
	Offer        Offer     // in StateWaiting: who is asked to take it
	Passed       []string  // in StateWaiting: staff ids who were asked in vain
	Forecast     Forecast  // what the visitor was told about the wait; until somebody comes
	ClaimedAt    time.Time // in StateAgent: since when Agent has it
	WrapUntil    time.Time // LastAgent has after-chat work with it until then
	Replied      bool      // an agent has written since the visitor joined the line
	AskedAt      time.Time // in StateAgent: of the agent's last words that the visitor has not answered; else zero
	WarnedAt     time.Time // when the visitor who is away was warned; zero when not
	WarnedSilent bool      // they were connected then, and did not answer
	Abandoned    bool      // in StateClosed: it was closed because the visitor was away
	OpenedAt     time.Time
	ChangedAt    time.Time
	Memory       bot.Memory
}

// Language is the language of the conversation, empty while it is not known.
func (c *Conversation) Language() string { return c.Memory.Language }

// OwesAnswer reports whether Emma has a visitor's message to answer.
func (c *Conversation) OwesAnswer() bool {
	return c.emmasTurn() && c.VisitorSeq > c.AnsweredSeq
}

func (c *Conversation) emmasTurn() bool { return c.State == StateBot || c.State == StateWaiting }

// titleLength bounds the visitor's words in a row of the list, in characters.
const titleLength = 80

func title(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > titleLength {
		return string(r[:titleLength-1]) + "…"
	}
	return text
}

// log numbers an event and stamps it.
func (c *Conversation) log(e Event, now time.Time) Event {
	c.LastSeq++
	c.ChangedAt = now
	e.Conversation, e.Seq, e.At = c.ID, c.LastSeq, now
	return e
}

func (c *Conversation) message(author Author, sender string, body Body, now time.Time) Event {
	return c.log(Event{Kind: KindMessage, Author: author, Sender: sender, Body: body}, now)
}

// authorOf is the sort of speaker behind a sender.
func authorOf(sender string) Author {
	switch sender {
	case visitorSender:
		return AuthorVisitor
	case emmaSender:
		return AuthorEmma
	case systemSender:
		return AuthorSystem
	}
	return AuthorAgent
}

// become changes the state and returns the event that says so.
func (c *Conversation) become(s State, sender, reason string, now time.Time) Event {
	if c.Agent != "" {
		c.LastAgent = c.Agent
	}
	c.State = s
	c.Offer, c.Passed, c.ClaimedAt = Offer{}, nil, time.Time{}
	c.AskedAt, c.WarnedAt, c.WarnedSilent, c.Abandoned = time.Time{}, time.Time{}, false, false
	body := Body{State: s, Reason: reason}
	switch s {
	case StateWaiting:
		if c.WaitingSince.IsZero() {
			c.WaitingSince = now
		}
		c.Agent, c.AgentName = "", ""
		body.Team, body.Tier = c.Team, c.Tier
	case StateAgent:
		c.Preferred, c.Forecast = "", Forecast{}
		c.ClaimedAt = now
		c.AnsweredSeq = c.VisitorSeq
		body.Name, body.Team, body.Tier = c.AgentName, c.Team, c.Tier
	case StateBot, StateClosed:
		c.Agent, c.AgentName, c.Preferred = "", "", ""
		c.WaitingSince, c.Forecast, c.Replied = time.Time{}, Forecast{}, false
		c.AnsweredSeq = c.VisitorSeq
		c.Unread = 0
	}
	return c.log(Event{Kind: KindState, Author: authorOf(sender), Sender: sender, Body: body}, now)
}

// say appends a visitor's message.
func (c *Conversation) say(said Body, now time.Time) (Event, error) {
	if c.Abandoned {
		return Event{}, errAbandoned
	}
	if c.State == StateClosed {
		return Event{}, fmt.Errorf("%w: the conversation is closed", ErrState)
	}
	e := c.message(AuthorVisitor, visitorSender, said, now)
	c.VisitorSeq = e.Seq
	c.Title = title(said.Text)
	c.AskedAt, c.WarnedAt = time.Time{}, time.Time{}
	if c.State != StateBot {
		c.Unread++
	}
	if c.State == StateAgent {
		c.AnsweredSeq = e.Seq
	}
	return e, nil
}

// heldBy returns an error unless the agent has the conversation.
func (c *Conversation) heldBy(agent Staff) error {
	switch {
	case c.State == StateAgent && c.Agent == agent.ID:
		return nil
	case c.LastAgent == agent.ID && c.State == StateWaiting:
		return refuse("lost", "This chat went back to the line, because you passed it on or your connection was gone. Nothing was sent.")
	case c.State != StateAgent:
		return fmt.Errorf("%w: no agent has this conversation", ErrState)
	}
	return &TakenError{Winner: c.AgentName}
}

// note appends a note for staff.
func (c *Conversation) note(agent Staff, text string, now time.Time) Event {
	return c.log(Event{Kind: KindNote, Author: AuthorAgent, Sender: agent.ID, Body: Body{Text: text, Name: agent.Name}}, now)
}
