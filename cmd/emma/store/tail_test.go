package store

import (
	"testing"

	"emma/handoff"
)

func TestTheTailGivesRunsWithoutGaps(t *testing.T) {
	t.Parallel()
	e := func(conversation string, seq int64) storedEvent {
		return storedEvent{handoff.Event{Conversation: conversation, Seq: seq}, []byte(`{}`)}
	}
	last := newTail()
	last.add([]storedEvent{e("a", 1), e("a", 2), e("b", 1), e("a", 3)})
	for _, c := range []struct {
		conversation string
		after        int64
		limit        int
		first, count int
	}{
		{"a", 0, 10, 1, 3}, {"a", 1, 10, 2, 2}, {"a", 1, 1, 2, 1}, {"a", 3, 10, 0, 0}, {"b", 0, 10, 1, 1}, {"c", 0, 10, 0, 0},
	} {
		got, err := last.after(c.conversation, c.after, c.limit)
		if err != nil || len(got) != c.count || c.count > 0 && got[0].Seq != int64(c.first) {
			t.Errorf("after %d of %s: %v", c.after, c.conversation, got)
		}
	}
	last.add([]storedEvent{e("a", 5)}) // 4 was stored by a command
	if got := last.run("a", 3, 10); got != nil {
		t.Errorf("it skips what is between: %v", got)
	}
	if got := last.run("a", 4, 10); len(got) != 1 {
		t.Errorf("after the gap: %v", got)
	}
	for seq := range int64(tailEvents) {
		last.add([]storedEvent{e("d", seq+1)})
	}
	if len(last.runs) != 1 || len(last.order) != tailEvents || len(last.run("d", 0, tailEvents)) != tailEvents {
		t.Errorf("it holds %d conversations and %d events", len(last.runs), len(last.order))
	}
}
