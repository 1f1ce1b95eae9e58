package main

import (
	"errors"
	"net"
	"testing"
)

func TestTheLobbyKeepsWhoComesEarly(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := newLobby(l)
	dial := func() net.Conn {
		t.Helper()
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}
	early, left := dial(), dial()
	served, err := b.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer served.Close()
	if served.RemoteAddr().String() != early.LocalAddr().String() {
		t.Error("the second one is served first")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a closed lobby accepts: %v", err)
	}
	if n, err := left.Read(make([]byte, 1)); err == nil {
		t.Errorf("who is left reads %d bytes", n)
	}
}
