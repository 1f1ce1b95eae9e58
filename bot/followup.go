package bot

import "slices"

// InContext is the signal of a decision on a follow-up, which was understood with the
// question before it.
const InContext = "context"

// mostFollowUpWords is the length up to which a message may lean on the turn before.
const mostFollowUpWords = 9

// inContext understands a short follow-up ("how much is it?") with the question that
// was answered before. A message that names a topic of its own is left alone.
func (t *turn) inContext() error {
	if t.memory.Asked == "" || len(t.said) > mostFollowUpWords {
		return nil
	}
	best, ok := t.best()
	sure := ok && best.Confidence >= t.found.Answer
	leaning := t.hears("follow_up") || t.bot.signals.onlyOf("follow_up_word", t.said)
	if !leaning || sure && !t.bot.signals.onlyOf("follow_up_word", t.said) {
		return nil
	}
	joined, err := t.lookUp(t.memory.Asked+" "+t.text, t.language())
	if err != nil {
		return err
	}
	if len(joined.Hits) == 0 || joined.Hits[0].Confidence < joined.Clarify || sure && joined.Hits[0].Confidence < best.Confidence {
		return nil
	}
	// The same article again is no answer to a second question when the follow-up
	// words alone lead somewhere else.
	if sure && joined.Hits[0].Article.ID == t.memory.Article {
		return nil
	}
	t.note(InContext)
	t.found = &joined
	return nil
}

// onlyOf reports whether every word of the message is one of a signal.
func (s *signals) onlyOf(name string, said []*heard) bool {
	return len(said) > 0 && !slices.ContainsFunc(said, func(h *heard) bool {
		_, ok := s.matchAt(name, []*heard{h}, 0)
		return !ok
	})
}
