package main

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// site is what all visitors of a run have in common.
type site struct {
	client   *client
	ledger   *ledger
	tally    *tally
	language string
	page     string
	admit    chan struct{} // bounds how many begin a conversation at the same time
}

// visitor is one visitor: it keeps a conversation over broken connections, sends again what was not acknowledged and
// writes all it hears into the ledger.
type visitor struct {
	*site
	n      int
	person bool // asks for a person and talks with the agent

	mu      sync.Mutex
	socket  *socket // nil while there is none
	stream  int     // in the ledger, of the present socket
	token   string
	talk    string // the conversation's id
	epoch   string
	after   int64 // highest seq heard
	state   string
	waiting []question // asked of Emma and not answered, in order
	out     outbox
	anew    bool // the next connection begins a new conversation
	parting bool // this side ends the connection for good
}

// question is one that Emma has in her log as seq and should answer.
type question struct {
	seq int64
	at  time.Time
}

// live connects and listens until ctx ends or the server forbids to come back, and reconnects as the protocol says.
func (v *visitor) live(ctx context.Context) {
	for try := 0; ; try++ {
		welcomed, err := v.session(ctx)
		if ctx.Err() != nil || !v.again(err) {
			return
		}
		if welcomed {
			try = 0
		}
		if v.restarting() {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(jitter(try)):
		}
	}
}

// session is one connection from the dial until it ends.
func (v *visitor) session(ctx context.Context) (welcomed bool, err error) {
	if err := v.arrive(ctx); err != nil {
		return false, err
	}
	err = v.listen(ctx)
	v.leave(ctx, err)
	return true, err
}

func (v *visitor) restarting() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.anew
}

// arrive dials and says hello. The work is done by a goroutine of its own, so that the stack that it needs goes with it.
func (v *visitor) arrive(ctx context.Context) error {
	v.mu.Lock()
	stranger := v.token == ""
	v.mu.Unlock()
	if stranger {
		v.admit <- struct{}{}
		defer func() { <-v.admit }()
	}
	done := make(chan error)
	go func() { done <- v.hello(ctx) }()
	return <-done
}

func (v *visitor) hello(ctx context.Context) error {
	v.mu.Lock()
	if v.anew {
		v.token, v.talk, v.after, v.waiting, v.anew = "", "", 0, nil, false
	}
	hello := visitorHello{Type: "hello", Token: v.token, After: v.after, Language: v.language, Page: v.page}
	v.mu.Unlock()
	began := time.Now()
	s, err := v.client.dial(ctx, v.n, "ws/visitor", http.Header{}, nil)
	if err != nil {
		v.tally.fail("dial")
		return err
	}
	wait, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	var welcome frame
	if err = s.send(wait, encode(hello)); err == nil {
		welcome, err = s.next(wait)
	}
	if err == nil && welcome.Type != "welcome" {
		err = errors.New("the first frame is not a welcome but: " + welcome.Type + " " + welcome.Code)
	}
	if err != nil {
		s.gone()
		if ctx.Err() == nil {
			v.tally.ended(closeCode(err))
		}
		return err
	}
	if hello.Token == "" {
		v.tally.latencies.connect.add(time.Since(began))
	} else {
		v.tally.latencies.resume.add(time.Since(began))
	}
	v.welcome(ctx, s, welcome)
	return nil
}

func (v *visitor) welcome(ctx context.Context, s *socket, f frame) {
	v.mu.Lock()
	if v.talk == "" {
		v.tally.connected.Add(1)
	} else {
		v.tally.reconnects.Add(1)
	}
	if v.epoch != "" && v.epoch != f.Epoch {
		v.tally.fail("epoch_changed")
	}
	v.token, v.talk, v.epoch, v.state, v.socket = f.Token, f.Conversation, f.Epoch, f.State, s
	v.stream = v.ledger.note(record{Kind: "open", At: now(), Conversation: v.talk, Token: v.token, Epoch: v.epoch, After: v.after})
	v.mu.Unlock()
	v.tally.rise()
	v.flush(ctx)
}

// listen reads until the socket ends.
func (v *visitor) listen(ctx context.Context) error {
	v.mu.Lock()
	s := v.socket
	v.mu.Unlock()
	for {
		f, err := s.next(ctx)
		if err != nil {
			return err
		}
		v.hear(ctx, f)
	}
}

// leave forgets the socket.
func (v *visitor) leave(ctx context.Context, err error) {
	v.mu.Lock()
	s, meant := v.socket, v.anew || v.parting
	v.socket = nil
	v.out.again()
	v.mu.Unlock()
	v.tally.fall()
	s.gone()
	if ctx.Err() == nil && !meant {
		v.tally.ended(closeCode(err))
	}
}

// again reports whether to reconnect after err.
func (v *visitor) again(err error) bool {
	code := closeCode(err)
	v.mu.Lock()
	defer v.mu.Unlock()
	if code == 4504 {
		v.anew = true
	}
	return v.anew || !v.parting && !lasting(code)
}

// flush sends the next command if none is under way.
func (v *visitor) flush(ctx context.Context) {
	v.mu.Lock()
	if v.socket == nil {
		v.mu.Unlock()
		return
	}
	l, first := v.out.take()
	s, talk := v.socket, v.talk
	v.mu.Unlock()
	if l == nil {
		return
	}
	if first {
		v.tally.sent.Add(1)
		v.ledger.note(record{Kind: "sent", At: now(), Conversation: talk, Sender: "visitor", ID: l.ID, Sum: l.sum("visitor")})
	}
	// A failed write shows as the end of the reading.
	_ = s.send(ctx, encode(l.command))
}

// sum is that of the message which the command makes, or 0.
func (l *letter) sum(author string) uint64 {
	if l.Type != "say" {
		return 0
	}
	return messageSum(author, l.Text)
}

func now() int64 { return time.Now().UnixMilli() }
