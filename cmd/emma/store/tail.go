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
//
// It also remembers where the log of a visitor who has just come back ended: nearly all
// have heard everything, and after a restart thousands come at once.
type tail struct {
	mu    sync.Mutex
	runs  map[string][]handoff.Event // by conversation, without gaps
	order []tailEntry                // oldest first
	added int64                      // events so far
	ends  map[string]int64           // last numbers of conversations that were looked up, until they are asked for
}

type tailEntry struct {
	conversation string
	seq          int64
}

func newTail() *tail { return &tail{runs: map[string][]handoff.Event{}, ends: map[string]int64{}} }

// begin is called before the end of a log is looked up, for ended.
func (t *tail) begin() int64 {
	if t == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.added
}

// ended takes the last number of a conversation as it was found after begin.
func (t *tail) ended(conversation string, last, begun int64) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.added-begun >= tailEvents { // events that came since may have been here and gone
		return
	}
	if len(t.ends) >= tailEvents {
		clear(t.ends)
	}
	t.ends[conversation] = last
}

// add takes events that are committed, in the order of their numbers.
func (t *tail) add(events []handoff.Event) {
	if t == nil || len(events) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.added += int64(len(events))
	for _, e := range events {
		delete(t.ends, e.Conversation)
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

// after returns events of a conversation after a number, at most limit; known is false
// when it does not hold the next one and does not know that there is none. What they point
// to is not the caller's to change.
func (t *tail) after(conversation string, seq int64, limit int) (events []handoff.Event, known bool) {
	if t == nil {
		return nil, false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	end, looked := t.ends[conversation]
	delete(t.ends, conversation)
	run := t.runs[conversation]
	if len(run) == 0 || seq+1 < run[0].Seq || seq >= run[len(run)-1].Seq {
		return nil, looked && len(run) == 0 && seq == end
	}
	run = run[seq+1-run[0].Seq:]
	return slices.Clone(run[:min(len(run), limit)]), true
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
