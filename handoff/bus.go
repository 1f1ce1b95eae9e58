package handoff

import "slices"

// Topic names what a Signal is about.
type Topic string

// The fixed topics.
const (
	// TopicDesk changes when the line changes: who waits, who was taken.
	TopicDesk Topic = "desk"
	// TopicTeams changes when a team is saved or removed.
	TopicTeams Topic = "teams"
	// TopicScript changes when an editor changed what Emma says or her menu.
	TopicScript Topic = "script"
	// TopicArticles changes when an article is published or withdrawn.
	TopicArticles Topic = "articles"
	// TopicCases changes when a case is opened or moves on.
	TopicCases Topic = "cases"
	// TopicLetters changes when there is a mail to send.
	TopicLetters Topic = "letters"
	// TopicStaff changes when somebody is disabled or signed out.
	TopicStaff Topic = "staff"
	// TopicViewing tells who of the staff looks at what, so that two do not answer
	// the same visitor.
	TopicViewing Topic = "viewing"
)

// ConversationTopic is about one conversation.
func ConversationTopic(id string) Topic { return Topic("c/" + id) }

// AgentTopic is about the conversations that one agent has.
func AgentTopic(staff string) Topic { return Topic("a/" + staff) }

// Signal says that something changed, never what. Typing, Read and Viewing are the
// exceptions: marks that are worth nothing a moment later and stand in no log.
type Signal struct {
	Topic   Topic
	Typing  Author  `json:",omitempty"` // somebody of this sort is typing; nothing durable changed
	Read    int64   `json:",omitempty"` // the visitor has seen everything up to this event
	Viewing Viewing `json:",omitzero"`
}

// Viewing is what a member of the staff does with a conversation. It is told again
// every half minute; who was not heard of for longer is gone.
type Viewing struct {
	Conversation string
	Staff, Name  string
	Doing        Doing
}

// Doing is how somebody looks at a conversation.
type Doing string

// What members of the staff do. Whoever looks at the same conversation answers
// DoingArrived with DoingViewing.
const (
	DoingArrived Doing = "arrived"
	DoingViewing Doing = "viewing"
	DoingTyping  Doing = "typing"
	DoingLeft    Doing = "left"
)

// Bus carries signals within a node and, with PostgreSQL, between nodes. Signals
// may be lost or repeated: whoever hears one reads what it missed, and a slow poll
// backs it up.
type Bus interface {
	// Publish tells everyone. It does not block.
	Publish(signals ...Signal)
	// Subscribe calls wake for every signal on the topic until cancel is called.
	// wake must return at once and may run on any goroutine.
	Subscribe(topic Topic, wake func(Signal)) (cancel func())
}

// Signals are what a change of a conversation must wake.
func Signals(before, after Conversation) []Signal {
	signals := []Signal{{Topic: ConversationTopic(after.ID)}}
	inLine := func(c Conversation) bool { return c.State == StateWaiting }
	switch {
	case before.State != after.State || before.Agent != after.Agent:
		if !(before.State == StateBot && after.State == StateClosed) {
			signals = append(signals, Signal{Topic: TopicDesk})
		}
	case inLine(after) && (before.Title != after.Title || before.Unread != after.Unread || before.Team != after.Team ||
		before.Priority != after.Priority || before.Offer != after.Offer), !before.WrapUntil.Equal(after.WrapUntil):
		signals = append(signals, Signal{Topic: TopicDesk})
	}
	if before.LastSeq != after.LastSeq || before.Unread != after.Unread {
		for _, agent := range []string{before.Agent, after.Agent} {
			if signal := (Signal{Topic: AgentTopic(agent)}); agent != "" && !slices.Contains(signals, signal) {
				signals = append(signals, signal)
			}
		}
	}
	return signals
}
