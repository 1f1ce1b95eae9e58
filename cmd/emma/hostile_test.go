package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"nhooyr.io/websocket" //lint:ignore SA1019 see web/socket.go
)

func TestWhatBreaksTheProtocolGetsItsCodeAndStoresNothing(t *testing.T) {
	p := start(t, t.TempDir())
	text := func(s string) func(*client) {
		return func(c *client) { c.sendRaw(websocket.MessageText, []byte(s)) }
	}
	for _, test := range []struct {
		name  string
		greet bool // say hello first
		send  func(*client)
		close int    // the close code that must come, or
		code  string // the error code
	}{
		{"malformed JSON", true, text(`{"type":`), 0, "bad_frame"},
		{"unknown type", true, text(`{"type":"shout"}`), 0, "bad_frame"},
		{"unknown field", true, text(`{"type":"typing","state":"closed"}`), 0, "bad_frame"},
		{"an empty message", true, text(`{"type":"say","id":"` + newID() + `","text":" \n "}`), 0, "empty"},
		{"4,001 characters", true, text(`{"type":"say","id":"` + newID() + `","text":"` + strings.Repeat("é", 4001) + `"}`), 0, "too_long"},
		{"an unknown choice", true, text(`{"type":"choose","id":"` + newID() + `","choice":"article:none"}`), 0, "not_found"},
		{"cancel without waiting", true, text(`{"type":"cancel","id":"` + newID() + `"}`), 0, "state"},
		{"17 KiB", true, text(`{"type":"say","id":"` + newID() + `","text":"` + strings.Repeat("a", 17<<10) + `"}`), 1009, ""},
		{"invalid UTF-8", true, text("{\"type\":\"say\",\"text\":\"\xff\"}"), 1007, ""},
		{"a binary frame", true, func(c *client) { c.sendRaw(websocket.MessageBinary, []byte(`{"type":"ping"}`)) }, 1003, ""},
		{"ten bad frames", true, func(c *client) {
			for range 10 {
				c.sendRaw(websocket.MessageText, []byte(`{}`))
			}
		}, 1008, ""},
		{"a second hello", true, text(`{"type":"hello","token":"","after":0,"language":"","page":""}`), 1008, ""},
		{"say before hello", false, text(`{"type":"say","id":"` + newID() + `","text":"hi"}`), 1008, ""},
		{"no hello within five seconds", false, func(*client) {}, 1008, ""},
		{"a wrong token", false, text(`{"type":"hello","token":"` + strings.Repeat("A", 43) + `","after":0,"language":"","page":""}`), 4504, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, token := dial(t, "ws://"+p.address+"/ws/visitor", nil), ""
			if test.greet {
				var welcome frame
				c, welcome = p.visitor(t, "", 0)
				token = welcome.Token
			}
			test.send(c)
			if test.close != 0 {
				if got := c.closeCode(); got != test.close {
					t.Errorf("closed with %d, want %d", got, test.close)
				}
			} else if f := c.until(func(f frame) bool { return f.Type == "error" }); f.Code != test.code || f.Text == "" {
				t.Errorf("got %+v, want the error %s", f, test.code)
			}
			if token == "" {
				return
			}
			if _, welcome := p.visitor(t, token, 0); welcome.Seq != 0 {
				t.Errorf("%d events were stored", welcome.Seq)
			}
		})
	}
}

