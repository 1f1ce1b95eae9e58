package handoff

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"emma/bot"
	"emma/knowledge"
)

// fewestWords is how many words a message to an agent must have to count as a question
// that others may ask too: shorter ones are talk.
const fewestWords = 4

// Asked reads the general questions out of the whole log of one conversation, in
// order: what Emma answered or could not answer from the knowledge base, and what an
// agent answered. Questions about the visitor's own case, danger, small talk and quick
// replies are left out. Texts are redacted; the ids do not lead back to the conversation.
func Asked(events []Event) []knowledge.Asked {
	r := askedReader{answers: map[int64]int{}, offered: -1, open: -1}
	for _, e := range events {
		switch e.Kind {
		case KindState:
			r.moved(e.State)
		case KindMessage:
			r.message(e)
		case KindFeedback:
			r.feedback(e)
		}
	}
	r.flush()
	return slices.DeleteFunc(r.asked, func(a knowledge.Asked) bool {
		return a.Outcome == "" || a.Outcome == knowledge.OutcomeAgent && a.Reply == ""
	})
}

// askedReader goes through a log.
type askedReader struct {
	state    State
	language string
	asked    []knowledge.Asked
	answers  map[int64]int // Emma's answer → its question
	offered  int           // the question that choices were offered for, or -1
	open     int           // the first question that an agent's reply may answer, or -1
	pending  *Event        // the visitor's last message while nobody has answered it
}

// moved follows the state; what is asked after a return to Emma is another matter.
func (r *askedReader) moved(s State) {
	r.flush()
	if s == StateBot {
		r.open = -1
	}
	r.state = s
}

func (r *askedReader) message(e Event) {
	switch e.Author {
	case AuthorVisitor:
		r.flush()
		if len(e.Choices) > 0 {
			r.chose(e.Choices[0].ID)
			return
		}
		r.pending = &e
	case AuthorEmma:
		if e.Decision != nil {
			r.decided(e)
		}
	case AuthorAgent:
		r.flush()
		r.reply(e)
	}
}

// decided takes Emma's decision on the pending message.
func (r *askedReader) decided(e Event) {
	d := *e.Decision
	r.language = d.Language
	if r.pending == nil {
		return
	}
	p := *r.pending
	r.pending = nil
	outcome := outcomeOf(d)
	if outcome == "" {
		return
	}
	i := r.add(p, outcome)
	a := &r.asked[i]
	a.Article, a.Confidence, a.Language = d.Article, d.Confidence, d.Language
	if len(d.Candidates) > 0 {
		a.Confidence = d.Candidates[0].Confidence
	}
	if outcome == knowledge.OutcomeAnswered {
		r.answers[e.Seq] = i
		return
	}
	if outcome == knowledge.OutcomeUnsure {
		r.offered = i
	}
	if r.open < 0 {
		r.open = i
	}
}

// outcomeOf is how Emma did, or empty for what no article can change.
func outcomeOf(d bot.Decision) knowledge.Outcome {
	switch {
	case d.Action == bot.Answer && d.Reason == "" && d.Confidence > 0:
		return knowledge.OutcomeAnswered
	case d.Action == bot.Clarify && d.Reason == "":
		return knowledge.OutcomeUnsure
	case d.Reason == bot.LowConfidence || d.Reason == bot.RepeatedMiss || d.Reason == bot.UnknownWords:
		return knowledge.OutcomeUnanswered
	}
	return ""
}

// flush keeps a message that nobody decided on: it went to an agent.
func (r *askedReader) flush() {
	p := r.pending
	r.pending = nil
	if p == nil || r.state != StateAgent || len(strings.Fields(p.Text)) < fewestWords || strings.ContainsRune(bot.Redact(p.Text), '[') {
		return // talk, or something with a number or a name: it is about this visitor
	}
	i := r.add(*p, knowledge.OutcomeAgent)
	if r.open < 0 || r.asked[r.open].Reply != "" {
		r.open = i
	}
}

func (r *askedReader) add(e Event, outcome knowledge.Outcome) int {
	r.asked = append(r.asked, knowledge.Asked{
		ID: opaque("question", e.Conversation, strconv.FormatInt(e.Seq, 10)), Visitor: opaque("visitor", e.Conversation),
		At: e.At, Language: r.language, Text: bot.Redact(e.Text), Outcome: outcome,
	})
	return len(r.asked) - 1
}

// chose notes which of the offered articles was the right one.
func (r *askedReader) chose(choice string) {
	if article, ok := strings.CutPrefix(choice, "article:"); ok && r.offered >= 0 {
		r.asked[r.offered].Article = article
	}
	r.offered = -1
}

// reply gives an agent's words to the questions that wait for them. Of several
// messages the longest is kept: the others are greetings and thanks.
func (r *askedReader) reply(e Event) {
	if r.open < 0 {
		return
	}
	text := bot.Redact(e.Text)
	for i := r.open; i < len(r.asked); i++ {
		a := &r.asked[i]
		if a.Outcome != knowledge.OutcomeAnswered && utf8.RuneCountInString(text) > utf8.RuneCountInString(a.Reply) {
			a.Reply = text
		}
	}
}

// feedback marks an answer; the last feedback counts.
func (r *askedReader) feedback(e Event) {
	i, ok := r.answers[e.Target]
	if !ok {
		return
	}
	r.asked[i].Outcome, r.asked[i].Helped = knowledge.OutcomeUnhelpful, e.Helpful
	if e.Helpful {
		r.asked[i].Outcome = knowledge.OutcomeAnswered
	}
}

// opaque is a name that cannot be followed back.
func opaque(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}
