package main

//lint:file-ignore SA1019 see socket.go

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/google/uuid"
	"nhooyr.io/websocket"
)

// fault is a way in which the fake server breaks its promises.
type fault string

const (
	honest        fault = ""
	loses         fault = "acknowledges every seventh message and does not keep it"
	doubles       fault = "keeps every seventh message twice"
	forgetsIDs    fault = "keeps what is sent again as a new message"
	ackEarly      fault = "acknowledges before it stores, and dies in between"
	misnumbers    fault = "acknowledges with a number that is one too high"
	alters        fault = "changes the words of every seventh message"
	swaps         fault = "reads the second and third event back in the other order"
	skipsOnResume fault = "leaves out the first event after a resume"
	repeats       fault = "sends the last event again after a resume"
	skipsNumber   fault = "leaves a number out"
	neverStored   fault = "shows an event that it does not keep"
	invents       fault = "keeps a message that the visitor never sent"
	deaf          fault = "loses a frame that comes with the request"
)

// fakeServer speaks the server's side of the protocol, all in memory.
type fakeServer struct {
	http  *httptest.Server
	fault fault

	mu     sync.Mutex
	talks  map[string]*fakeTalk // by conversation
	tokens map[string]*fakeTalk
	conns  map[*fakeConn]bool
	n      int    // messages kept
	busy   int    // so many messages are refused with busy
	epoch  string // of the database
}

type fakeTalk struct {
	id, token, state, agent string
	log                     []map[string]any
	skipped                 int64 // numbers left out
}

type fakeConn struct {
	server *fakeServer
	ws     *websocket.Conn
	staff  string          // name; empty for a visitor
	follow map[string]bool // conversations
}

func newFake(t *testing.T, f fault) *fakeServer {
	s := &fakeServer{fault: f, talks: map[string]*fakeTalk{}, tokens: map[string]*fakeTalk{}, conns: map[*fakeConn]bool{}, epoch: "e1"}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /api/login", func(w http.ResponseWriter, r *http.Request) {
		var who struct{ Name, Password string }
		if json.NewDecoder(r.Body).Decode(&who) != nil || who.Password != "secret" || r.Header.Get("Origin") != s.http.URL {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "emma_session", Value: who.Name})
	})
	mux.HandleFunc("GET /ws/visitor", func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, "") })
	mux.HandleFunc("GET /ws/agent", func(w http.ResponseWriter, r *http.Request) {
		k, err := r.Cookie("emma_session")
		if err != nil || r.Header.Get("Origin") != s.http.URL {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		s.serve(w, r, k.Value)
	})
	s.http = httptest.NewServer(mux)
	t.Cleanup(func() { s.cut(); s.http.Close() })
	return s
}

func (s *fakeServer) serve(w http.ResponseWriter, r *http.Request, staff string) {
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"emma.v1"}})
	if err != nil {
		return
	}
	c := &fakeConn{server: s, ws: ws, staff: staff, follow: map[string]bool{}}
	s.mu.Lock()
	s.conns[c] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
		ws.CloseNow()
	}()
	var mine *fakeTalk
	for first := true; ; first = false {
		_, b, err := ws.Read(context.Background())
		if err != nil {
			return
		}
		if first && s.fault == deaf {
			continue
		}
		var f map[string]any
		if json.Unmarshal(b, &f) != nil {
			return
		}
		s.mu.Lock()
		if staff == "" {
			mine = s.visitor(c, mine, f)
		} else {
			s.agent(c, f)
		}
		s.mu.Unlock()
	}
}

// visitor handles a frame of a visitor and returns its conversation.
func (s *fakeServer) visitor(c *fakeConn, t *fakeTalk, f map[string]any) *fakeTalk {
	id, _ := f["id"].(string)
	switch f["type"] {
	case "hello":
		token, _ := f["token"].(string)
		if t = s.tokens[token]; t == nil {
			if token != "" {
				go c.ws.Close(4504, "")
				return nil
			}
			t = &fakeTalk{id: uuid.NewString(), token: uuid.NewString(), state: "bot"}
			s.talks[t.id], s.tokens[t.token] = t, t
		}
		c.say(map[string]any{"type": "welcome", "token": t.token, "conversation": t.id, "epoch": s.epoch, "seq": t.last(), "state": t.state})
		s.replay(c, t, int64(f["after"].(float64)))
	case "say":
		s.message(c, t, "visitor", id, f["text"])
	case "agent", "cancel":
		state := map[any]string{"agent": "waiting", "cancel": "bot"}[f["type"]]
		s.move(c, t, id, state)
		s.desk()
	}
	return t
}

func (s *fakeServer) agent(c *fakeConn, f map[string]any) {
	id, _ := f["id"].(string)
	name, _ := f["conversation"].(string)
	t := s.talks[name]
	switch f["type"] {
	case "hello":
		c.say(map[string]any{"type": "welcome", "epoch": s.epoch, "staff": map[string]any{"name": c.staff}})
		s.desk()
	case "open":
		c.say(map[string]any{"type": "opened", "row": map[string]any{"conversation": t.id, "seq": t.last()}})
		s.replay(c, t, int64(f["after"].(float64)))
	case "leave":
		delete(c.follow, name)
	case "claim":
		if t.agent != c.staff && t.state != "waiting" {
			c.say(map[string]any{"type": "error", "id": id, "code": "taken", "winner": t.agent})
			return
		}
		s.replay(c, t, 0)
		t.agent = c.staff
		s.move(c, t, id, "agent")
		s.desk()
	case "say":
		s.message(c, t, "agent", id, f["text"])
	case "close":
		s.move(c, t, id, "closed")
	}
}

