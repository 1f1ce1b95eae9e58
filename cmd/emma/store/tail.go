package store

import (
	"slices"
	"sync"

	"emma/bot"
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
	runs  map[string][]handoff.Event // by conversation, without gaps
	order []tailEntry                // oldest first
}

type tailEntry struct {
	conversation string
	seq          int64
}

func newTail() *tail { return &tail{runs: map[string][]handoff.Event{}} }

// add takes events that are committed, in the order of their numbers.
func (t *tail) add(events []handoff.Event) {
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
		run[0] = handoff.Event{}
		t.runs[oldest.conversation] = run[1:]
	}
}

// after returns events of a conversation after a number, at most limit, or nothing when
// it does not hold the next one. What they point to is not the caller's to change.
func (t *tail) after(conversation string, seq int64, limit int) []handoff.Event {
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

// readBack is an event as its row gives it: to the millisecond, and without what is kept
// apart or not at all.
func readBack(e handoff.Event) handoff.Event {
	e.At = fromMilli(milli(e.At))
	e.Body.Sealed = slices.Clone(e.Body.Sealed)
	for i := range e.Body.Sealed {
		e.Body.Sealed[i].Value = ""
	}
	if e.Body.Decision != nil {
		d := *e.Body.Decision
		d.Text, d.HTML, d.Links, d.Choices, d.Offers = "", "", nil, nil, nil
		d.Picked, d.Leaves, d.Memory = "", false, bot.Memory{}
		e.Body.Decision = &d
	}
	return e
}
