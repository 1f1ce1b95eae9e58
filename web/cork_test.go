package web

import (
	"bytes"
	"net"
	"testing"
)

// writes counts what leaves a connection.
type writes struct {
	net.Conn
	list [][]byte
}

func (w *writes) Write(p []byte) (int, error) {
	w.list = append(w.list, bytes.Clone(p))
	return w.Conn.Write(p)
}

func TestHeldFramesLeaveTogether(t *testing.T) {
	t.Parallel()
	near, far := net.Pipe()
	defer far.Close()
	w := &writes{Conn: near}
	got := make(chan []byte)
	go func() {
		var all []byte
		buf := make([]byte, 64)
		for {
			n, err := far.Read(buf)
			if err != nil {
				got <- all
				return
			}
			all = append(all, buf[:n]...)
		}
	}()
	c := &corked{conn: w}
	write := func(text string) {
		if _, err := c.Write([]byte(text)); err != nil {
			t.Error(err)
		}
	}
	write("alone ")
	c.hold(8)
	write("both ")
	write("together ")
	if len(w.list) != 1 {
		t.Errorf("%d writes while it holds", len(w.list))
	}
	if err := c.release(); err != nil {
		t.Error(err)
	}
	write("after")
	if err := c.release(); err != nil { // nothing is held
		t.Error(err)
	}
	near.Close()
	if all := string(<-got); all != "alone both together after" || len(w.list) != 3 {
		t.Errorf("%d writes say %q", len(w.list), all)
	}
	c.hold(8)
	write("lost")
	if c.release() == nil {
		t.Error("writing to a closed connection went well")
	}
}
