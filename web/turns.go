package web

import (
	"sync"
	"time"
)

const (
	// rushSize is how many visitors come in at the same moment in a rush: after a restart
	// thousands do, otherwise hardly two. It is over when there are but rushOver.
	rushSize, rushOver = 32, 8
	// rushPatience bounds how long a message lets a rush go first.
	rushPatience = 2 * time.Second
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
	entering int
	over     chan struct{} // in a rush: closed when it is over; else nil
}

func newTurns() *turns {
	return &turns{places: make(chan struct{}, atOnce), ended: make(chan struct{})}
}

// enter counts a visitor who is being let in, until done is called.
func (t *turns) enter() (done func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.entering++; t.entering >= rushSize && t.over == nil {
		t.over = make(chan struct{})
	}
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.entering--; t.entering <= rushOver && t.over != nil {
			close(t.over)
			t.over = nil
		}
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