// message keeps and acknowledges a message, with the fault.
func (s *fakeServer) message(c *fakeConn, t *fakeTalk, author, id string, text any) {
	if s.busy > 0 {
		s.busy--
		c.say(map[string]any{"type": "error", "id": id, "code": "busy"})
		return
	}
	if seq := t.find(id); seq > 0 && s.fault != forgetsIDs {
		c.say(map[string]any{"type": "ack", "id": id, "seq": seq, "duplicate": true})
		return
	}
	s.n++
	seventh := s.n%7 == 0
	e := map[string]any{"type": "message", "author": author, "client_id": id, "text": text}
	ack := map[string]any{"type": "ack", "id": id, "seq": t.last() + 1}
	switch {
	case s.fault == loses && seventh:
		c.say(ack)
		return
	case s.fault == ackEarly && seventh:
		c.say(ack)
		for c := range s.conns {
			go c.ws.CloseNow()
		}
		return
	case (s.fault == forgetsIDs || s.fault == skipsOnResume) && seventh:
		delete(s.conns, c) // it is stored, but neither acknowledged nor shown
		go c.ws.CloseNow()
	case s.fault == misnumbers:
		ack["seq"] = t.last() + 2
	case s.fault == alters && seventh:
		e["text"] = "something else"
	case s.fault == skipsNumber && seventh:
		t.skipped++
	case s.fault == neverStored && seventh:
		s.show(t, map[string]any{"type": "message", "author": "emma", "text": "not kept", "seq": t.last() + 1})
	}
	if s.fault == skipsNumber {
		ack["seq"] = t.last() + 1
	}
	early := s.n%2 == 0 // both orders are right
	if early && s.conns[c] {
		c.say(ack)
	}
	s.keep(t, e)
	if s.fault == doubles && seventh {
		s.keep(t, e)
	}
	if !early && s.conns[c] {
		c.say(ack)
	}
	if author == "visitor" && t.state != "agent" {
		s.keep(t, map[string]any{"type": "message", "author": "emma", "text": fmt.Sprintf("About %v: yes.", text)})
	}
	if s.fault == invents && seventh {
		s.keep(t, map[string]any{"type": "message", "author": "visitor", "text": "I never said this", "client_id": uuid.NewString()})
	}
}

// move changes the state once for each id.
func (s *fakeServer) move(c *fakeConn, t *fakeTalk, id, state string) {
	if seq := t.find(id); seq > 0 {
		c.say(map[string]any{"type": "ack", "id": id, "seq": seq, "duplicate": true})
		return
	}
	t.state = state
	s.keep(t, map[string]any{"type": "state", "state": state, "command": id})
	c.say(map[string]any{"type": "ack", "id": id, "seq": t.last()})
}

// keep appends an event to the log and shows it to all who follow.
func (s *fakeServer) keep(t *fakeTalk, e map[string]any) {
	kept := map[string]any{"seq": t.last() + 1}
	for k, v := range e {
		kept[k] = v
	}
	t.log = append(t.log, kept)
	s.show(t, kept)
}

func (s *fakeServer) show(t *fakeTalk, e map[string]any) {
	for c := range s.conns {
		if c.follow[t.id] {
			c.event(t, e)
		}
	}
}

// replay sends the log above after, with the fault, and follows it from then on.
func (s *fakeServer) replay(c *fakeConn, t *fakeTalk, after int64) {
	skip := s.fault == skipsOnResume && after > 0
	log := append([]map[string]any(nil), t.log...)
	if s.fault == swaps && after == 0 && len(log) > 3 {
		log[1], log[2] = log[2], log[1]
	}
	if s.fault == repeats && after > 0 {
		after--
	}
	for _, e := range log {
		if e["seq"].(int64) > after {
			if !skip {
				c.event(t, e)
			}
			skip = false
		}
	}
	c.follow[t.id] = true
}

// desk shows everyone the line.
func (s *fakeServer) desk() {
	waiting := []any{}
	for _, t := range s.talks {
		if t.state == "waiting" {
			waiting = append(waiting, map[string]any{"conversation": t.id, "seq": t.last()})
		}
	}
	for c := range s.conns {
		if c.staff != "" {
			c.say(map[string]any{"type": "desk", "waiting": waiting, "mine": []any{}})
		}
	}
}

// cut breaks every connection without a close frame, as a killed server does.
func (s *fakeServer) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		go c.ws.CloseNow()
	}
}

func (t *fakeTalk) last() int64 { return int64(len(t.log)) + t.skipped }

func (t *fakeTalk) find(id string) int64 {
	for _, e := range t.log {
		if e["client_id"] == id || e["command"] == id {
			return e["seq"].(int64)
		}
	}
	return 0
}

func (c *fakeConn) event(t *fakeTalk, e map[string]any) {
	if c.staff == "" {
		c.say(e)
		return
	}
	with := map[string]any{"conversation": t.id}
	for k, v := range e {
		with[k] = v
	}
	c.say(with)
}

// say sends a frame; a client that is gone shows at the next read.
func (c *fakeConn) say(f map[string]any) {
	_ = c.ws.Write(context.Background(), websocket.MessageText, encode(f))
}
