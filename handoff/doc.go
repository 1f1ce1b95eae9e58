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
//   - Who takes conversations is there: a connection within the grace time, and a person
//     within Config.Idle. What a client does by itself is no sign of a person.
//   - WaitingSince is set when a visitor first joins the line and kept until Emma
//     has the conversation again or it is closed: whoever comes back to the line
//     (transfer, agent lost) or changes it with their language stands where they stood.
//   - Every message of a visitor while Emma has the turn is answered exactly once,
//     also when the process dies between the message and the answer: AnsweredSeq
//     moves in the transaction that appends the answer, and Recover looks for the rest.
//     Mostly that is the transaction of the message: Emma has thought before it, and
//     what she thought counts only if nothing else happened in the conversation.
//
// What Emma says, the order of her menu and further words that she reacts to at once are
// the editors': Script is the Decider that holds to what they saved, on every node.
//
// What stays to be done after the chat is a Case: a message, a wish to be called, or a
// service request. Its service is Cases, its invariants:
//
//   - A case belongs to one conversation and changes only together with an event of its
//     log, in one transaction (CaseStore.ChangeCase); so whoever reads the log again
//     after any time away misses nothing, and commands are idempotent as there.
//   - Its reference is drawn at random, carries a check digit, and shows nothing without
//     the e-mail address or receipt number that was given with it; wrong tries are
//     counted for the asker and for the reference (Cases.Status).
//   - A receipt number is kept apart. It leaves through Cases.Reveal, which first writes
//     down who asks.
//   - A Letter is written in the transaction of the change it tells of: one change, one
//     letter. It is never sent again when the mail server may have it already. SMTP
//     cannot promise more: if we or the network die between the end of a mail and the
//     server's answer, nobody can know whether it was taken. Such a letter is doubtful
//     and waits for a person, who may send it again under the same Message-ID; the
//     answer itself stands in the visitor's chat in any case.
package handoff
