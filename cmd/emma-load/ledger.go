package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// record is one line of the journal.
//
//	open   a socket began to follow a conversation: Stream, Conversation, Token (visitor), Epoch, After (-1: unknown)
//	sent   a command with an ID left for the first time: Conversation, Sender, ID, Sum (0 when it is no message)
//	ack    it was acknowledged: Conversation, Sender, ID, Seq, Sum
//	event  an event arrived on a stream: Stream, Seq, Sum
type record struct {
	Kind         string `json:"kind"`
	At           int64  `json:"at"` // Unix milliseconds
	Stream       int    `json:"stream,omitempty"`
	Conversation string `json:"conversation,omitempty"`
	Token        string `json:"token,omitempty"`
	Epoch        string `json:"epoch,omitempty"`
	Staff        bool   `json:"staff,omitempty"`
	After        int64  `json:"after,omitempty"`
	Sender       string `json:"sender,omitempty"`
	ID           string `json:"id,omitempty"`
	Seq          int64  `json:"seq,omitempty"`
	Sum          uint64 `json:"sum,omitempty"`
}

// ledger knows everything that the server acknowledged and everything that it sent. What is in it is in the journal
// too, in a line that was written before the method returned. It is safe for concurrent use. It needs about 16 bytes
// of memory for each event and 100 for each acknowledgement.
type ledger struct {
	mu      sync.Mutex
	journal io.Writer // nil: memory only
	err     error     // the first failure to write the journal
	epoch   string    // of the first conversation
	streams []*stream
	talks   map[string]*talk
}

// talk is a conversation as its clients know it.
type talk struct {
	conversation string
	token        string            // of the visitor; empty when only staff followed it
	acks         []ack             // in the order in which they came
	open         map[string]uint64 // sent and not acknowledged: id → sum
	streams      []*stream
}

type ack struct {
	sender string // "visitor" or the name of an agent
	id     string
	seq    int64
	sum    uint64
}

// stream is what one socket heard of one conversation, in the order in which it came.
type stream struct {
	conversation string
	staff        bool
	after        int64 // events above it were asked for; -1: the server chose
	seqs         []int64
	sums         []uint64
}

func newLedger(journal io.Writer) *ledger {
	return &ledger{journal: journal, talks: map[string]*talk{}}
}

// note writes the record to the journal and takes it into account. For an open it returns the number of the stream.
func (l *ledger) note(r record) (stream int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.Kind == "open" {
		r.Stream = len(l.streams) + 1
	}
	if l.journal != nil {
		line, err := json.Marshal(r)
		if err == nil {
			_, err = l.journal.Write(append(line, '\n'))
		}
		if err != nil && l.err == nil {
			l.err = fmt.Errorf("writing the journal: %w", err)
		}
	}
	if err := l.apply(r); err != nil && l.err == nil {
		l.err = err
	}
	return r.Stream
}

// failure is the first error of the journal, or nil.
func (l *ledger) failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

func (l *ledger) apply(r record) error {
	switch r.Kind {
	case "open":
		if l.epoch == "" {
			l.epoch = r.Epoch
		}
		t := l.talk(r.Conversation)
		if r.Token != "" {
			t.token = r.Token
		}
		if r.Stream != len(l.streams)+1 {
			return fmt.Errorf("journal: stream %d follows stream %d", r.Stream, len(l.streams))
		}
		s := &stream{conversation: r.Conversation, staff: r.Staff, after: r.After}
		l.streams, t.streams = append(l.streams, s), append(t.streams, s)
	case "sent":
		l.talk(r.Conversation).open[r.ID] = r.Sum
	case "ack":
		t := l.talk(r.Conversation)
		delete(t.open, r.ID)
		t.acks = append(t.acks, ack{sender: r.Sender, id: r.ID, seq: r.Seq, sum: r.Sum})
	case "event":
		if r.Stream < 1 || r.Stream > len(l.streams) {
			return fmt.Errorf("journal: event of the unknown stream %d", r.Stream)
		}
		s := l.streams[r.Stream-1]
		s.seqs, s.sums = append(s.seqs, r.Seq), append(s.sums, r.Sum)
	default:
		return fmt.Errorf("journal: unknown kind %q", r.Kind)
	}
	return nil
}

func (l *ledger) talk(conversation string) *talk {
	t := l.talks[conversation]
	if t == nil {
		t = &talk{conversation: conversation, open: map[string]uint64{}}
		l.talks[conversation] = t
	}
	return t
}

// conversations lists all talks, ordered by the conversation's id. Only to be called when nothing is noted any more.
func (l *ledger) conversations() []*talk {
	out := make([]*talk, 0, len(l.talks))
	for _, t := range l.talks {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b *talk) int {
		if a.conversation < b.conversation {
			return -1
		}
		return 1
	})
	return out
}

// readJournal rebuilds the ledger of an earlier run. A last line that was cut off (the writer died) is left out; any
// other line that cannot be read is an error.
func readJournal(r io.Reader) (*ledger, error) {
	l := newLedger(nil)
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		var rec record
		if err := json.Unmarshal(line, &rec); err != nil {
			return nil, fmt.Errorf("journal line %d: %w", n, err)
		}
		if err := l.apply(rec); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
}
