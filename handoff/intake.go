package handoff

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// mostOwed is how many messages may wait for Emma on one node: about two seconds of work.
// One more is refused before anything is done with it: who tries again in a moment is
// better off than who waits longer, and refusing must cost next to nothing when there is
// too much to do.
const mostOwed = 4000

// mostForeseen is how many messages may wait to be decided on before they are stored:
// that takes Emma a tenth of a second. Beyond it a message is acknowledged first, which
// costs a transaction more.
const mostForeseen = 400

// intake bounds the work on answers. Emma decides on as many messages at once as there
// are processors, so that storing what she said never waits behind thousands of others
// that she thinks about.
type intake struct {
	turns chan struct{}
	owed  atomic.Int64
	ended chan struct{}
	once  sync.Once
}

func newIntake() *intake {
	return &intake{turns: make(chan struct{}, runtime.GOMAXPROCS(0)), ended: make(chan struct{})}
}

// full reports whether another message has to be refused.
func (i *intake) full() bool { return i.owed.Load() >= mostOwed }

// turn waits until Emma may decide on a message, and counts it as owed meanwhile. Unless
// it fails, with context.Canceled when the desk is about to stop or with what ended the
// context, done must be called.
func (i *intake) turn(ctx context.Context) (done func(), err error) {
	i.owed.Add(1)
	defer i.owed.Add(-1)
	select {
	case <-i.ended:
		return nil, context.Canceled
	default:
	}
	select {
	case <-i.ended:
		return nil, context.Canceled
	case i.turns <- struct{}{}:
		return func() { <-i.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// turnSoon is turn for who would rather not wait long; ok is false when too many wait
// already, and when it fails.
func (i *intake) turnSoon(ctx context.Context) (done func(), ok bool) {
	if i.owed.Load() >= mostForeseen {
		return nil, false
	}
	done, err := i.turn(ctx)
	return done, err == nil
}

// StopAnswering lets Emma begin with no further message, so that a server stops soon
// however many wait for her. They are stored: Recover answers them, here after the next
// start or on another node.
func (d *Desk) StopAnswering() { d.intake.once.Do(func() { close(d.intake.ended) }) }
