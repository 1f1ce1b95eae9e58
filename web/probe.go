package web

import (
	"context"
	"sync"
	"time"
)

// probeStaff asks every agent who was silent for a quarter of the grace time for a
// sign of life, so that the desk notices in time who is gone, also when the socket
// stays open. The socket is not closed for it: whoever wakes up hears what became of
// their conversations.
func (s *Server) probeStaff(pings *sync.WaitGroup) {
	quarter := max(s.desk.Grace()/4, 100*time.Millisecond)
	tick := time.NewTicker(quarter / 2)
	defer tick.Stop()
	for {
		select {
		case <-s.base.Done():
			return
		case <-tick.C:
		}
		now := s.now()
		for _, socket := range s.openSockets() {
			if _, staff := socket.peer.(*agent); !staff || socket.silentFor(now) < quarter || socket.probing.Load() {
				continue
			}
			pings.Go(func() {
				ctx, cancel := context.WithTimeout(s.base, silentAfter+signWithin)
				defer cancel()
				socket.probe(ctx, s.now)
			})
		}
	}
}
