package handoff

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"emma/bot"
)

// Clerk is a Decider that tells visitors how far their case is when they write its
// reference. Everything else it leaves to Emma, also what she says to danger and to a
// wish for a person. It also leads the dialogue in which a visitor asks to be called. A case of the same conversation is shown at once; for another one
// it asks for the e-mail address or receipt number that was given with it, and reads it
// from behind the marks of the message, since it does not stand in the log.
type Clerk struct {
	Decider
	cases  *Cases
	number *regexp.Regexp
}

// NewClerk puts a clerk before Emma.
func NewClerk(emma Decider, cases *Cases) *Clerk {
	return &Clerk{Decider: emma, cases: cases, number: regexp.MustCompile(`\b1(?:[-–. ]?\d){9}\b`)}
}

// pendingCase stands in the memory before the reference for which proof was asked.
const pendingCase = "case:"

// Decide implements Decider.
func (c *Clerk) Decide(ctx context.Context, q bot.Question) (bot.Decision, error) {
	before := q.Memory.Pending
	pending, asked := strings.CutPrefix(before, pendingCase)
	if asked || strings.HasPrefix(before, pendingNumber) || strings.HasPrefix(before, pendingTime) {
		q.Memory.Pending = ""
	}
	d, err := c.Decider.Decide(ctx, q)
	if err != nil || q.Conversation == "" || d.Reason == bot.Safety || d.Reason == bot.WantsPerson {
		return d, err
	}
	choice := q.Choice
	if choice == "" {
		choice = d.Picked
	}
	answer, done, err := c.call(ctx, q, d, choice, before)
	if done || err != nil {
		return answer, err
	}
	if q.Choice != "" {
		return d, nil
	}
	proofs, err := c.proofs(ctx, q)
	if err != nil {
		return bot.Decision{}, err
	}
	reference := c.reference(q.Text)
	if reference == "" && asked && len(proofs) > 0 {
		reference = pending
	}
	if reference == "" {
		return d, nil
	}
	memory := q.Memory
	memory.Language, memory.Misses = d.Memory.Language, 0
	text, found, err := c.tell(ctx, q, reference, proofs, d.Language)
	if err != nil {
		return bot.Decision{}, err
	}
	answer = bot.Decision{Action: bot.SmallTalk, Language: d.Language, Text: text, Signals: []string{"case_status"}}
	if !found && len(proofs) == 0 {
		memory.Pending = pendingCase + reference
		answer.Offers = []string{OfferStatus}
	}
	answer.Memory = memory
	return answer, nil
}

// tell is what is said about a reference, and whether it shows the case.
func (c *Clerk) tell(ctx context.Context, q bot.Question, reference string, proofs []string, language string) (string, bool, error) {
	k, err := c.cases.cfg.Store.Case(ctx, reference)
	if err == nil && k.Conversation == q.Conversation {
		return c.cases.StatusText(k, language), true, nil
	}
	if len(proofs) == 0 {
		return c.Say("case_proof", language), false, nil
	}
	for _, proof := range proofs {
		k, err = c.cases.Status(ctx, reference, proof, "conversation/"+q.Conversation)
		switch {
		case err == nil:
			return c.cases.StatusText(k, language), true, nil
		case errors.Is(err, ErrGuesses):
			return c.Say("case_guesses", language), false, nil
		case !errors.Is(err, ErrNotFound):
			return "", false, err
		}
	}
	return c.Say("case_no_match", language), false, nil
}

// reference finds the reference in a text, or returns "".
func (c *Clerk) reference(text string) string {
	for _, number := range c.number.FindAllString(text, 3) {
		if reference, err := ParseReference(number); err == nil {
			return reference
		}
	}
	return ""
}

// proofLimit bounds the marks of one message that are tried as proof.
const proofLimit = 3

// proofs are the addresses and receipt numbers behind the marks of a message.
func (c *Clerk) proofs(ctx context.Context, q bot.Question) ([]string, error) {
	if !strings.Contains(q.Text, " · ") { // no marks
		return nil, nil
	}
	var list []string
	for number := 1; number <= proofLimit; number++ {
		sealed, err := c.cases.cfg.Store.SealedValue(ctx, q.Conversation, q.Seq, number)
		if errors.Is(err, ErrNotFound) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading a proof: %w", err)
		}
		if sealed.Kind == bot.Email || sealed.Kind == bot.Receipt {
			list = append(list, sealed.Value)
		}
	}
	return list, nil
}
