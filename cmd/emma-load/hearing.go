package main

import (
	"context"
	"time"
)

// hear takes a frame of the server into account.
func (v *visitor) hear(ctx context.Context, f frame) {
	switch {
	case f.event():
		v.event(f)
	case f.Type == "ack":
		v.acknowledged(ctx, f)
	case f.Type == "error":
		v.refused(ctx, f)
	}
}

func (v *visitor) event(f frame) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.ledger.note(record{Kind: "event", At: now(), Stream: v.stream, Seq: f.Seq, Sum: f.sum()})
	v.after = max(v.after, f.Seq)
	switch {
	case f.Type == "state":
		if f.State == "waiting" && v.state == "bot" {
			v.tally.handoffs.Add(1)
		}
		v.state = f.State
		if f.State != "bot" {
			v.waiting = nil
		}
	case f.Type == "message" && f.Author == "visitor":
		if l := v.out.head(f.ClientID); l != nil {
			l.seen = true
			v.asked(l, f.Seq)
		}
	case f.Type == "message" && f.Author == "emma":
		if len(v.waiting) > 0 && f.Seq > v.waiting[0].seq {
			v.tally.answered.Add(1)
			v.tally.latencies.answer.add(f.at.Sub(v.waiting[0].at))
			v.waiting = v.waiting[1:]
		}
	case f.Type == "message" && f.Author == "agent":
		v.tally.land(f.ClientID, f.at, &v.tally.latencies.reply)
	}
}

func (v *visitor) acknowledged(ctx context.Context, f frame) {
	v.mu.Lock()
	defer v.mu.Unlock()
	l := v.out.head(f.ID)
	if l == nil {
		v.tally.fail("stray_ack")
		return
	}
	v.tally.acked.Add(1)
	v.tally.latencies.ack.add(f.at.Sub(l.at))
	v.ledger.note(record{Kind: "ack", At: now(), Conversation: v.talk, Sender: "visitor", ID: l.ID, Seq: f.Seq, Sum: l.sum("visitor")})
	if !l.seen && !f.Duplicate {
		v.asked(l, f.Seq)
	}
	v.out.done()
	if len(v.out.queue) > 0 {
		go v.flush(ctx)
	}
}

// asked notes that Emma has something to answer.
func (v *visitor) asked(l *letter, seq int64) {
	if l.Type == "say" && v.state == "bot" {
		v.waiting = append(v.waiting, question{seq, l.at})
	}
}

func (v *visitor) refused(ctx context.Context, f frame) {
	v.tally.fail(f.Code)
	v.mu.Lock()
	defer v.mu.Unlock()
	l := v.out.head(f.ID)
	if l == nil {
		return
	}
	if passing(f.Code) {
		s := v.socket
		time.AfterFunc(l.pause(), func() { v.retry(ctx, s, f.ID) })
		return
	}
	v.tally.refused.Add(1)
	v.out.done()
	if len(v.out.queue) > 0 {
		go v.flush(ctx)
	}
}

// retry sends the command with this id once more if it is still under way on the same socket.
func (v *visitor) retry(ctx context.Context, s *socket, id string) {
	v.mu.Lock()
	same := v.socket == s && v.out.head(id) != nil
	if same {
		v.out.again()
	}
	v.mu.Unlock()
	if same {
		v.flush(ctx)
	}
}

// turn is the visitor's place in the schedule: it says what fits the state of its conversation. at is when that was due.
func (v *visitor) turn(ctx context.Context, at time.Time, text string) {
	v.tally.latencies.lateness.add(time.Since(at))
	v.mu.Lock()
	var ok = true
	switch {
	case v.state == "closed":
		v.begin()
	case v.state == "agent":
		var l *letter
		if l, ok = v.out.put(command{Type: "say", Text: text}, at); ok {
			v.tally.depart(l.ID, at)
		}
	case v.person && v.state != "waiting":
		if len(v.out.queue) == 0 {
			_, ok = v.out.put(command{Type: "agent"}, at)
		}
	case v.person:
	default:
		if v.state == "waiting" {
			_, ok = v.out.put(command{Type: "cancel"}, at)
		}
		if ok {
			_, ok = v.out.put(command{Type: "say", Text: text}, at)
		}
	}
	v.mu.Unlock()
	if !ok {
		v.tally.skipped.Add(1)
		return
	}
	v.flush(ctx)
}

// begin makes the next connection a new conversation and ends the present one.
func (v *visitor) begin() {
	if len(v.out.queue) > 0 || v.socket == nil || v.anew {
		return
	}
	v.anew = true
	go v.socket.bye()
}

// idle reports whether nothing is outstanding.
func (v *visitor) idle() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.out.queue) == 0 && len(v.waiting) == 0
}

// unacked is the number of commands without an answer.
func (v *visitor) unacked() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.out.queue)
}

// bye ends the present socket in an orderly way; there will be no other.
func (v *visitor) bye() {
	v.mu.Lock()
	s := v.socket
	v.parting = true
	v.mu.Unlock()
	if s != nil {
		s.bye()
	}
}