// handshake sends a raw upgrade request and returns the status line's code.
func handshake(t *testing.T, address, path, headers string) int {
	t.Helper()
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n", path, address, headers)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestForeignOriginsAreRefused(t *testing.T) {
	p := start(t, t.TempDir(), "--allowed-site", "https://www.example.org")
	browser := p.signIn(t, "agent", p.password(t, "agent"))
	request, err := http.NewRequest("GET", p.origin, nil)
	if err != nil {
		t.Fatal(err)
	}
	cookie := browser.Jar.Cookies(request.URL)[0]
	_, port, _ := net.SplitHostPort(p.address)
	for _, test := range []struct {
		name, headers   string
		visitor, agents int
	}{
		{"our own", "Origin: " + p.origin + "\r\n", 101, 101},
		{"none", "", 101, 403},
		{"an allowed site", "Origin: https://www.example.org\r\n", 101, 403},
		{"an allowed site over plain HTTP", "Origin: http://www.example.org\r\n", 403, 403},
		{"an allowed site at another port", "Origin: https://www.example.org:444\r\n", 403, 403},
		{"a suffix", "Origin: https://www.example.org.evil.test\r\n", 403, 403},
		{"a prefix", "Origin: https://evil-www.example.org\r\n", 403, 403},
		{"capitals", "Origin: https://WWW.example.org\r\n", 403, 403},
		{"null", "Origin: null\r\n", 403, 403},
		{"two", "Origin: " + p.origin + "\r\nOrigin: https://evil.test\r\n", 403, 403},
		{"our own over TLS", "Origin: https://" + p.address + "\r\n", 403, 403},
		{"our own at another port", "Origin: http://127.0.0.1:1\r\n", 403, 403},
		{"another name of this machine", "Origin: http://localhost:" + port + "\r\n", 403, 403},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := handshake(t, p.address, "/ws/visitor", test.headers); got != test.visitor {
				t.Errorf("the visitor's socket answers %d, want %d", got, test.visitor)
			}
			if got := handshake(t, p.address, "/ws/agent", test.headers+"Cookie: "+cookie.String()+"\r\n"); got != test.agents {
				t.Errorf("the staff socket answers %d, want %d", got, test.agents)
			}
		})
	}
	if got := handshake(t, p.address, "/ws/agent", "Origin: "+p.origin+"\r\n"); got != 401 {
		t.Errorf("without a session the staff socket answers %d, want 401", got)
	}
}

func TestAFirstFrameInTheSegmentOfTheUpgradeIsNotLost(t *testing.T) {
	p := start(t, t.TempDir(), "--connections-per-address", "0")
	hello := `{"type":"hello","token":"","after":0,"language":"en","page":""}`
	for i := range 300 {
		if err := firstFrame(p.address, hello); err != nil {
			t.Fatalf("try %d: %v", i, err)
		}
	}
}

// firstFrame sends the upgrade and a masked text frame in one write and waits for
// what the server says.
func firstFrame(address, text string) error {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	var key [16]byte
	_, _ = rand.Read(key[:])
	var b strings.Builder
	fmt.Fprintf(&b, "GET /ws/visitor HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n",
		address, base64.StdEncoding.EncodeToString(key[:]))
	b.Write([]byte{0x81, 0x80 | byte(len(text)), 0, 0, 0, 0}) // a mask of zeros leaves the text as it is
	b.WriteString(text)
	if _, err := io.WriteString(conn, b.String()); err != nil {
		return err
	}
	r := bufio.NewReader(conn)
	response, err := http.ReadResponse(r, nil)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusSwitchingProtocols {
		return fmt.Errorf("the upgrade got %s", response.Status)
	}
	var head [4]byte // a text frame of 126 to 65,535 bytes
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	payload := make([]byte, int(head[2])<<8|int(head[3]))
	if head[0] != 0x81 || head[1] != 126 {
		return fmt.Errorf("the first frame begins with % x", head)
	}
	if _, err := io.ReadFull(r, payload); err != nil {
		return err
	}
	if !strings.Contains(string(payload), `"type":"welcome"`) {
		return fmt.Errorf("heard %s", payload)
	}
	return nil
}

func TestTooManyMessagesAreRefusedWithoutLoss(t *testing.T) {
	p := start(t, t.TempDir(), "--message-rate", "1")
	v, welcome := p.visitor(t, "", 0)
	refused := 0
	for range 12 {
		if f := v.ask("How do I change my address?"); f.Code == "rate" {
			refused++
		}
	}
	if refused == 0 || refused == 12 {
		t.Errorf("%d of 12 messages were refused", refused)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	<-ctx.Done() // the last answers are on their way
	_, again := p.visitor(t, welcome.Token, 0)
	if want := int64(2 * (12 - refused)); again.Seq != want {
		t.Errorf("%d events are stored, want %d (a question and an answer each)", again.Seq, want)
	}
}
