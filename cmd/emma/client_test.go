package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"testing"
	"time"

	"github.com/google/uuid"
	"nhooyr.io/websocket" //lint:ignore SA1019 see web/socket.go
)

// frame is any frame of the server, as far as tests look at it.
type frame struct {
	Type, Token, Conversation, Epoch, State, ID, Code, Text, HTML, Author, Name, Reason, Team, Agent, Winner string
	Seq, At                                                                                                  int64
	Duplicate, Open                                                                                          bool
	Position                                                                                                 int
	ClientID                                                                                                 string `json:"client_id"`
	Decision                                                                                                 *struct {
		Action, Reason, Article string
		Confidence              float64
		Revision                int64
	}
	Choices       []struct{ ID, Label string }
	Waiting, Mine []struct {
		Conversation, State, Reason, Title, Team, Agent string
		Unread                                          int
	}
	Value, Kind string // of a revealed mark
	Target      int64
	Field       string
	Case        *struct {
		Reference, Kind, State string
		Due                    int64
	}
	Offers      []offered
	Held, After []struct {
		Conversation string
	}
	Agents []struct {
		ID, Name, Status string
		Load, Capacity   int
	}
	Staffed *bool
	Me      *struct{ Status, Absence string }
	Brief   *struct{ Question, Facts string }
	Row     *struct{ Conversation, State string }
	Staff   *struct{ ID, Name, Role string }

	Visitor *struct {
		Verified        bool
		ID, Name, Email string
		Attributes      map[string]string
	}
}

// offered is a chat that the desk offers to an agent. Messages to visitors have offers
// too: names of forms, which are of no interest here.
type offered struct{ Conversation string }

// UnmarshalJSON implements json.Unmarshaler.
func (o *offered) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return nil
	}
	type plain offered
	return json.Unmarshal(b, (*plain)(o))
}

// patience is how long a test waits for what must come; under the race detector, with
// two processors, everything takes several times as long.
const patience = time.Minute

// client is one end of a socket in a test.
type client struct {
	t  testing.TB
	ws *websocket.Conn
	// heard keeps every frame that came, in order.
	heard []frame
}

func newID() string { return uuid.NewString() }

// dial opens a socket; header may be nil.
func dial(t testing.TB, url string, header http.Header) *client {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPHeader: header, Subprotocols: []string{"emma.v1"}})
	if err != nil {
		t.Fatal(err)
	}
	ws.SetReadLimit(1 << 20)
	t.Cleanup(func() { _ = ws.CloseNow() })
	return &client{t: t, ws: ws}
}

// staysAlive gives signs of life until the test ends: an agent who says nothing for a
// while is taken for lost.
func (c *client) staysAlive() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for c.ws.Write(ctx, websocket.MessageText, []byte(`{"type":"ping"}`)) == nil {
			select {
			case <-ctx.Done():
				return
			case <-time.After(2 * time.Second):
			}
		}
	}()
	c.t.Cleanup(func() { stop(); <-ended })
}

// visitor dials and says hello; token and after may be zero.
func (p *program) visitor(t testing.TB, token string, after int64) (*client, frame) {
	t.Helper()
	c := dial(t, "ws://"+p.address+"/ws/visitor", nil)
	c.send(map[string]any{"type": "hello", "token": token, "after": after, "language": "en", "page": ""})
	return c, c.until(func(f frame) bool { return f.Type == "welcome" })
}

// signIn returns a client with the session of a member of the staff.
func (p *program) signIn(t testing.TB, name, password string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	if status, body := p.call(t, browser, "POST", "/api/login", map[string]string{"name": name, "password": password}); status != http.StatusOK {
		t.Fatalf("signing in as %s: %d %s", name, status, body)
	}
	return browser
}

// call sends JSON as a page of our own would, and returns the status and the body.
func (p *program) call(t testing.TB, browser *http.Client, method, path string, body any) (int, string) {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(method, p.origin+path, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var out bytes.Buffer
	if _, err := out.ReadFrom(response.Body); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, out.String()
}

// staff opens the staff socket of a session.
func (p *program) staff(t testing.TB, browser *http.Client) *client {
	t.Helper()
	request, err := http.NewRequest("GET", p.origin, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range browser.Jar.Cookies(request.URL) {
		request.AddCookie(cookie)
	}
	request.Header.Set("Origin", p.origin)
	c := dial(t, "ws://"+p.address+"/ws/agent", request.Header)
	c.send(map[string]any{"type": "hello", "status": "available"})
	c.until(func(f frame) bool { return f.Type == "welcome" })
	return c
}

func (c *client) send(f map[string]any) {
	c.t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		c.t.Fatal(err)
	}
	c.sendRaw(websocket.MessageText, b)
}

func (c *client) sendRaw(kind websocket.MessageType, b []byte) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := c.ws.Write(ctx, kind, b); err != nil {
		c.t.Fatal(err)
	}
}

// until reads to the first frame that fits and returns it.
func (c *client) until(fits func(frame) bool) frame {
	c.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		f, err := c.read(time.Until(deadline))
		if err != nil {
			c.t.Fatalf("waiting for a frame: %v\nheard %+v", err, c.heard)
		}
		if fits(f) {
			return f
		}
	}
}

func (c *client) read(within time.Duration) (frame, error) {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	_, b, err := c.ws.Read(ctx)
	if err != nil {
		return frame{}, err
	}
	var f frame
	if err := json.Unmarshal(b, &f); err != nil {
		return frame{}, err
	}
	c.heard = append(c.heard, f)
	return f, nil
}

// closeCode reads to the end and returns the code that the server closed with.
func (c *client) closeCode() int {
	c.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		if _, err := c.read(time.Until(deadline)); err != nil {
			var closed websocket.CloseError
			if !errors.As(err, &closed) {
				c.t.Fatalf("the socket ended with %v, want a close frame", err)
			}
			return int(closed.Code)
		}
	}
}

// ask says something and returns its receipt.
func (c *client) ask(text string) frame {
	c.t.Helper()
	id := newID()
	c.send(map[string]any{"type": "say", "id": id, "text": text})
	return c.until(func(f frame) bool { return f.ID == id })
}

func isMessage(author string) func(frame) bool {
	return func(f frame) bool { return f.Type == "message" && f.Author == author }
}

func isState(state string) func(frame) bool {
	return func(f frame) bool { return f.Type == "state" && f.State == state }
}

// newDeadline returns a function that reports whether a second has passed.
func newDeadline() func() bool {
	end := time.Now().Add(time.Second)
	return func() bool { return time.Now().After(end) }
}
