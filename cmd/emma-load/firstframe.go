package main

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// firstFrames opens n connections, 64 at a time, whose hello leaves in the same write, and so in the same TCP segment,
// as the upgrade request, and counts those that get their welcome in time.
func firstFrames(ctx context.Context, c *client, n int, patience time.Duration, rep *report) error {
	t := newTally()
	var welcome atomic.Int64
	var wg sync.WaitGroup
	slots := make(chan struct{}, 64)
	began := time.Now()
	for i := range n {
		if ctx.Err() != nil {
			break
		}
		slots <- struct{}{}
		wg.Go(func() {
			if firstFrame(ctx, c, i, patience, t) {
				welcome.Add(1)
			}
			<-slots
		})
	}
	wg.Wait()
	rep.take(t, began)
	rep.Connections, rep.Connected = n, welcome.Load()
	rep.FirstFrames, rep.FirstFramesOK = n, int(welcome.Load())
	rep.ConnectSeconds = seconds(time.Since(began))
	if rep.FirstFramesOK < n && ctx.Err() == nil {
		return errBroken
	}
	return ctx.Err()
}

func firstFrame(ctx context.Context, c *client, n int, patience time.Duration, t *tally) bool {
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := time.Now()
	s, err := c.dial(wait, n, "ws/visitor", http.Header{}, encode(visitorHello{Type: "hello"}))
	if err != nil {
		t.fail("dial")
		return false
	}
	defer s.gone()
	f, err := s.next(wait)
	if err != nil || f.Type != "welcome" {
		t.ended(closeCode(err))
		return false
	}
	t.latencies.connect.add(time.Since(began))
	return true
}
