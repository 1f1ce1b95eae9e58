package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"emma/handoff"
)

// tailEvents is how many events the tail holds.
const tailEvents = 2048

// tail holds the events that this process stored last, as they are read back. Nearly
// every event is read once or twice at once after it was stored, by the connections that
// follow its conversation, and never again. Only SQLite has one, where this process is
// the only one that serves visitors and staff: on PostgreSQL another node may have stored
// what comes next. It is safe for concurrent use; a nil tail holds nothing.
type tail struct {
	mu    sync.Mutex
	runs  map[string][]storedEvent // by conversation, without gaps
	order []tailEntry              // oldest first
}

// storedEvent is an event as it stands in its row: its body is JSON, which the reader
// decodes and not the writer, who has more to do.
type storedEvent struct {
	handoff.Event
	body []byte
}

type tailEntry struct {
	conversation string
	seq          int64
}

func newTail() *tail { return &tail{runs: map[string][]storedEvent{}} }

// add takes events that are committed, in the order of their numbers.
func (t *tail) add(events []storedEvent) {
	if t == nil || len(events) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range events {
		run := t.runs[e.Conversation]
		if n := len(run); n > 0 && run[n-1].Seq+1 != e.Seq {
			run = nil // a command stored what is between
		}
		t.runs[e.Conversation] = append(run, e)
		t.order = append(t.order, tailEntry{e.Conversation, e.Seq})
	}
	for len(t.order) > tailEvents {
		t.forget(t.order[0])
		t.order = t.order[1:]
	}
}

func (t *tail) forget(oldest tailEntry) {
	run := t.runs[oldest.conversation]
	switch {
	case len(run) == 0 || run[0].Seq != oldest.seq: // it went with a gap
	case len(run) == 1:
		delete(t.runs, oldest.conversation)
	default:
		run[0] = storedEvent{}
		t.runs[oldest.conversation] = run[1:]
	}
}

// after returns events of a conversation after a number, at most limit, or nothing when
// it does not hold the next one.
func (t *tail) after(conversation string, seq int64, limit int) ([]handoff.Event, error) {
	var events []handoff.Event
	for _, stored := range t.run(conversation, seq, limit) {
		e := stored.Event
		if err := json.Unmarshal(stored.body, &e.Body); err != nil {
			return nil, fmt.Errorf("reading event %d: %w", e.Seq, err)
		}
		events = append(events, e)
	}
	return events, nil
}

func (t *tail) run(conversation string, seq int64, limit int) []storedEvent {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	run := t.runs[conversation]
	if len(run) == 0 || seq+1 < run[0].Seq || seq >= run[len(run)-1].Seq {
		return nil
	}
	run = run[seq+1-run[0].Seq:]
	return slices.Clone(run[:min(len(run), limit)])
}
