// Package handoff is the desk: conversations between a visitor, Emma and the
// staff, the line in front of a person, opening hours and the staff itself.
//
// It may be imported by web, by the store and by commands; it imports bot and
// knowledge. It does no I/O: the Store, the Bus and the Decider are given to it.
//
// A conversation is an append-only log of events numbered 1, 2, 3 … without gaps
// (Event), and a few fields that follow from it (Conversation). What may happen in
// which state is decided by pure moves on a Conversation; Desk loads, moves, saves
// and tells. Invariants:
//
//   - An event is written in the same transaction as the state that it changes.
//   - A command with an id is applied once: the same id from the same sender gives
//     the same receipt, other content under that id is ErrConflict.
//   - A conversation in StateAgent has exactly one agent; only that agent speaks to
//     the visitor, and Emma is silent.
//   - WaitingSince is set when a visitor first joins the line and kept until Emma
//     has the conversation again or it is closed: whoever comes back to the line
//     (transfer, agent lost) stands where they stood.
//   - Every message of a visitor while Emma has the turn is answered exactly once,
//     also when the process dies between the message and the answer: AnsweredSeq
//     moves in the transaction that appends the answer, and Recover looks for the rest.
package handoff
