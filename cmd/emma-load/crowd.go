package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// crowd is all visitors of a run.
type crowd struct {
	visitors []*visitor
	tally    *tally
	running  sync.WaitGroup
	alive    context.Context // ends when the crowd disperses
	stop     context.CancelFunc
}

// newCrowd makes n visitors; the share person of them, spread evenly, wants to talk to a person.
func newCrowd(n int, person float64, s *site) *crowd {
	c := &crowd{tally: s.tally}
	c.alive, c.stop = context.WithCancel(context.Background())
	for i := range n {
		c.visitors = append(c.visitors, &visitor{site: s, n: i, person: int(float64(i+1)*person) > int(float64(i)*person)})
	}
	return c
}

// connect lets all visitors connect and waits until they are welcome, at most for patience.
func (c *crowd) connect(ctx context.Context, patience time.Duration) error {
	for _, v := range c.visitors {
		c.running.Go(func() { v.live(c.alive) })
	}
	n := int64(len(c.visitors))
	ok := until(ctx, patience, func() bool { return c.tally.up.Load() >= n })
	c.tally.expect(n)
	if !ok && ctx.Err() == nil {
		return fmt.Errorf("only %d of %d visitors were welcome within %v", c.tally.connected.Load(), n, patience)
	}
	return nil
}

// pace gives the visitors their turns, one after the other, each once in every, for the time given. The schedule does
// not wait for anything: a late turn keeps the time at which it was due.
func (c *crowd) pace(ctx context.Context, every, length time.Duration, words []string) {
	gap := every / time.Duration(len(c.visitors))
	began := time.Now()
	var turns sync.WaitGroup
	defer turns.Wait()
	for i := 0; ; i++ {
		due := time.Duration(i) * gap
		if due >= length {
			return
		}
		at := began.Add(due)
		for wait := time.Until(at); wait > 0 && ctx.Err() == nil; wait = time.Until(at) {
			pause(min(wait, 100*time.Millisecond))
		}
		if ctx.Err() != nil {
			return
		}
		v, text := c.visitors[i%len(c.visitors)], words[(i+i/len(c.visitors))%len(words)]
		turns.Go(func() { v.turn(c.alive, at, text) })
		runtime.Gosched() // to the turn: to wake a thread for it takes a while
	}
}

// settle waits until nothing is outstanding, at most for patience, and reports how many commands have no answer.
func (c *crowd) settle(patience time.Duration) (unacked int) {
	until(c.alive, patience, func() bool {
		for _, v := range c.visitors {
			if !v.idle() {
				return false
			}
		}
		return true
	})
	for _, v := range c.visitors {
		unacked += v.unacked()
	}
	return unacked
}

// disperse ends all connections and waits until every visitor is gone.
func (c *crowd) disperse() {
	c.tally.expect(0)
	var wg sync.WaitGroup
	slots := make(chan struct{}, 256)
	for _, v := range c.visitors {
		slots <- struct{}{}
		wg.Go(func() { v.bye(); <-slots })
	}
	wg.Wait()
	c.stop()
	c.running.Wait()
}

// until looks every 20 ms whether done holds, and gives up after patience or when ctx ends.
func until(ctx context.Context, patience time.Duration, done func() bool) bool {
	limit := time.After(patience)
	for !done() {
		select {
		case <-ctx.Done():
			return false
		case <-limit:
			return done()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return true
}
