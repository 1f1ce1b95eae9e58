package main

import (
	"errors"
	"net"
	"time"
)

const (
	// lobbySize is how many connections wait at most.
	lobbySize = 16 << 10
	// lobbyRest is the pause after a connection could not be accepted.
	lobbyRest = 50 * time.Millisecond
)

// lobby accepts connections from the moment that the port is open, and keeps them until
// the program is ready for them. The system keeps only some thousands: of ten thousand
// visitors who come back at once after a restart it would turn away more than half, to try
// again after one, three and seven seconds.
type lobby struct {
	net.Listener
	arrivals chan arrival // closed after Close
	closed   chan struct{}
}

type arrival struct {
	conn net.Conn
	err  error
}

// newLobby opens a lobby before a listener; closing it closes both.
func newLobby(l net.Listener) *lobby {
	b := &lobby{Listener: l, arrivals: make(chan arrival, lobbySize), closed: make(chan struct{})}
	go b.run()
	return b
}

func (b *lobby) run() {
	defer close(b.arrivals)
	for {
		conn, err := b.Listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		select {
		case b.arrivals <- arrival{conn, err}:
		case <-b.closed:
			if conn != nil {
				_ = conn.Close() // nobody waits for it
			}
			return
		}
		if err != nil {
			time.Sleep(lobbyRest)
		}
	}
}

// Accept implements net.Listener.
func (b *lobby) Accept() (net.Conn, error) {
	a, ok := <-b.arrivals
	if !ok {
		return nil, net.ErrClosed
	}
	return a.conn, a.err
}

// Close implements net.Listener: who waits is turned away. It is called once.
func (b *lobby) Close() error {
	err := b.Listener.Close()
	close(b.closed)
	for a := range b.arrivals {
		if a.conn != nil {
			_ = a.conn.Close()
		}
	}
	return err
}
