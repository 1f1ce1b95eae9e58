package web

import (
	"sync"
	"time"
)

const (
	// rushSize is how many visitors come in within rushWindow in a rush: after a restart
	// thousands come in seconds. It is over when there are fewer than rushOver, which two
	// windows tell at the latest: so long does a message wait that comes after the last.
	rushSize, rushOver = 20, 8
	rushWindow         = 40 * time.Millisecond
	// rushPatience bounds how long a message lets a rush go first.
	rushPatience = 4 * time.Second
	// atOnce is how many messages of visitors are handled at the same time. More would
	// not be done sooner, and each takes a deep stack.
	atOnce = 128
	// turnPatience bounds how long a message waits to be handled. After that it may be
	// refused, for there is too much to do.
	turnPatience = 10 * time.Second
)

// turns orders what visitors send. Visitors who come are let in before messages are
// handled: when all come back at once, a message that waits a moment does less harm than
// a visitor who is not let in. Messages have their turn in the order in which they came.
// It is safe for concurrent use.
type turns struct {
	places chan struct{} // taken
	ended  chan struct{}
	once   sync.Once

	mu       sync.Mutex
	came     int           // in this window
	watching bool          // this window will be looked at when it ends
	over     chan struct{} // in a rush: closed when it is over; else nil
}

func newTurns() *turns {
	return &turns{places: make(chan struct{}, atOnce), ended: make(chan struct{})}
}

// enter counts a visitor who comes in.
func (t *turns) enter() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.came++
	t.watch()
}

// watch sees to it that this window is looked at. t.mu is held.
func (t *turns) watch() {
	if !t.watching {
		t.watching = true
		time.AfterFunc(rushWindow, t.look)
	}
}

// look begins or ends a rush by how many came in the window that has passed.
func (t *turns) look() {
	t.mu.Lock()
	defer t.mu.Unlock()
	came := t.came
	t.came, t.watching = 0, false
	switch {
	case came >= rushSize && t.over == nil:
		t.over = make(chan struct{})
	case came < rushOver && t.over != nil:
		close(t.over)
		t.over = nil
	}
	if t.over != nil {
		t.watch()
	}
}

// take waits for the turn of a message; done must be called when it is handled.
func (t *turns) take() (done func()) {
	t.mu.Lock()
	over := t.over
	t.mu.Unlock()
	if over != nil {
		patience := time.NewTimer(rushPatience)
		defer patience.Stop()
		select {
		case <-over:
		case <-patience.C:
		case <-t.ended:
		}
	}
	select {
	case t.places <- struct{}{}:
		return t.free
	default:
	}
	patience := time.NewTimer(turnPatience)
	defer patience.Stop()
	select {
	case t.places <- struct{}{}:
		return t.free
	case <-patience.C:
	case <-t.ended:
	}
	return func() {}
}

func (t *turns) free() { <-t.places }

// end lets nobody wait any longer: the server stops.
func (t *turns) end() { t.once.Do(func() { close(t.ended) }) }
