package main

import (
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// tally counts what happens during a run. It is safe for concurrent use.
type tally struct {
	connected, up                    atomic.Int64 // visitors with a welcome at any time, and now
	sent, acked, answered, skipped   atomic.Int64
	handoffs, claims, beaten, closed atomic.Int64
	refused, reconnects              atomic.Int64
	latencies                        latencies

	mu      sync.Mutex
	errors  map[string]int       // error frames by code, connections by what ended them
	flights map[string]time.Time // messages between visitors and agents that were not heard yet, by id
	breaks  []outage
	want    int64 // visitors that should be up; 0 while they connect for the first time and after the run
}

// outage is the time from the first lost visitor until all were back.
type outage struct {
	began, first, ended time.Time // first: when the first was back; zero ended: not over
	lost                int64
}

func newTally() *tally {
	return &tally{errors: map[string]int{}, flights: map[string]time.Time{}}
}

// fail counts an error under a code of the protocol or a name.
func (t *tally) fail(code string) {
	t.mu.Lock()
	t.errors[code]++
	t.mu.Unlock()
}

// ended counts how a connection ended that this side did not close.
func (t *tally) ended(code int) {
	if code == 0 {
		t.fail("broken")
		return
	}
	t.fail("close_" + strconv.Itoa(code))
}

// depart notes when a message left for a person, land how long it took to get there.
func (t *tally) depart(id string, at time.Time) {
	t.mu.Lock()
	t.flights[id] = at
	t.mu.Unlock()
}

func (t *tally) land(id string, heard time.Time, h *histogram) {
	t.mu.Lock()
	at, ok := t.flights[id]
	delete(t.flights, id)
	t.mu.Unlock()
	if ok {
		h.add(heard.Sub(at))
	}
}

// expect sets how many visitors should be up; from then on a lost one begins an outage.
func (t *tally) expect(n int64) {
	t.mu.Lock()
	t.want = n
	t.mu.Unlock()
}

// rise and fall count a visitor that is welcome, and one that lost its connection.
func (t *tally) rise() {
	t.mu.Lock()
	defer t.mu.Unlock()
	up := t.up.Add(1)
	if b := t.outage(); b != nil {
		if b.first.IsZero() {
			b.first = time.Now()
		}
		if up >= t.want {
			b.ended = time.Now()
		}
	}
}

func (t *tally) fall() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.up.Add(-1)
	if t.want == 0 {
		return
	}
	b := t.outage()
	if b == nil {
		t.breaks = append(t.breaks, outage{began: time.Now()})
		b = &t.breaks[len(t.breaks)-1]
	}
	b.lost++
}

// outage is the one that is not over, or nil.
func (t *tally) outage() *outage {
	if n := len(t.breaks); n > 0 && t.breaks[n-1].ended.IsZero() {
		return &t.breaks[n-1]
	}
	return nil
}
