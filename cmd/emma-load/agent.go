package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// agent is a member of staff at the desk: it claims waiting conversations, answers each message of the visitor and closes
// after some exchanges.
type agent struct {
	n         int
	name      string
	password  string
	client    *client
	ledger    *ledger
	tally     *tally
	exchanges int // answers until it closes
	atOnce    int // conversations at the same time

	mu     sync.Mutex
	cookie string
	socket *socket
	epoch  string
	cases  map[string]*deskCase
	line   []row // who waits, as the desk last said
}

// deskCase is a conversation that this agent has, or has claimed without an answer yet.
type deskCase struct {
	talk     string
	mine     bool // the claim was acknowledged
	stream   int  // in the ledger, on the present socket; 0 until its first event
	after    int64
	from     int64 // messages of the visitor above it are to be answered
	answered int
	out      outbox
}

// signIn gets the session cookie. A wrong name or password is an error that no second try can mend.
func (c *client) signIn(ctx context.Context, name, password string) (cookie string, err error) {
	body := encode(map[string]string{"name": name, "password": password})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base.JoinPath("api/login").String(), bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", c.origin())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		var said struct {
			Error struct{ Code, Text string }
		}
		_ = json.NewDecoder(resp.Body).Decode(&said)
		return "", fmt.Errorf("%s cannot sign in: status %d %s", name, resp.StatusCode, said.Error.Text)
	}
	for _, k := range resp.Cookies() {
		if k.Name == "emma_session" {
			return k.Name + "=" + k.Value, nil
		}
	}
	return "", errors.New("the answer to the login has no cookie emma_session")
}

// sit opens the staff socket and takes its welcome.
func (c *client) sit(ctx context.Context, n int, cookie, status string) (*socket, frame, error) {
	s, err := c.dial(ctx, n, "ws/agent", http.Header{"Cookie": {cookie}, "Origin": {c.origin()}}, nil)
	if err != nil {
		return nil, frame{}, err
	}
	var f frame
	if err = s.send(ctx, encode(command{Type: "hello", Status: status})); err == nil {
		f, err = s.next(ctx)
	}
	if err == nil && f.Type != "welcome" {
		err = errors.New("the first frame for staff is not a welcome but: " + f.Type + " " + f.Code)
	}
	if err != nil {
		s.gone()
		return nil, frame{}, err
	}
	return s, f, nil
}

// work serves until ctx ends, and comes back when the connection breaks. The first error of a sign-in ends it.
func (a *agent) work(ctx context.Context) error {
	for try := 0; ctx.Err() == nil; try++ {
		if a.cookie == "" {
			cookie, err := a.client.signIn(ctx, a.name, a.password)
			if err != nil && try == 0 {
				return err
			}
			a.cookie = cookie
		}
		if a.cookie != "" {
			err := a.session(ctx)
			var no *refused
			if ctx.Err() == nil {
				a.tally.ended(closeCode(err))
			}
			if closeCode(err) == 4501 || errors.As(err, &no) && no.status == http.StatusUnauthorized {
				a.cookie = ""
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(jitter(min(try, 2))):
		}
	}
	return nil
}

func (a *agent) session(ctx context.Context) error {
	wait, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	s, welcome, err := a.client.sit(wait, a.n, a.cookie, "available")
	if err != nil {
		return err
	}
	defer s.gone()
	a.mu.Lock()
	a.socket, a.epoch, a.line = s, welcome.Epoch, nil
	for _, c := range a.cases {
		c.stream = 0
		c.out.again()
		if c.mine {
			a.open(ctx, c)
		}
		a.flush(ctx, c)
	}
	a.mu.Unlock()
	for {
		f, err := s.next(ctx)
		if err != nil {
			return err
		}
		a.mu.Lock()
		a.hear(ctx, f)
		a.mu.Unlock()
	}
}

// open asks for the events of a conversation above those that were heard.
func (a *agent) open(ctx context.Context, c *deskCase) {
	c.stream = a.ledger.note(record{Kind: "open", At: now(), Conversation: c.talk, Staff: true, Epoch: a.epoch, After: c.after})
	after := c.after
	_ = a.socket.send(ctx, encode(command{Type: "open", Conversation: c.talk, After: &after}))
}

// flush sends the next command in a conversation if none is under way.
func (a *agent) flush(ctx context.Context, c *deskCase) {
	l, first := c.out.take()
	if l == nil {
		return
	}
	if first {
		a.tally.sent.Add(1)
		a.ledger.note(record{Kind: "sent", At: now(), Conversation: c.talk, Sender: a.name, ID: l.ID, Sum: l.sum("agent")})
	}
	_ = a.socket.send(ctx, encode(l.command))
}

// remaining is the number of commands without an answer.
func (a *agent) remaining() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, c := range a.cases {
		n += len(c.out.queue)
	}
	return n
}
