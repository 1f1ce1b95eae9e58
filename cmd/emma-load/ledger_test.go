package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// story fills a ledger with one of everything.
func story(l *ledger) {
	s := l.note(record{Kind: "open", Conversation: "k", Token: "t", Epoch: "e"})
	l.note(record{Kind: "sent", Conversation: "k", Sender: "visitor", ID: "a", Sum: 5})
	l.note(record{Kind: "event", Stream: s, Seq: 1, Sum: 5})
	l.note(record{Kind: "ack", Conversation: "k", Sender: "visitor", ID: "a", Seq: 1, Sum: 5})
	l.note(record{Kind: "sent", Conversation: "k", Sender: "visitor", ID: "b", Sum: 6})
	s = l.note(record{Kind: "open", Conversation: "k", Staff: true, Epoch: "e", After: -1})
	l.note(record{Kind: "event", Stream: s, Seq: 2, Sum: 1<<64 - 1})
}

func same(t *testing.T, a, b *ledger) {
	t.Helper()
	if d := cmp.Diff(a.conversations(), b.conversations(), cmp.AllowUnexported(talk{}, ack{}, stream{})); d != "" {
		t.Errorf("ledgers differ:\n%s", d)
	}
	if a.epoch != b.epoch {
		t.Errorf("epochs %q and %q", a.epoch, b.epoch)
	}
}

func TestAJournalGivesTheLedgerBack(t *testing.T) {
	var journal bytes.Buffer
	l := newLedger(&journal)
	story(l)
	if err := l.failure(); err != nil {
		t.Fatal(err)
	}
	if len(l.talks["k"].acks) != 1 || len(l.talks["k"].open) != 1 || len(l.talks["k"].streams) != 2 {
		t.Fatalf("ledger %+v", l.talks["k"])
	}
	again, err := readJournal(bytes.NewReader(journal.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	same(t, l, again)
}

func TestATornLastLineIsLeftOut(t *testing.T) {
	var journal bytes.Buffer
	l := newLedger(&journal)
	story(l)
	whole := journal.String()
	journal.WriteString(`{"kind":"ack","conver`)
	again, err := readJournal(&journal)
	if err != nil {
		t.Fatal(err)
	}
	same(t, l, again)
	for _, bad := range []string{"nonsense\n" + whole, whole + `{"kind":"what"}` + "\n", `{"kind":"event","stream":3}` + "\n", `{"kind":"open","stream":2}` + "\n"} {
		if _, err := readJournal(strings.NewReader(bad)); err == nil {
			t.Errorf("read without an error: %.40q…", bad)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestAJournalThatCannotBeWrittenIsAnError(t *testing.T) {
	l := newLedger(fullDisk{})
	story(l)
	if err := l.failure(); err == nil || !strings.Contains(err.Error(), "no space") {
		t.Errorf("error %v", err)
	}
}
