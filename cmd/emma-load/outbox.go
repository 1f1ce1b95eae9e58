package main

import (
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// outbox holds the commands of one sender in one conversation that are not acknowledged. One is under way at a time, so
// that the order of the acknowledgements is the order in which they were given. It is not safe for concurrent use.
type outbox struct {
	queue []*letter
	under bool // queue[0] was sent on the present socket and has no answer yet
}

// letter is a command with the id that it keeps however often it is sent.
type letter struct {
	command
	at       time.Time // when the schedule wanted it sent
	sent     bool      // it left at least once
	refusals int       // for which it has to be sent again
	seen     bool      // its event came before its acknowledgement
}

// put appends a command with a new id. It refuses when 64 are waiting: the server has been away for long.
func (o *outbox) put(c command, at time.Time) (*letter, bool) {
	if len(o.queue) >= 64 {
		return nil, false
	}
	c.ID = uuid.NewString()
	l := &letter{command: c, at: at}
	o.queue = append(o.queue, l)
	return l, true
}

// take is the command to send now, or nil; first says that it leaves for the first time.
func (o *outbox) take() (l *letter, first bool) {
	if o.under || len(o.queue) == 0 {
		return nil, false
	}
	l = o.queue[0]
	first, l.sent, o.under = !l.sent, true, true
	return l, first
}

// head is the command under way if it has this id.
func (o *outbox) head(id string) *letter {
	if o.under && o.queue[0].ID == id {
		return o.queue[0]
	}
	return nil
}

// done removes the command under way: it was acknowledged or refused for good.
func (o *outbox) done() { o.queue, o.under = o.queue[1:], false }

// again makes the command under way wait to be sent once more: the socket broke, or the server asked for a pause.
func (o *outbox) again() { o.under = false }

// passing reports whether an error code asks to send the same command again after a pause.
func passing(code string) bool { return code == "rate" || code == "busy" || code == "internal" }

// pause is the wait before a command that the server could not take is sent again, as in the widget: half a second, and
// more and more at random.
func (l *letter) pause() time.Duration {
	l.refusals++
	return 500*time.Millisecond + rand.N(2*time.Second*time.Duration(l.refusals))
}

// jitter is the pause before try n (0, 1, …) to reconnect: full jitter, as the protocol says.
func jitter(n int) time.Duration {
	if n < 8 {
		return rand.N(2 * time.Second)
	}
	return rand.N(30 * time.Second)
}

// lasting reports whether the protocol forbids to reconnect after this close code (0: the connection broke).
func lasting(code int) bool {
	switch code {
	case 1000, 1003, 1007, 1008, 1009:
		return true
	}
	return code >= 4500 && code < 5000
}
