package main

//lint:file-ignore SA1019 see socket.go

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"nhooyr.io/websocket"
)

// onceServer takes one connection, reads once from it, and answers the upgrade with the bytes of extra in the same write.
func onceServer(t *testing.T, extra []byte) (address string, first <-chan []byte) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	read := make(chan []byte, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		b := make([]byte, 4096)
		n, _ := c.Read(b)
		read <- b[:n]
		req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(b[:n])))
		if err != nil {
			return
		}
		sum := sha1.Sum([]byte(req.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		head := "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: emma.v1\r\n" +
			"Sec-WebSocket-Accept: " + base64.StdEncoding.EncodeToString(sum[:]) + "\r\n\r\n"
		c.Write(append([]byte(head), extra...))
		io.Copy(io.Discard, c)
	}()
	return "http://" + l.Addr().String(), read
}

func TestTheFirstFrameLeavesWithTheRequest(t *testing.T) {
	for _, size := range []int{10, 125, 126, 2000} {
		address, first := onceServer(t, nil)
		c, err := newClient(address, 4)
		if err != nil {
			t.Fatal(err)
		}
		hello := bytes.Repeat([]byte("x"), size)
		s, err := c.dial(t.Context(), 1, "ws/visitor", http.Header{}, hello)
		if err != nil {
			t.Fatal(err)
		}
		s.gone()
		got := <-first
		request, frame, ok := bytes.Cut(got, []byte("\r\n\r\n"))
		if !ok || !strings.HasPrefix(string(request), "GET /ws/visitor HTTP/1.1\r\n") {
			t.Fatalf("the first read of the server has no whole request: %q", got)
		}
		if got := unmasked(t, frame); !bytes.Equal(got, hello) {
			t.Errorf("size %d: the first read has the frame %q", size, got)
		}
	}
}

// unmasked reads a whole masked text frame of less than 64 KiB.
func unmasked(t *testing.T, b []byte) []byte {
	t.Helper()
	if len(b) < 6 || b[0] != 0x81 || b[1]&0x80 == 0 {
		t.Fatalf("not a masked final text frame: %x", b)
	}
	n, b := int(b[1]&0x7f), b[2:]
	if n == 126 {
		n, b = int(b[0])<<8|int(b[1]), b[2:]
	}
	mask, payload := b[:4], b[4:]
	if len(payload) != n {
		t.Fatalf("the frame has %d bytes, its head says %d", len(payload), n)
	}
	out := make([]byte, n)
	for i := range out {
		out[i] = payload[i] ^ mask[i%4]
	}
	return out
}

func TestFramesThatComeWithTheAnswerAreNotLost(t *testing.T) {
	welcome := []byte(`{"type":"welcome","seq":3}`)
	address, _ := onceServer(t, append([]byte{0x81, byte(len(welcome))}, welcome...))
	c, err := newClient(address, 0)
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.dial(t.Context(), 0, "ws/visitor", http.Header{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.gone()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if f, err := s.next(ctx); err != nil || f.Type != "welcome" || f.Seq != 3 {
		t.Errorf("frame %+v, %v", f, err)
	}
}

func TestARefusedUpgradeKeepsItsStatusAndACloseItsCode(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/no" {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		if ws, err := websocket.Accept(w, r, nil); err == nil {
			ws.Close(4504, "unknown token")
		}
	}))
	defer server.Close()
	c, err := newClient(server.URL, 2)
	if err != nil {
		t.Fatal(err)
	}
	var no *refused
	if _, err := c.dial(t.Context(), 0, "no", http.Header{}, nil); !errors.As(err, &no) || no.status != http.StatusTooManyRequests {
		t.Errorf("error %v", err)
	}
	s, err := c.dial(t.Context(), 0, "yes", http.Header{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.gone()
	if _, err := s.next(t.Context()); closeCode(err) != 4504 {
		t.Errorf("close code %d of %v", closeCode(err), err)
	}
	if closeCode(io.EOF) != 0 {
		t.Error("a broken connection has a close code")
	}
}
