package handoff

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"emma/bot"
)

// The dialogue in which a visitor asks to be called instead of waiting: the button, the
// number, the time. Its steps are quick replies and what Emma asked last, so that it
// needs nothing of the page. The names are followed by the team, and what is known.
const (
	// ChoiceCall and a team are the quick reply that begins it.
	ChoiceCall    = "call-me:"
	choiceTime    = "call-at:"     // team, begin and end in Unix seconds
	pendingNumber = "call-number:" // team
	pendingTime   = "call-time:"   // team, seq of the message with the number
	timesOffered  = 6
)

// callAt is the quick reply for a time to be called.
func callAt(team string, w Window) bot.Choice {
	return bot.Choice{ID: fmt.Sprintf("%s%s:%d:%d", choiceTime, team, w.From.Unix(), w.Until.Unix()), Label: w.Text}
}

// readCallAt reads the id of such a quick reply.
func readCallAt(choice string) (team string, from, until time.Time, ok bool) {
	rest, ok := strings.CutPrefix(choice, choiceTime)
	parts := strings.Split(rest, ":")
	if !ok || len(parts) != 3 {
		return "", from, until, false
	}
	begin, wrong := strconv.ParseInt(parts[1], 10, 64)
	end, wrong2 := strconv.ParseInt(parts[2], 10, 64)
	return parts[0], time.Unix(begin, 0), time.Unix(end, 0), wrong == nil && wrong2 == nil
}

// Label implements Decider.
func (c *Clerk) Label(choice, language string) (string, bool) {
	if strings.HasPrefix(choice, ChoiceCall) {
		return c.Say("button_call", language), true
	}
	if team, from, until, ok := readCallAt(choice); ok {
		return windowText(from, until, c.cases.hours(team, language).Zone, language), true
	}
	return c.Decider.Label(choice, language)
}

// call goes on with the dialogue; done is false when the visitor speaks of something
// else. d is what Emma would do.
func (c *Clerk) call(ctx context.Context, q bot.Question, d bot.Decision, choice, pending string) (answer bot.Decision, done bool, err error) {
	if team, ok := strings.CutPrefix(choice, ChoiceCall); ok {
		return c.askNumber(q, d, team, "call_number"), true, nil
	}
	if team, from, until, ok := readCallAt(choice); ok {
		_, rest, _ := strings.Cut(pending, pendingTime)
		_, seq, _ := strings.Cut(rest, ":")
		number, err := c.phone(ctx, q.Conversation, seq)
		if err != nil || number == "" { // a time of an earlier dialogue
			return c.askNumber(q, d, team, "call_number"), err == nil, err
		}
		answer, err = c.book(ctx, q, d, team, seq, number, from, until)
		return answer, err == nil, err
	}
	if rest, ok := strings.CutPrefix(pending, pendingTime); ok && choice == "" && len(q.Text) <= 2 && strings.Trim(q.Text, "0123456789") == "" {
		team, seq, _ := strings.Cut(rest, ":")
		return c.askTime(q, d, team, seq, "call_time"), true, nil // there is no such number in the list
	}
	team, ok := strings.CutPrefix(pending, pendingNumber)
	if !ok || choice != "" {
		return bot.Decision{}, false, nil
	}
	seq := strconv.FormatInt(q.Seq, 10)
	number, err := c.phone(ctx, q.Conversation, seq)
	switch {
	case err != nil:
		return bot.Decision{}, false, err
	case number != "":
		return c.askTime(q, d, team, seq, "call_time"), true, nil
	case strings.ContainsFunc(q.Text, unicode.IsDigit):
		return c.askNumber(q, d, team, "call_number_wrong"), true, nil
	}
	return bot.Decision{}, false, nil
}

// turn is a step of the dialogue in Emma's words.
func (c *Clerk) turn(q bot.Question, d bot.Decision, name, pending string, choices ...bot.Choice) bot.Decision {
	memory := q.Memory
	memory.Language, memory.Misses, memory.Pending, memory.Offered = d.Memory.Language, 0, pending, nil
	for _, choice := range choices {
		memory.Offered = append(memory.Offered, choice.ID)
	}
	answer := bot.Decision{Action: bot.SmallTalk, Language: d.Language, Signals: []string{"call_back"}, Choices: choices, Memory: memory}
	if name != "" {
		answer.Text = c.Say(name, d.Language)
	}
	return answer
}

func (c *Clerk) askNumber(q bot.Question, d bot.Decision, team, name string) bot.Decision {
	if len(c.cases.Windows(team, d.Language, 1)) == 0 {
		return c.turn(q, d, "call_none", "")
	}
	return c.turn(q, d, name, pendingNumber+team)
}

func (c *Clerk) askTime(q bot.Question, d bot.Decision, team, seq, name string) bot.Decision {
	var times []bot.Choice
	for _, w := range c.cases.Windows(team, d.Language, timesOffered) {
		times = append(times, callAt(team, w))
	}
	if len(times) == 0 {
		return c.turn(q, d, "call_none", "")
	}
	return c.turn(q, d, name, pendingTime+team+":"+seq, times...)
}

// phone is the telephone number behind the marks of a message of the log, or "".
func (c *Clerk) phone(ctx context.Context, conversation, seq string) (string, error) {
	at, err := strconv.ParseInt(seq, 10, 64)
	if err != nil {
		return "", nil
	}
	for number := 1; number <= proofLimit; number++ {
		sealed, err := c.cases.cfg.Store.SealedValue(ctx, conversation, at, number)
		if errors.Is(err, ErrNotFound) {
			return "", nil
		}
		if err != nil {
			return "", fmt.Errorf("reading a telephone number: %w", err)
		}
		if sealed.Kind == bot.Phone {
			return sealed.Value, nil
		}
	}
	return "", nil
}

// book makes the case; the desk's own words about it stand in the log then.
func (c *Clerk) book(ctx context.Context, q bot.Question, d bot.Decision, team, seq, number string, from, until time.Time) (bot.Decision, error) {
	err := c.cases.bookCall(ctx, q.Conversation, q.Seq, number, from, until)
	var field *FieldError
	var refused *Refusal
	switch {
	case errors.As(err, &field) && field.Field == "window":
		return c.askTime(q, d, team, seq, "call_gone"), nil
	case errors.As(err, &field):
		return c.askNumber(q, d, team, "call_number_wrong"), nil
	case errors.As(err, &refused):
		return c.turn(q, d, "call_full", ""), nil
	case err != nil && !errors.Is(err, ErrState): // with an agent nothing is booked, and Emma is silent
		return bot.Decision{}, err
	}
	return c.turn(q, d, "", ""), nil
}
