// Package bot is Emma's head: it decides what she does with a message of a visitor
// (answer, ask back, bring a person, decline, small talk) and what she says.
//
// It may be imported by handoff, web and cmd, and imports only knowledge. It does no
// I/O: what Emma knows comes through the [Searcher], what she says and which words
// she listens for come from [Phrases], which are data. A decision depends on nothing
// but the question, its memory, the phrases and the searcher's answers; the same
// input gives the same decision, so that a stored one can be replayed.
//
// The order of the rules is the order of what matters: danger, a wish for a person,
// the visitor's own case, small talk and abuse, legal advice, then the knowledge
// base with its calibrated confidence. Words that editors added ([Trigger]) count before
// those that Emma knows by herself. Danger, wishes and cases are recognised
// before retrieval because a search cannot tell them from general questions: by a
// linear model over words, pairs of words and the signals of the lists in phrases,
// fitted on the fitting halves of the files in testdata. Their tests print what becomes
// of the messages that nothing was fitted on.
//
// A decision is made on the sealed text of the log, in which marks stand for numbers
// and addresses of persons (Mask, Seal); raw and sealed text are decided alike.
//
// Invariants:
//   - Emma says only published articles and her phrases; she makes up nothing.
//   - No text of a visitor enters a decision's signals or candidates.
//   - A second miss in a row brings a person; she never asks back twice in a row.
//   - While the visitor waits in line she never starts a second hand-off.
//   - The cost of a decision is linear in the length of the message.
package bot
