package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"emma/handoff"
)

// followLimit bounds the conversations that one staff socket follows.
const followLimit = 200

// deskEvery is the least time between two snapshots of the desk on one socket: a
// burst of changes costs one frame.
const deskEvery = 50 * time.Millisecond

// agent is the server's side of one staff socket.
type agent struct {
	server  *Server
	socket  *socket
	address string
	session string // digest of the session's token

	// Touched by act alone.
	bad        int
	greeted    bool
	attendance *handoff.Attendance

	staff atomic.Pointer[handoff.Staff] // as the session was last checked

	mu          sync.Mutex
	gone        bool
	follows     map[string]*follow
	unsubscribe []func()
	desk        bool // the desk may have changed
	cases       bool // the cases may have changed
	later       bool // a wake is due when deskEvery has passed
	sentDesk    time.Time
	views       []handoff.Viewing // what others do, to be sent
}

// follow is the cursor of one conversation on one staff socket.
type follow struct {
	cancel func()
	sent   int64
	log    bool
	typing handoff.Author
	read   int64
	silent bool
}

// turn implements peer: the staff come first.
func (a *agent) turn() (done func()) { return func() {} }

// act implements peer.
func (a *agent) act(ctx context.Context, data []byte) error {
	f, id, err := decode(data, newStaffFrame)
	if err == nil {
		err = a.dispatch(ctx, f)
	}
	return a.server.answerFrame(a.socket, &a.bad, id, err)
}

func (a *agent) dispatch(ctx context.Context, f frame) error {
	if status, ok := f.(*statusFrame); ok {
		if (status.Type == "hello") == a.greeted {
			return &closing{closePolicy, "hello comes first, and once"}
		}
		return a.setStatus(ctx, status)
	}
	if !a.greeted {
		return &closing{closePolicy, "hello comes first"}
	}
	if byHand(f) {
		a.attendance.Active()
	}
	desk, me := a.server.desk, *a.staff.Load()
	switch f := f.(type) {
	case *openFrame:
		return a.open(ctx, f.Conversation, f.After, f.Silent)
	case *conversationFrame:
		switch f.Type {
		case "leave":
			a.announce(f.Conversation, handoff.DoingLeft)
			a.stop(f.Conversation)
		case "decline":
			return desk.Decline(ctx, me, f.Conversation)
		case "done":
			return desk.Done(ctx, me, f.Conversation)
		case "viewing":
			a.announce(f.Conversation, handoff.DoingViewing)
		case "typing":
			desk.Typing(f.Conversation, handoff.AuthorAgent)
			a.announce(f.Conversation, handoff.DoingTyping)
		}
		return nil
	case *readStaffFrame:
		return desk.SeenByStaff(ctx, me, f.Conversation, f.Seq)
	case *plainFrame:
		if f.Type == "ping" {
			a.socket.reply(encode(pongFrame{Type: "pong"}))
		}
		return nil
	}
	id, receipt, err := a.command(ctx, me, f)
	if err != nil {
		return err
	}
	a.socket.reply(encode(ackFrame{Type: "ack", ID: id, Seq: receipt.Seq, Duplicate: receipt.Duplicate}))
	return nil
}

// outdated asks for a new snapshot of the desk, now or when the last one is old enough.
func (a *agent) outdated() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.desk = true
	if a.later {
		return
	}
	if wait := deskEvery - time.Since(a.sentDesk); wait > 0 {
		a.later = true
		time.AfterFunc(wait, func() {
			a.mu.Lock()
			a.later = false
			a.mu.Unlock()
			a.socket.wake()
		})
		return
	}
	a.socket.wake()
}

// open follows a conversation from after on; opening it again moves the cursor.
// Others are told of it unless it is silent.
func (a *agent) open(ctx context.Context, id string, after int64, silent bool) error {
	a.mu.Lock()
	full := len(a.follows) >= followLimit && a.follows[id] == nil
	a.mu.Unlock()
	if full {
		return fmt.Errorf("following more than %d conversations: %w", followLimit, handoff.ErrState)
	}
	a.stop(id)
	f := &follow{sent: after, log: true, silent: silent}
	// Subscribe first, read afterwards: nothing falls between.
	f.cancel = a.server.bus.Subscribe(handoff.ConversationTopic(id), func(s handoff.Signal) { a.hear(f, s) })
	c, err := a.server.desk.View(ctx, *a.staff.Load(), id)
	if err != nil {
		f.cancel()
		return err
	}
	profile, err := a.server.reception.Profile(ctx, id)
	if err != nil {
		f.cancel()
		return err
	}
	a.socket.reply(encode(openedFrame{Type: "opened", Row: row(c), Visitor: outVisitor(profile)}))
	a.mu.Lock()
	if a.gone {
		a.mu.Unlock()
		f.cancel()
		return nil
	}
	a.follows[id] = f
	a.mu.Unlock()
	a.socket.wake()
	a.announce(id, handoff.DoingArrived)
	return nil
}

