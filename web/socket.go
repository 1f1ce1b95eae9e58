package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"nhooyr.io/websocket" //lint:ignore SA1019 the chosen library; its successor has the same API and only this file changes
)

const (
	subprotocol = "emma.v1"
	frameLimit  = 16 << 10 // bytes of one frame from a client
	helloWithin = 5 * time.Second
	// writeWithin bounds one write to a client that does not read.
	writeWithin = 10 * time.Second
	// closeWithin is how long the other end may take to answer a close frame.
	closeWithin = 2 * time.Second
	// replyLimit bounds the receipts and errors that wait to be written.
	replyLimit = 256
	// readBuffer and writeBuffer of a connection, in bytes: frames are small, and what is
	// written is gathered behind the buffer (corked).
	readBuffer, writeBuffer = 512, 64
)

// Close codes of PROTOCOL.md §5.
const (
	closeRestart = 1001
	closeBinary  = 1003
	closeNotText = 1007
	closePolicy  = 1008
	closeFault   = 1011
	closeFull    = 1013
	closeSlow    = 4001
	closeSilent  = 4002
	closeSession = 4501
	closeNoToken = 4504
)

// closing is an error that ends the socket with a code.
type closing struct {
	code   int
	reason string
}

func (c *closing) Error() string { return fmt.Sprintf("closing with %d: %s", c.code, c.reason) }

// peer is the one at the other end: a visitor or a member of the staff.
type peer interface {
	// turn waits until a frame may be handled, and is called on a small stack; done is
	// called when it was.
	turn() (done func())
	// act handles one frame; frames come one at a time, in order. A *closing ends
	// the socket.
	act(ctx context.Context, frame []byte) error
	// next returns the frames that the peer has to hear now, or none. It is called
	// by one goroutine at a time.
	next(ctx context.Context) ([][]byte, error)
	// check is called by the sweeper now and then; a *closing ends the socket.
	check(ctx context.Context) error
	// leave is called once, when the socket has ended.
	leave()
}

// socket is one WebSocket connection. Its methods may be called from any goroutine.
type socket struct {
	ws   *websocket.Conn
	out  *corked // under ws
	peer peer
	base context.Context // ends when the server has given up waiting
	work *hands

	mu       sync.Mutex
	replies  [][]byte
	woken    bool // the peer may have something to hear
	writing  bool // a goroutine is in drain
	leaving  bool // no further frame is handled
	acting   bool // a frame is being handled
	idle     *sync.Cond
	closed   atomic.Bool
	lastSeen atomic.Int64 // Unix milliseconds of the last sign of life
	probing  atomic.Bool  // a ping waits for its answer
}

