package handoff

import (
	"context"

	"emma/bot"
)

// glimpse is what Emma needs to know of a conversation to decide on its next message.
type glimpse struct {
	lastSeq, answered int64
	ready             bool // it is her turn, and she owes nothing and is in no dialogue
	waiting           bool
	memory            bot.Memory
}

func glimpseOf(c Conversation) glimpse {
	return glimpse{lastSeq: c.LastSeq, answered: c.AnsweredSeq, waiting: c.State == StateWaiting, memory: c.Memory,
		ready: c.emmasTurn() && !c.OwesAnswer() && c.Memory.Pending == ""}
}

// Chat is a conversation as one connection of its visitor sees it. It remembers how the
// conversation was after its last message, so that it need not be read before the next.
// It is not safe for concurrent use.
type Chat struct {
	desk *Desk
	id   string
	seen *glimpse // nil when it has to be read
}

// Chat returns the conversation for a connection that goes on with it.
func (d *Desk) Chat(a Arrival) *Chat { return &Chat{desk: d, id: a.Conversation, seen: a.seen} }

// Say is Desk.Say.
func (c *Chat) Say(ctx context.Context, id, text string) (Receipt, error) {
	receipt, err := c.desk.say(ctx, c.id, c.seen, id, text)
	if c.seen = &receipt.seen; err != nil || receipt.Owed { // it is, or will be, otherwise
		c.seen = nil
	}
	return receipt, err
}

// Forget says that the conversation is another now: its visitor did something else.
func (c *Chat) Forget() { c.seen = nil }

// foresee lets Emma decide on a plain message before it is stored, so that it and her
// words take one transaction: the visitor waits for one write to the disk and not for
// two. What was seen of the conversation may be old: then the verdict does not fit and
// is dropped. It returns nil when the message has to be stored first: when she is busy,
// when she is in a dialogue that books something or asked for what stands behind a mark,
// and when anything fails.
func (d *Desk) foresee(ctx context.Context, id string, seen *glimpse, said Body) *verdict {
	if len(said.Sealed) > 0 {
		return nil
	}
	if seen == nil {
		c, err := d.store.Conversation(ctx, id)
		if err != nil {
			return nil
		}
		g := glimpseOf(c)
		seen = &g
	}
	if !seen.ready {
		return nil
	}
	done, ok := d.intake.turnSoon(ctx)
	if !ok {
		return nil
	}
	defer done()
	v, err := d.decide(ctx, id, question{seq: seen.lastSeq + 1, answered: seen.answered, text: said.Text, memory: seen.memory, waiting: seen.waiting})
	if err != nil {
		return nil
	}
	return &v
}
