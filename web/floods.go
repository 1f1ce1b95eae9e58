package web

import (
	"sync"

	"golang.org/x/time/rate"
)

// floodsKept bounds the addresses whose rate is remembered; then all are forgotten.
const floodsKept = 10_000

// floods limits what comes over plain HTTP, where no socket counts: by address.
type floods struct {
	limit func() *rate.Limiter // a fresh one, or nil for no limit

	mu   sync.Mutex
	seen map[string]*rate.Limiter
}

func newFloods(limit func() *rate.Limiter) *floods {
	return &floods{limit: limit, seen: map[string]*rate.Limiter{}}
}

// allow reports whether one more command of an address is within its rate.
func (f *floods) allow(address string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	l, known := f.seen[address]
	if !known {
		if len(f.seen) >= floodsKept {
			clear(f.seen)
		}
		l = f.limit()
		f.seen[address] = l
	}
	return l == nil || l.Allow()
}