// upgrade accepts a WebSocket. The origin was checked before. It answers the
// request itself when it fails.
func upgrade(w http.ResponseWriter, r *http.Request) (*websocket.Conn, *corked, error) {
	h := &smallHijacker{ResponseWriter: w}
	ws, err := websocket.Accept(h, r, &websocket.AcceptOptions{
		Subprotocols:       []string{subprotocol},
		InsecureSkipVerify: true, // allowedOrigin is stricter: scheme, host and port
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("accepting a socket: %w", err)
	}
	ws.SetReadLimit(frameLimit)
	return ws, h.out, nil
}

func newSocket(base context.Context, work *hands, ws *websocket.Conn, out *corked, now time.Time) *socket {
	s := &socket{ws: ws, out: out, base: base, work: work}
	s.idle = sync.NewCond(&s.mu)
	s.lastSeen.Store(now.UnixMilli())
	return s
}

// serve reads until the socket ends. It is the connection's only lasting goroutine.
func (s *socket) serve(now func() time.Time) {
	greeted := time.AfterFunc(helloWithin, func() { s.close(closePolicy, "no hello within 5 seconds") })
	defer s.peer.leave()
	defer func() { s.cut(); _ = s.ws.CloseNow() }()
	for {
		// Reading with a context that ends would drop the connection without a close
		// frame: other goroutines close it instead.
		kind, frame, err := s.ws.Read(context.Background())
		if err != nil {
			greeted.Stop()
			s.closed.Store(true)
			return
		}
		greeted.Stop() // whether it is a hello is seen below; how long we take is not their fault
		s.lastSeen.Store(now().UnixMilli())
		if kind != websocket.MessageText {
			s.close(closeBinary, "binary message")
			continue
		}
		if !utf8.Valid(frame) {
			s.close(closeNotText, "not UTF-8")
			continue
		}
		s.handle(frame)
	}
}

// handle lets the peer act on another goroutine, which keeps the deep stack of decoding
// and storing off this one, and waits for it. That goroutine goes on to write what the peer
// left to be written.
func (s *socket) handle(frame []byte) {
	defer s.peer.turn()()
	s.mu.Lock()
	if s.leaving || s.closed.Load() {
		s.mu.Unlock()
		return
	}
	s.acting = true
	s.mu.Unlock()
	done := make(chan error)
	s.work.do(func() {
		err := s.peer.act(s.base, frame)
		mine := s.claim()
		done <- err
		if mine {
			s.drain()
		}
	})
	err := <-done
	s.mu.Lock()
	s.acting = false
	s.idle.Broadcast()
	s.mu.Unlock()
	s.closeFor(err)
}

func (s *socket) closeFor(err error) {
	var c *closing
	switch {
	case errors.As(err, &c):
		s.close(c.code, c.reason)
	case err != nil:
		s.close(closeFault, "our fault")
	}
}

// write sends frames in one packet. A client that does not take them in time is cut off:
// it resumes with its cursor.
func (s *socket) write(frames [][]byte) {
	if len(frames) == 0 || s.closed.Load() {
		return
	}
	const head = 4 // bytes before a frame of up to 64 KiB
	size := 0
	for _, frame := range frames {
		size += head + len(frame)
	}
	var err error
	s.out.hold(size)
	for _, frame := range frames {
		if err = s.ws.Write(context.Background(), websocket.MessageText, frame); err != nil {
			break
		}
	}
	if err = errors.Join(err, s.out.release()); err != nil {
		s.closed.Store(true)
		s.cut()
	}
}

// cut ends the connection under the socket without a word.
func (s *socket) cut() { _ = s.out.conn.Close() }

// close ends the socket with a code; the first call counts. The closing handshake
// goes on in the background.
func (s *socket) close(code int, reason string) {
	if !s.closed.Swap(true) {
		go s.shake(code, reason)
	}
}

// shake does the closing handshake, and cuts off whoever does not answer in time.
func (s *socket) shake(code int, reason string) {
	cut := time.AfterFunc(closeWithin, s.cut)
	defer cut.Stop()
	_ = s.ws.Close(websocket.StatusCode(code), reason)
}

// finish handles no further frame, waits until what was begun is answered and
// written, and closes with a code. It returns when the other end has closed too or
// was cut off, which is not long after ctx ends.
func (s *socket) finish(ctx context.Context, code int, reason string) {
	stop := context.AfterFunc(ctx, func() {
		s.cut()
		s.closed.Store(true)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.idle.Broadcast()
	})
	defer stop()
	s.mu.Lock()
	s.leaving = true
	for (s.acting || s.writing) && !s.closed.Load() {
		s.idle.Wait()
	}
	s.mu.Unlock()
	if !s.closed.Swap(true) {
		s.shake(code, reason)
	}
}

// seenAt is when the client gave its last sign of life.
func (s *socket) seenAt() time.Time { return time.UnixMilli(s.lastSeen.Load()) }

// silentFor is how long nothing came from the client.
func (s *socket) silentFor(now time.Time) time.Duration {
	return now.Sub(s.seenAt())
}

// ping asks the client for a sign of life and waits for it.
func (s *socket) ping(ctx context.Context, now func() time.Time) {
	if s.ws.Ping(ctx) != nil {
		s.close(closeSilent, "no sign of life")
		return
	}
	s.lastSeen.Store(now().UnixMilli())
}

// probe asks the client for a sign of life without ending the socket when none comes.
// At most one question is open at a time.
func (s *socket) probe(ctx context.Context, now func() time.Time) {
	if s.probing.Swap(true) {
		return
	}
	defer s.probing.Store(false)
	if s.ws.Ping(ctx) == nil {
		s.lastSeen.Store(now().UnixMilli())
	}
}
