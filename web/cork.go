package web

import (
	"net"
	"sync"
	"time"
)

// corked is the writing side of a connection. Between hold and release it gathers what
// is written, so that several frames leave in one packet and cost one call of the
// system. A client that does not take a write within writeWithin is cut off. It is safe
// for concurrent use.
type corked struct {
	conn net.Conn

	mu      sync.Mutex
	holding bool
	held    []byte
}

// Write implements io.Writer.
func (c *corked) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.holding {
		c.held = append(c.held, p...)
		return len(p), nil
	}
	return c.send(p)
}

// hold begins to gather; size is about how many bytes will come.
func (c *corked) hold(size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.holding, c.held = true, make([]byte, 0, size)
}

// release writes what was gathered.
func (c *corked) release() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := c.held
	c.holding, c.held = false, nil
	if len(held) == 0 {
		return nil
	}
	_, err := c.send(held)
	return err
}

func (c *corked) send(p []byte) (int, error) {
	if err := c.conn.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return 0, err
	}
	return c.conn.Write(p)
}
