package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
)

// findings is what a check found. Everything from Lost to Altered is a broken promise of the server.
type findings struct {
	Conversations int `json:"conversations"` // read back
	Acked         int `json:"acked"`         // acknowledgements that were looked for
	Streams       int `json:"streams"`       // connections whose events were compared with the log
	Events        int `json:"events"`        // in those streams
	StaffLogs     int `json:"staff_logs"`    // logs that were read back as staff too

	Lost       int `json:"lost"`       // acknowledged or heard, and not in the log
	Duplicated int `json:"duplicated"` // in the log twice, or heard twice on one connection
	Gaps       int `json:"gaps"`       // numbers missing in the log of the staff, or in what a connection heard
	Reordered  int `json:"reordered"`  // other order or number than was acknowledged
	Altered    int `json:"altered"`    // other words than were sent or heard
	Foreign    int `json:"foreign"`    // visitor's messages in the log that the visitor never sent

	Resumed       int      `json:"resumed"`        // connections that went on after an earlier one
	ResumedFaulty int      `json:"resumed_faulty"` // of them, those with a gap or a repetition
	Unreadable    int      `json:"unreadable"`     // conversations that could not be read back
	Notes         []string `json:"notes,omitempty"`
}

// clean reports whether every promise was kept.
func (f *findings) clean() bool {
	return f.Lost+f.Duplicated+f.Gaps+f.Reordered+f.Altered+f.Foreign+f.Unreadable == 0
}

// remark keeps the first twenty explanations.
func (f *findings) remark(format string, args ...any) {
	if len(f.Notes) < 20 {
		f.Notes = append(f.Notes, fmt.Sprintf(format, args...))
	}
}

// logs are the two views of one conversation; staff is nil when nobody could read it.
type logs struct{ visitor, staff []entry }

// examine compares what the clients know of a conversation with its log.
func (f *findings) examine(t *talk, l logs) {
	f.Conversations++
	if t.token == "" && l.staff == nil {
		for _, s := range t.streams { // another client's visitor: only the numbers can be checked
			f.contiguous(s)
		}
		return
	}
	f.order(t, l)
	f.messages(t, l.visitor)
	for _, s := range t.streams {
		if s.staff && l.staff == nil {
			f.contiguous(s)
			continue
		}
		f.stream(s, l)
	}
}

// order checks the numbers: strictly rising for the visitor, 1, 2, 3 … for staff, and the visitor's view a part of the
// staff's.
func (f *findings) order(t *talk, l logs) {
	for i := 1; i < len(l.visitor); i++ {
		switch d := l.visitor[i].seq - l.visitor[i-1].seq; {
		case d == 0:
			f.Duplicated++
			f.remark("%s: the visitor's log has %d twice", t.conversation, l.visitor[i].seq)
		case d < 0:
			f.Reordered++
			f.remark("%s: in the visitor's log %d comes after %d", t.conversation, l.visitor[i].seq, l.visitor[i-1].seq)
		}
	}
	if l.staff == nil {
		return
	}
	f.StaffLogs++
	for i, e := range l.staff {
		if want := int64(i + 1); e.seq != want {
			f.Gaps++
			f.remark("%s: the staff's log has %d where %d should be", t.conversation, e.seq, want)
			break
		}
	}
	numbers := bySeq(l.staff)
	for _, e := range l.visitor {
		if sum, ok := numbers[e.seq]; !ok || sum != e.sum {
			f.Altered++
			f.remark("%s: visitor and staff see different events %d", t.conversation, e.seq)
		}
	}
}

// messages checks that each acknowledged command is in the log exactly once, with its number and its words, and in the
// order of the acknowledgements.
func (f *findings) messages(t *talk, log []entry) {
	byID := map[string][]entry{}
	for _, e := range log {
		if e.clientID != "" {
			byID[e.clientID] = append(byID[e.clientID], e)
		}
	}
	numbers := bySeq(log)
	known := map[string]bool{}
	last := map[string]int64{}
	for _, a := range t.acks {
		f.Acked++
		known[a.id] = true
		found := byID[a.id]
		if len(found) == 0 {
			// State events carry no id: their number must do.
			if sum, ok := numbers[a.seq]; ok && (a.sum == 0 || sum == a.sum) {
				found = []entry{{seq: a.seq, sum: sum}}
			}
		}
		switch {
		case len(found) == 0:
			f.Lost++
			f.remark("%s: %s of %s was acknowledged as %d and is not in the log", t.conversation, a.id, a.sender, a.seq)
		case len(found) > 1:
			f.Duplicated++
			f.remark("%s: %s of %s is in the log %d times", t.conversation, a.id, a.sender, len(found))
		case found[0].seq != a.seq:
			f.Reordered++
			f.remark("%s: %s was acknowledged as %d and is %d", t.conversation, a.id, a.seq, found[0].seq)
		case a.sum != 0 && found[0].sum != a.sum:
			f.Altered++
			f.remark("%s: %d does not say what was sent", t.conversation, a.seq)
		}
		if a.seq <= last[a.sender] {
			f.Reordered++
			f.remark("%s: %s got %d after %d", t.conversation, a.sender, a.seq, last[a.sender])
		}
		last[a.sender] = a.seq
	}
	for _, e := range log {
		if _, open := t.open[e.clientID]; e.kind == "message" && e.author == "visitor" && t.token != "" && !open && !known[e.clientID] {
			f.Foreign++
			f.remark("%s: the visitor never sent %d", t.conversation, e.seq)
		}
	}
}

