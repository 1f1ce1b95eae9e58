package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"emma/knowledge"
)

// Bot decides. It is immutable and safe for concurrent use.
type Bot struct {
	base Searcher
	Phrases
	own       []string
	menuOrder []MenuTopic
	listening listening
}

// New makes a bot that knows what the searcher finds and says the phrases. own are the
// phone numbers and e-mail addresses of the agency itself, which are never sealed.
func New(base Searcher, phrases Phrases, own ...string) *Bot {
	return &Bot{base: base, Phrases: phrases, own: own}
}

// turn is one message while it is being decided.
type turn struct {
	bot      *Bot
	ctx      context.Context
	question Question
	text     string   // without the notes of Mask and the marks of Seal
	said     []*heard // the words, typing errors in words that matter mended
	fired    []bool   // of each signal by its number: it fires
	marks    []mark
	memory   Memory
	signals  []string
	observed weights           // what the model saw of the message
	chances  []float64         // of each kind, as the model sees it
	strange  bool              // the model knows few of the words
	found    *knowledge.Result // of the plain text; nil until searched
}

// Decide says what Emma does with one message. It fails only when the searcher
// does, which is when the context ends.
func (b *Bot) Decide(ctx context.Context, q Question) (Decision, error) {
	t := b.read(q)
	t.ctx = ctx
	if q.Choice != "" {
		t.memory.Language = t.language()
		d, err := t.choose(q.Choice)
		return t.close(d), err
	}
	if t.telling() {
		t.observed = b.model.sum(t.signs)
		t.chances = t.observed.probabilities()
		t.strange = b.model.strange(t.said)
	}
	if err := t.decideLanguage(); err != nil {
		return Decision{}, err
	}
	for _, rule := range []func() (Decision, bool, error){
		t.picked, t.danger, t.person, t.numbered, t.agreed, t.talk, t.ownCase, t.legal,
	} {
		d, decided, err := rule()
		if err != nil {
			return Decision{}, fmt.Errorf("deciding: %w", err)
		}
		if decided {
			return t.close(d), nil
		}
	}
	d, err := t.retrieve()
	if err != nil {
		return Decision{}, fmt.Errorf("deciding: %w", err)
	}
	return t.close(d), nil
}

// read takes a message apart. A raw text and its sealed form read the same.
func (b *Bot) read(q Question) *turn {
	t := &turn{bot: b, question: q, memory: q.Memory}
	t.memory.Seen = maps.Clone(q.Memory.Seen)
	masked, _ := Mask(q.Text)
	sealed, _ := b.Seal(masked)
	t.text, t.marks = readMarks(unmasked(sealed))
	t.said = b.ear.hear(words(t.text))
	t.fired = b.signals.firing(t.said)
	return t
}

// telling reports whether the model knows anything of the message: a word, or a signal.
func (t *turn) telling() bool {
	if slices.ContainsFunc(t.said, func(h *heard) bool { return h.known }) {
		return true
	}
	for number, fired := range t.fired {
		if fired && telling(t.bot.signals.names[number]) {
			return true
		}
	}
	return false
}

// signs are what the model sees of the message.
func (t *turn) signs(tell func(a, b, c, d string)) {
	t.bot.signals.signs(t.fired, t.said, strings.ContainsRune(t.text, '?'), tell)
}

// language is the language that Emma answers in.
func (t *turn) language() string {
	if t.memory.Language == knowledge.Spanish {
		return knowledge.Spanish
	}
	return knowledge.English
}

// fires reports whether the named signal is in the message.
func (t *turn) fires(signal string) bool {
	number, known := t.bot.signals.number[signal]
	return known && t.fired[number]
}

// hears is fires, and notes the signal.
func (t *turn) hears(signal string) bool {
	if t.fires(signal) {
		t.signals = append(t.signals, signal)
		return true
	}
	return false
}

// chance is how probable it is that the message is of a kind.
func (t *turn) chance(kind string) float64 {
	if t.chances == nil {
		return 0
	}
	return t.chances[slices.Index(kinds(), kind)]
}

// is reports whether the message is of a kind: the model is sure of it, or a list says
// so and the model does not rule it out. Where the model knows few of the words, it has
// to be surer.
func (t *turn) is(kind string, listed bool) bool {
	p, is := t.likely(kind, listed)
	if is {
		t.note(fmt.Sprintf("%s:%.2f", kind, p))
	}
	return is
}

// likely is is without a note, and the probability.
func (t *turn) likely(kind string, listed bool) (p float64, is bool) {
	limit := limitOf(kind)
	p = t.chance(kind)
	sure := limit.sure
	if t.strange {
		sure = limit.strange
	}
	return p, p >= sure || listed && p >= limit.listed
}

// note records a signal that a decision rests on.
func (t *turn) note(signal string) { t.signals = append(t.signals, signal) }

// seen counts what is done only once in a conversation and returns how often it
// was done before.
func (t *turn) seen(what string) int {
	before := t.memory.Seen[what]
	if t.memory.Seen == nil {
		t.memory.Seen = map[string]int{}
	}
	t.memory.Seen[what]++
	return before
}

// say makes a decision with sentences of Emma's, joined as paragraphs.
func (t *turn) say(action Action, reason Reason, keys ...string) Decision {
	var parts []string
	for _, key := range keys {
		parts = append(parts, t.bot.Say(key, t.language()))
	}
	text := strings.Join(parts, "\n\n")
	return Decision{Action: action, Reason: reason, Text: text, HTML: paragraph(text)}
}

// handoff brings a person, or says that one is coming when the visitor is in line.
func (t *turn) handoff(reason Reason, keys ...string) Decision {
	t.memory.Misses = 0
	if t.question.Waiting {
		return t.inLine()
	}
	return t.say(Handoff, reason, keys...)
}

// inLine is said while the visitor waits and Emma has nothing sure to say: once,
// then she is silent.
func (t *turn) inLine() Decision {
	if t.seen("waiting_noted") == 0 {
		return t.say(SmallTalk, "", "waiting_noted")
	}
	return Decision{Action: SmallTalk}
}

// close fills in what every decision has.
func (t *turn) close(d Decision) Decision {
	d.Language = t.language()
	d.Signals = t.signals
	t.memory.Language = d.Language
	t.memory.Offered = nil
	for _, c := range d.Choices {
		t.memory.Offered = append(t.memory.Offered, c.ID)
	}
	if t.found != nil {
		d.Change = t.found.Change
		for _, hit := range t.found.Hits[:min(5, len(t.found.Hits))] {
			d.Candidates = append(d.Candidates, Candidate{Article: hit.Article.ID, Confidence: hit.Confidence})
		}
	}
	if d.Text != "" && t.contact() && t.seen("sealed") == 0 {
		told := t.bot.Say("sealed_notice", t.language())
		d.Text, d.HTML = d.Text+"\n\n"+told, d.HTML+paragraph(told)
	}
	d.Memory = t.memory
	return d
}

// contact reports whether an address, a phone number or a date of birth was sealed.
func (t *turn) contact() bool {
	return slices.ContainsFunc(t.marks, func(m mark) bool { return m.kind == Email || m.kind == Phone || m.kind == BirthDate })
}

func (t *turn) choice(id string) Choice {
	label, _ := t.bot.Label(id, t.language())
	return Choice{ID: id, Label: label}
}
