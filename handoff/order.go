package handoff

import (
	"cmp"
	"slices"
	"time"
)

// PriorityStep is how much earlier a conversation stands in the line for each step
// of priority: as if it had waited that much longer.
const PriorityStep = 5 * time.Minute

// The bounds of a priority. Urgent is for safety, Later for what can wait.
const (
	Later  = -1
	Normal = 0
	High   = 1
	Urgent = 3
)

// LineAt is the conversation's place in the line: the smaller, the earlier. It is
// WaitingSince moved ahead by PriorityStep for each step of priority. This is
// priority with linear ageing (L. Kleinrock, "A delay dependent queue discipline",
// 1964, with equal slopes): whoever waits gains on everyone who comes later, so that
// nobody starves: only who joins within (difference of priority) · PriorityStep
// after somebody can pass them. Among equal priorities it is first come, first served.
func (c *Conversation) LineAt() time.Time {
	return c.WaitingSince.Add(-time.Duration(c.Priority) * PriorityStep)
}

// InLine orders conversations as they are served.
func InLine(a, b Conversation) int {
	return cmp.Or(a.LineAt().Compare(b.LineAt()), cmp.Compare(a.ID, b.ID))
}

// Agent is somebody of the staff as the desk sees them now.
type Agent struct {
	Staff
	Available bool      // takes conversations
	Until     time.Time // the lease: gone for good unless a sign of life comes before
	IdleSince time.Time // when a conversation was last given or offered to them
	Load      int       // conversations, offers and after-chat work
	ActiveAt  time.Time // when a person was at their desk last
	Absence   Absence   // why the desk set them away; empty when they are not, or did so themselves
}

// here reports whether the agent counts at now.
func (a Agent) here(now time.Time) bool { return now.Before(a.Until) && !a.Disabled }

// free is how many conversations the agent could still take.
func (a Agent) free(now time.Time) int {
	if !a.here(now) || !a.Available {
		return 0
	}
	return max(a.Room()-a.Load, 0)
}

// Match is an offer to make.
type Match struct {
	Conversation string
	Agent        Staff
}

// Matches says who is asked next: along the line, each conversation of a team with
// automatic assignment that is not offered yet (and each that was sent to one agent)
// goes to the agent who has room, and of those first to whoever speaks the visitor's
// language, then to whoever has been idle longest. Those who passed it are asked again
// after a pause. The arguments are not changed.
func Matches(line []Conversation, agents []Agent, team func(id string) Team, now time.Time) []Match {
	agents = slices.Clone(agents)
	var matches []Match
	for _, c := range line {
		t := team(c.Team)
		if c.Offer.live(now) || (t.Assignment != Automatic && c.Preferred == "") {
			continue
		}
		best := -1
		for i, a := range agents {
			if a.free(now) == 0 || a.Takes(t, c.Tier) != nil || !c.mayAsk(a.Staff, now) {
				continue
			}
			if t.Assignment != Automatic && a.ID != c.Preferred {
				continue
			}
			if best < 0 || earlier(a, agents[best], c) {
				best = i
			}
		}
		if best < 0 {
			continue
		}
		matches = append(matches, Match{Conversation: c.ID, Agent: agents[best].Staff})
		agents[best].Load++
		agents[best].IdleSince = now
	}
	return matches
}

// earlier reports whether a is asked before b.
func earlier(a, b Agent, c Conversation) bool {
	suits := func(a Agent) int {
		switch {
		case a.ID == c.Preferred:
			return 0
		case a.Speaks(c.Language()):
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(suits(a), suits(b)), a.IdleSince.Compare(b.IdleSince), cmp.Compare(a.ID, b.ID)) < 0
}
