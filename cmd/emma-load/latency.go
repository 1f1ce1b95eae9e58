package main

import (
	"math"
	"math/bits"
	"sync"
	"time"
)

// histogram counts durations in buckets whose width grows with the value: quantiles are exact to 0.8 % from
// nanoseconds to hours, and its size does not depend on how much is recorded. It is safe for concurrent use.
type histogram struct {
	mu     sync.Mutex
	counts [64 * 60]uint64
	n      uint64
	max    time.Duration
}

// add records one duration; a negative one counts as zero.
func (h *histogram) add(d time.Duration) {
	d = max(d, 0)
	h.mu.Lock()
	h.counts[bucket(uint64(d))]++
	h.n++
	h.max = max(h.max, d)
	h.mu.Unlock()
}

// bucket numbers the values: 0..127 have one each, above them each power of two is cut into 64.
func bucket(v uint64) int {
	if v < 128 {
		return int(v)
	}
	shift := bits.Len64(v) - 7
	return shift*64 + int(v>>shift)
}

// middle is the value in the middle of a bucket.
func middle(i int) uint64 {
	if i < 128 {
		return uint64(i)
	}
	shift := i/64 - 1
	return uint64(i%64+64)<<shift + 1<<shift/2
}

// quantile is the smallest duration that at least the share q of all durations does not exceed; 0 when there are none.
func (h *histogram) quantile(q float64) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	rank := uint64(math.Ceil(q * float64(h.n)))
	var seen uint64
	for i, c := range h.counts {
		if seen += c; c > 0 && seen >= rank {
			return min(time.Duration(middle(i)), h.max)
		}
	}
	return 0
}

// summary is what the report says of a histogram; all but N in milliseconds.
type summary struct {
	N   uint64  `json:"n"`
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

func (h *histogram) summary() summary {
	return summary{h.n, milliseconds(h.quantile(.5)), milliseconds(h.quantile(.9)), milliseconds(h.quantile(.99)), milliseconds(h.max)}
}

// milliseconds rounds to a microsecond.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

// latencies has one histogram for each kind of wait.
type latencies struct {
	ack      histogram // scheduled time of a command of a visitor until its acknowledgement
	answer   histogram // scheduled time of a question until the event with Emma's answer
	agent    histogram // scheduled time of a visitor's message until it is on the agent's socket
	reply    histogram // an agent's message, sent, until it is on the visitor's socket
	claim    histogram // a claim, sent, until it is acknowledged or refused
	connect  histogram // first dial until welcome
	resume   histogram // dial with a token until welcome
	lateness histogram // how late this client itself was against its schedule: part of the other figures
}

// byKind gives what was recorded, without the kinds that never happened.
func (l *latencies) byKind() map[string]summary {
	kinds := map[string]*histogram{
		"ack": &l.ack, "answer": &l.answer, "agent": &l.agent, "reply": &l.reply,
		"claim": &l.claim, "connect": &l.connect, "resume": &l.resume, "lateness": &l.lateness,
	}
	out := map[string]summary{}
	for kind, h := range kinds {
		if s := h.summary(); s.N > 0 {
			out[kind] = s
		}
	}
	return out
}
