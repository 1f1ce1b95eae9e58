package web

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// restingHands is how many goroutines may wait for work.
	restingHands = 128
	// handsRest is how long one waits before it ends.
	handsRest = time.Second
)

// hands are the goroutines that decode, store and write for all sockets. They do one
// piece of work after the other, since a new goroutine would first have to grow the deep
// stack that this takes. There are as many as there is work at the same time; few of
// them stay when there is none.
type hands struct {
	work    chan func()
	resting atomic.Int64
	ended   <-chan struct{}
}

// newHands makes hands that end soon after ctx has.
func newHands(ctx context.Context) *hands {
	return &hands{work: make(chan func()), ended: ctx.Done()}
}

// do begins a piece of work and does not wait for it.
func (h *hands) do(work func()) {
	select {
	case h.work <- work:
	default:
		go h.keep(work)
	}
}

// keep does its first piece of work and then what comes.
func (h *hands) keep(work func()) {
	rest := time.NewTimer(handsRest)
	defer rest.Stop()
	for ok := true; ok; work, ok = h.next(rest) {
		work()
	}
}

// next waits for more work; ok is false when this goroutine is of no more use.
func (h *hands) next(rest *time.Timer) (work func(), ok bool) {
	defer h.resting.Add(-1)
	if h.resting.Add(1) > restingHands {
		return nil, false
	}
	rest.Reset(handsRest)
	select {
	case work = <-h.work:
		return work, true
	case <-rest.C:
	case <-h.ended:
	}
	return nil, false
}
