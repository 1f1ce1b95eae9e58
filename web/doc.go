// Package web is how people reach Emma: the sockets of visitors and staff, sign-in,
// the HTTP interface of the editor, and the pages with their scripts.
//
// Only commands import it; it imports handoff, bot and knowledge. It never knows
// the store. The public contract is PROTOCOL.md beside this file.
//
// Invariants:
//
//   - nhooyr.io/websocket is imported in socket.go alone.
//   - A connection keeps a cursor, not a queue of events: when it is woken it reads
//     what comes after the last event it sent. What it has to write besides (receipts,
//     errors) is bounded; over the bound it is closed with a code that says "come back".
//   - One goroutine per connection reads. It hands each frame to a short-lived
//     goroutine and waits for it, so frames are handled in order and its stack stays
//     small. A goroutine that writes exists only while there is something to write.
//   - A bounded number of visitors' messages is handled at the same time. The others wait
//     where they were read, in order, and before that for visitors who come in a rush:
//     being slow for a moment costs less than refusing.
//   - A receipt leaves after the commit, never before.
//   - Messages, tokens and passwords are in no log and in no error text.
//   - Every route is in routes() with who may use it.
//
// The pages are TypeScript in src, built by `go generate` into dist, which is
// committed so that the program builds with Go alone.
package web
