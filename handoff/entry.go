package handoff

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"emma/bot"
)

// entry is what is known before a conversation joins a line.
type entry struct {
	team     Team
	tier     int
	reason   bot.Reason
	priority int
	place    Place
	forecast Forecast
}

// entry looks at the line that a hand-off to a team leads to. A tier that it does not
// have, or 0, becomes the nearest that it has.
func (d *Desk) entry(ctx context.Context, team Team, tier int, reason bot.Reason, now time.Time) (entry, error) {
	in := entry{team: team, reason: reason}
	in.tier = in.team.Tier(tier).Level
	if reason == bot.Safety {
		in.priority = Urgent
	}
	snapshot, err := d.snapshot(ctx, max(entryAge, d.line.patience()))
	if err != nil {
		return entry{}, err
	}
	joining := Conversation{Team: in.team.ID, Tier: in.tier, Priority: in.priority, WaitingSince: now}
	ahead := snapshot.count[queue{joining.Team, joining.Tier}]
	for i := len(snapshot.waiting) - 1; i >= 0 && InLine(snapshot.waiting[i], joining) >= 0; i-- {
		if c := &snapshot.waiting[i]; c.Team == joining.Team && c.Tier == joining.Tier {
			ahead--
		}
	}
	in.place, in.forecast = d.place(snapshot, joining, ahead+1, now)
	return in, nil
}

// enter puts the visitor in the line and tells the truth about it: that nobody works
// now, that nobody is signed in, or that it takes long.
func (d *Desk) enter(c *Conversation, events []Event, sender, reason string, in entry, now time.Time) []Event {
	c.Priority, c.Forecast = in.priority, in.forecast
	c.Reason, c.Team, c.Tier = in.reason, in.team.ID, in.tier
	c.WrapUntil = time.Time{} // the work after the chat is the chat again
	c.Unread = max(c.Unread, 1)
	events = append(events, c.become(StateWaiting, sender, reason, now))
	if text := d.truth(in.team, in.tier, in.place, c.Language(), now); text != "" {
		ways := d.choices(c.Language(), ChoiceCall+in.team.ID, bot.ChoiceEmma)
		events = append(events, c.message(AuthorSystem, systemSender, Body{Text: text, Offers: Offers(), Choices: ways}, now))
	}
	return events
}

// truth is what a visitor in the line has to know besides their place; empty when
// somebody who answers in their language is there and comes soon.
func (d *Desk) truth(t Team, tier int, p Place, language string, now time.Time) string {
	text := d.waitText(t, tier, p, language, now)
	if t.Answers(language) {
		return text
	}
	return strings.TrimSpace(d.emma.Say("no_language", language) + "\n\n" + text)
}

// waitText is what there is to know of a wait.
func (d *Desk) waitText(t Team, tier int, p Place, language string, now time.Time) string {
	switch {
	case !p.Open:
		text := t.Closed.In(language)
		if text == "" {
			text = d.emma.Say("closed_hours", language)
		}
		return fill(text, "opens", opensText(t.Hours, now, language))
	case !p.Staffed:
		return d.emma.Say("nobody_here", language)
	case t.WaitLimit > 0 && p.Wait.P90 > time.Duration(t.WaitLimit):
		low := minutes(p.Wait.P50)
		high := max(minutes(p.Wait.P90), low+1) // a range, however it is worded
		return fill(d.emma.Say("long_wait", language), "low", strconv.Itoa(low), "high", strconv.Itoa(high)) +
			d.shortWaitsText(t, tier, language, now)
	}
	return ""
}

// fill puts values in the places {name} of a sentence.
func fill(text string, values ...string) string {
	pairs := make([]string, len(values))
	for i, v := range values {
		if i%2 == 0 {
			v = "{" + v + "}"
		}
		pairs[i] = v
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// rangeText is a wait in words, such as "4 to 9 minutes"; empty when it is not known.
func rangeText(w Wait, language string) string {
	if w.P90 == 0 {
		return ""
	}
	low, high := minutes(w.P50), minutes(w.P90)
	and := "to"
	if language == "es" {
		and = "a"
	}
	unit := map[bool]string{false: "minute", true: "minuto"}[language == "es"]
	if low == high {
		if high > 1 {
			unit += "s"
		}
		return fmt.Sprintf("%d %s", high, unit)
	}
	return fmt.Sprintf("%d %s %d %ss", low, and, high, unit)
}