// stream checks that a connection heard exactly the events above the one that it asked for, up to the last that it heard.
func (f *findings) stream(s *stream, l logs) {
	log := l.visitor
	if s.staff {
		log = l.staff
	}
	f.Streams++
	f.Events += len(s.seqs)
	numbers := bySeq(log)
	after, faults := s.after, 0
	if after < 0 && len(s.seqs) > 0 {
		after = s.seqs[0] - 1
	}
	top := after
	for i, seq := range s.seqs {
		sum, ok := numbers[seq]
		switch {
		case seq <= top:
			f.Duplicated++
			faults++
			f.remark("%s: a connection that had %d heard %d", s.conversation, top, seq)
		case !ok:
			f.Lost++
			f.remark("%s: %d was heard and is not in the log", s.conversation, seq)
		case sum != s.sums[i]:
			f.Altered++
			f.remark("%s: %d was heard with other words", s.conversation, seq)
		}
		top = max(top, seq)
	}
	heard := map[int64]bool{}
	for _, seq := range s.seqs {
		heard[seq] = true
	}
	for _, e := range log {
		if e.seq > after && e.seq < top && !heard[e.seq] {
			f.Gaps++
			faults++
			f.remark("%s: a connection went past %d", s.conversation, e.seq)
		}
	}
	f.resumed(s, faults)
}

// contiguous checks a stream of the staff by its numbers alone.
func (f *findings) contiguous(s *stream) {
	f.Streams++
	f.Events += len(s.seqs)
	faults := 0
	for i, seq := range s.seqs {
		before := s.after
		if i > 0 {
			before = s.seqs[i-1]
		}
		switch {
		case before < 0 || seq == before+1:
		case seq <= before:
			f.Duplicated++
			faults++
		default:
			f.Gaps++
			faults++
		}
		if faults > 0 {
			f.remark("%s: staff heard %d after %d", s.conversation, seq, before)
		}
	}
	f.resumed(s, faults)
}

func (f *findings) resumed(s *stream, faults int) {
	if s.after <= 0 {
		return
	}
	f.Resumed++
	if faults > 0 {
		f.ResumedFaulty++
	}
}

func bySeq(log []entry) map[int64]uint64 {
	out := make(map[int64]uint64, len(log))
	for _, e := range log {
		out[e.seq] = e.sum
	}
	return out
}

// check reads every conversation of the ledger back, as its visitor and, with staff, as one of them, and examines
// it. staff may be nil. The findings do not depend on the order of reading.
func check(ctx context.Context, c *client, l *ledger, staff *archive) *findings {
	out := &findings{}
	talks := l.conversations()
	views := make([]logs, len(talks))
	faults := make([]error, len(talks))
	var wg sync.WaitGroup
	next := make(chan int)
	for range 32 {
		wg.Go(func() {
			for i := range next {
				if talks[i].token == "" {
					continue
				}
				var epoch string
				views[i].visitor, epoch, faults[i] = c.readAsVisitor(ctx, i, talks[i].token)
				if faults[i] == nil && l.epoch != "" && epoch != l.epoch {
					faults[i] = fmt.Errorf("the server has another database (epoch %s instead of %s)", epoch, l.epoch)
				}
			}
		})
	}
	for i := range talks {
		next <- i
	}
	close(next)
	wg.Wait()
	for i, t := range talks {
		if faults[i] != nil {
			out.Unreadable++
			if closeCode(faults[i]) == 4504 { // the server does not know it any more
				out.Lost += len(t.acks)
			}
			out.remark("%s: %v", t.conversation, faults[i])
			continue
		}
		if staff != nil {
			var err error
			if views[i].staff, err = staff.read(ctx, t.conversation); err != nil {
				out.Unreadable++
				out.remark("%s: %v", t.conversation, err)
			}
			if t.token == "" {
				views[i].visitor = views[i].staff
			}
		}
		out.examine(t, views[i])
	}
	if staff != nil && staff.early > 0 {
		out.Reordered += staff.early
		out.remark("events came before the frame opened, %d times", staff.early)
	}
	slices.SortFunc(out.Notes, cmp.Compare[string])
	return out
}
