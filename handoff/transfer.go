package handoff

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"emma/bot"
)

// Transfer says where a conversation goes. At least one field is set.
type Transfer struct {
	Team  string
	Tier  int    // 1 or 2; 0 leaves it
	Agent string // staff id
}

// Transfer passes a conversation on, with a note for whoever takes it. Only the agent
// who has it may do that. To a team or tier it goes into the line there, at its
// original place, and the visitor is told the truth about that line. To an agent it is
// offered: who is away or has no room is refused with a *Refusal that says so, and the
// conversation stays where it is; whoever does not accept in time leaves it to the
// others of the team.
func (d *Desk) Transfer(ctx context.Context, agent Staff, conversation, id string, to Transfer, note string) (Receipt, error) {
	if note != "" {
		if err := checkText(note); err != nil {
			return Receipt{}, err
		}
	}
	note, _ = bot.Mask(note)
	k := key(agent.ID, id, "transfer", to.Team, strconv.Itoa(to.Tier), to.Agent, note)
	return d.passOn(ctx, agent, conversation, k, to, note, nil, "transferred")
}

// Brief is the structured note of an escalation, so that the visitor does not have to
// tell everything again.
type Brief struct {
	Question string `json:"question"`         // what the visitor wants to know
	Tried    string `json:"tried,omitempty"`  // what was done already
	Facts    string `json:"facts,omitempty"`  // what was found out, without sealed numbers
	Wanted   string `json:"wanted,omitempty"` // what the officer should do
}

// text is the note as people read it.
func (b Brief) text() string {
	text := "Question: " + b.Question
	for _, part := range []struct{ name, text string }{{"Tried", b.Tried}, {"Facts", b.Facts}, {"Asked for", b.Wanted}} {
		if part.text != "" {
			text += "\n" + part.name + ": " + part.text
		}
	}
	return text
}

// Escalate passes a conversation on to the officers (tier 2) of its team. The question
// in the brief is required. The visitor is told that, that the place is kept, and what
// is known about the wait.
func (d *Desk) Escalate(ctx context.Context, agent Staff, conversation, id string, b Brief) (Receipt, error) {
	if err := checkText(b.Question); err != nil {
		return Receipt{}, fmt.Errorf("the question for the officer: %w", err)
	}
	if err := checkText(b.text()); err != nil {
		return Receipt{}, err
	}
	for _, part := range []*string{&b.Question, &b.Tried, &b.Facts, &b.Wanted} {
		*part, _ = bot.Mask(*part)
	}
	return d.passOn(ctx, agent, conversation, key(agent.ID, id, "escalate", b.text()), Transfer{Tier: 2}, b.text(), &b, "escalated")
}

// passOn moves a conversation from an agent into a line.
func (d *Desk) passOn(ctx context.Context, agent Staff, conversation string, k Key, to Transfer, note string, brief *Brief, reason string) (Receipt, error) {
	now := d.now()
	before, err := d.store.Conversation(ctx, conversation)
	if err != nil {
		return Receipt{}, fmt.Errorf("passing on: %w", err)
	}
	if to.Team != "" && !d.hasTeam(to.Team) {
		return Receipt{}, refuse("no_team", "There is no team %q.", to.Team)
	}
	if to.Team == "" {
		to.Team = before.Team
	}
	tier := to.Tier
	if tier == 0 {
		tier = before.Tier
	}
	in, err := d.entry(ctx, d.Team(to.Team), tier, before.Reason, now)
	if err != nil {
		return Receipt{}, err
	}
	if to.Tier != 0 && in.tier != to.Tier {
		return Receipt{}, refuse("no_tier", "The team %s has no tier %d.", in.team.Names.In("en"), to.Tier)
	}
	if reason == "escalated" && before.Tier >= in.tier {
		return Receipt{}, refuse("no_tier", "This chat is with tier %d already.", before.Tier)
	}
	move := func(target *Staff, load int) Step {
		return func(c *Conversation) ([]Event, error) {
			if err := c.heldBy(agent); err != nil {
				return nil, err
			}
			c.Team, c.Meant, c.Tier, c.Preferred = in.team.ID, in.team.ID, in.tier, ""
			events := []Event{c.become(StateWaiting, agent.ID, reason, now)}
			events[0].Name = agent.Name
			c.Passed, c.Offer = []string{agent.ID}, Offer{Until: now} // who passed it on is not asked first
			if target != nil {
				if err := c.offer(*target, load, in.team, now); err != nil {
					return nil, err
				}
				c.Preferred = target.ID
			}
			if note != "" {
				written := c.note(agent, note, now)
				written.Brief = brief
				events = append(events, written)
			}
			text := d.passedText(reason, in, target != nil, c.Language(), now)
			return append(events, c.message(AuthorSystem, systemSender, Body{Text: text}, now)), nil
		}
	}
	if to.Agent == "" {
		return d.change(ctx, "passing on", conversation, k, move(nil, 0))
	}
	target, err := d.available(ctx, to.Agent, now)
	if err != nil {
		return Receipt{}, err
	}
	return d.assign(ctx, "passing on", conversation, k, target.ID, now, func(c *Conversation, load int) ([]Event, error) {
		return move(&target.Staff, load)(c)
	})
}

// passedText tells the visitor truthfully where the chat goes.
func (d *Desk) passedText(reason string, in entry, toAgent bool, language string, now time.Time) string {
	text := d.emma.Say(reason, language)
	if toAgent {
		return text
	}
	if truth := d.truth(in.team, in.tier, in.place, language, now); truth != "" {
		return text + " " + truth
	}
	if wait := rangeText(in.place.Wait, language); wait != "" {
		return text + " " + fill(d.emma.Say("wait_range", language), "range", wait)
	}
	return text
}

// available returns an agent who is here and takes conversations, or a *Refusal.
func (d *Desk) available(ctx context.Context, id string, now time.Time) (Agent, error) {
	agents, err := d.floor.Agents(ctx, now, now)
	if err != nil {
		return Agent{}, fmt.Errorf("looking who is here: %w", err)
	}
	i := slices.IndexFunc(agents, func(a Agent) bool { return a.ID == id })
	switch {
	case i < 0:
		return Agent{}, refuse("away", "This agent is not signed in. Choose another agent, or the team.")
	case !agents[i].Available:
		return Agent{}, refuse("away", "%s is away. Choose another agent, or the team.", agents[i].Name)
	}
	return agents[i], nil
}
