package store

import (
	"context"
	"runtime"
	"sync"
	"testing"
	"time"

	"modernc.org/sqlite"

	"emma/handoff"
)

// A change is drafted before the writer comes to it, once; when another change came
// between, it is made anew from what that left.
func TestADraftIsMadeAnewOnlyWhenTheConversationChanged(t *testing.T) {
	t.Parallel()
	s := openSQLite(t, t.TempDir())
	ctx := context.Background()
	const id = "c"
	if err := s.Create(ctx, handoff.Conversation{ID: id, State: handoff.StateBot}); err != nil {
		t.Fatal(err)
	}
	say := func(applied *int) handoff.Change {
		change, err := s.Change(ctx, id, handoff.Key{}, func(c *handoff.Conversation) ([]handoff.Event, error) {
			*applied++
			c.LastSeq++
			return []handoff.Event{{Conversation: id, Seq: c.LastSeq, Kind: handoff.KindMessage, Author: handoff.AuthorVisitor, Sender: "visitor"}}, nil
		})
		if err != nil {
			t.Error(err)
		}
		return change
	}
	for i, known := range []string{"unknown", "known", "known"} {
		applied := 0
		if change := say(&applied); applied != 1 || change.Seq != int64(i+1) {
			t.Errorf("to the conversation, %s, the step was applied %d times, with event %d", known, applied, change.Seq)
		}
	}

	// The writer is kept busy until both have drafted what becomes event 4.
	held, free := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		if err := s.do(ctx, "", func(*tx) error { close(held); <-free; return nil }); err != nil {
			t.Error(err)
		}
	})
	<-held
	var applied [2]int
	var seqs [2]int64
	for i := range applied {
		all.Go(func() { seqs[i] = say(&applied[i]).Seq })
	}
	for len(s.writers[0].jobs) < len(applied) {
		time.Sleep(time.Millisecond)
	}
	close(free)
	all.Wait()
	if applied[0]+applied[1] != 3 || seqs[0]+seqs[1] != 4+5 || seqs[0] == seqs[1] {
		t.Errorf("the steps were applied %v times and have the events %v", applied, seqs)
	}
}

func TestSQLiteSyncsTheDataOnly(t *testing.T) {
	t.Parallel()
	openSQLite(t, t.TempDir())
	if runtime.GOOS == "linux" && !sqlite.FdatasyncEnabled() {
		t.Error("commits are synced with fsync")
	}
}