func (a *agent) stop(id string) {
	a.mu.Lock()
	f := a.follows[id]
	delete(a.follows, id)
	a.mu.Unlock()
	if f != nil {
		f.cancel()
	}
}

func (a *agent) hear(f *follow, s handoff.Signal) {
	a.mu.Lock()
	switch {
	case s.Typing != "":
		f.typing = s.Typing
	case s.Read > 0:
		f.read = max(f.read, s.Read)
	default:
		f.log = true
	}
	a.mu.Unlock()
	a.socket.wake()
}

// next implements peer.
func (a *agent) next(ctx context.Context) ([][]byte, error) {
	a.mu.Lock()
	desk := a.desk && !a.later
	if desk {
		a.desk, a.sentDesk = false, time.Now()
	}
	cases := a.cases
	a.cases = false
	var due []string
	for id, f := range a.follows {
		if f.log || f.typing != "" || f.read > 0 {
			due = append(due, id)
		}
	}
	frames := a.viewed()
	a.mu.Unlock()
	if desk {
		board, err := a.server.desk.Board(ctx, *a.staff.Load())
		if err != nil {
			return nil, fmt.Errorf("reading the desk: %w", err)
		}
		frames = append(frames, a.server.rowTexts.frame(board))
	}
	if cases {
		pending, late, err := a.server.cases.Count(ctx)
		if err != nil {
			return nil, fmt.Errorf("counting the cases: %w", err)
		}
		frames = append(frames, encode(casesFrame{Type: "cases", Pending: pending, Late: late}))
	}
	for _, id := range due {
		more, err := a.events(ctx, id)
		if err != nil {
			return nil, err
		}
		frames = append(frames, more...)
	}
	return frames, nil
}

// events are the frames of one followed conversation.
func (a *agent) events(ctx context.Context, id string) ([][]byte, error) {
	a.mu.Lock()
	f := a.follows[id]
	if f == nil {
		a.mu.Unlock()
		return nil, nil
	}
	log, typing, read, sent := f.log, f.typing, f.read, f.sent
	f.log, f.typing, f.read = false, "", 0
	a.mu.Unlock()
	var frames [][]byte
	if log {
		events, err := a.server.desk.EventsAfter(ctx, id, sent, resumeBatch)
		if err != nil {
			return nil, fmt.Errorf("reading what the staff have to hear: %w", err)
		}
		for _, e := range events {
			sent = e.Seq
			frames = append(frames, eventFrame(e, true))
		}
		a.mu.Lock()
		f.sent = sent
		f.log = f.log || len(events) == resumeBatch
		a.mu.Unlock()
	}
	if typing != "" {
		frames = append(frames, encode(typingFrame{Type: "typing", Conversation: id, Author: typing}))
	}
	if read > 0 {
		frames = append(frames, encode(seenFrame{Type: "read", Conversation: id, Seq: read}))
	}
	return frames, nil
}

// check implements peer: a session that has ended, or whose owner was disabled,
// ends the socket.
func (a *agent) check(ctx context.Context) error {
	staff, err := a.server.roster.SessionStaff(ctx, a.session, a.server.now())
	if errors.Is(err, handoff.ErrNotFound) {
		return &closing{closeSession, "signed out"}
	}
	if err != nil {
		return nil // the database does not answer: the next check decides
	}
	a.staff.Store(&staff)
	return nil
}

// leave implements peer.
func (a *agent) leave() {
	a.mu.Lock()
	ids := slices.Collect(maps.Keys(a.follows))
	a.mu.Unlock()
	for _, id := range ids {
		a.announce(id, handoff.DoingLeft)
	}
	a.mu.Lock()
	a.gone = true
	cancels := a.unsubscribe
	for _, f := range a.follows {
		cancels = append(cancels, f.cancel)
	}
	a.follows, a.unsubscribe = nil, nil
	a.mu.Unlock()
	for _, cancel := range cancels {
		cancel()
	}
	a.server.forget(a.socket, a.address)
}
