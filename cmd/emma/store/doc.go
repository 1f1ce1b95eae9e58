// Package store keeps everything that must survive in SQL: conversations and
// their events, staff and sessions, articles and their revisions. It also carries
// the signals that tell connections and nodes what changed.
//
// Only commands import it; it imports handoff, bot and knowledge for their types.
// It never knows web.
//
// One set of statements serves SQLite and PostgreSQL: $1 for arguments, TEXT ids,
// BIGINT Unix milliseconds, JSON as TEXT, RETURNING, ON CONFLICT. What differs
// between the engines is confined to open.go, migrate.go and relay.go.
//
// Invariants:
//
//   - All writes go through a writer: a goroutine that owns one connection, takes
//     every job that waits into one transaction (savepoints only when one of them
//     fails) and answers them together after the commit. SQLite syncs the log at each commit
//     (synchronous=FULL, with fdatasync where there is one); PostgreSQL runs with synchronous_commit=on.
//   - Nobody hears of a change before it is durable: receipts and signals leave after
//     the commit.
//   - The first statement of every change of a conversation raises its last_seq,
//     which locks the row, so numbers have no gaps on either engine. SQLite's writer has
//     the whole database while it writes: it does without for a conversation that it wrote
//     itself, as long as no other process has written since (known.go). A step on such a
//     conversation is applied before its turn comes and taken if it still fits (draft.go).
//   - The queue of a writer is bounded; when it is full the job is refused with
//     handoff.ErrBusy instead of waiting for seconds.
//   - Agents are locked before conversations, each in the order of their ids: what gives
//     an agent more to do counts what they have while nobody else can add to it.
//   - A backup is a SQLite file with the tables of both engines, taken from one
//     snapshot; a restore fills only what is empty and makes a new epoch.
//   - Within a batch jobs run in the order of their conversations' ids (those of one
//     conversation in the order they came), so two nodes never wait for each other
//     in a circle.
package store
