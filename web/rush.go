package web

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// rushSize is how many visitors come in at the same moment in a rush: after a restart
	// thousands do, otherwise hardly two.
	rushSize = 32
	// rushPatience bounds how long a message lets a rush go first.
	rushPatience = 2 * time.Second
	rushStep     = 20 * time.Millisecond
)

// rush lets visitors in before messages are answered: when all come back at once, a
// message that waits a moment does less harm than a visitor who is not let in.
type rush struct{ entering atomic.Int64 }

// enter counts a visitor who is being let in, until done is called.
func (r *rush) enter() (done func()) {
	r.entering.Add(1)
	return func() { r.entering.Add(-1) }
}

// yield returns when there is no rush, or after a while anyway.
func (r *rush) yield(ctx context.Context) {
	for waited := time.Duration(0); r.entering.Load() >= rushSize && waited < rushPatience; waited += rushStep {
		select {
		case <-ctx.Done():
			return
		case <-time.After(rushStep):
		}
	}
}
