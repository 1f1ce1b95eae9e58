package main

//lint:file-ignore SA1019 the server's library too; its successor has the same API and only this file would change

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"nhooyr.io/websocket"
)

// dial opens a socket at the path. When early is not empty it is a first message that leaves in the same write as the
// upgrade request. n decides the source address. The dial fails after 15 seconds.
func (c *client) dial(ctx context.Context, n int, path string, header http.Header, early []byte) (*socket, error) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	up := &upgrade{client: c, n: n, early: early}
	ws, resp, err := websocket.Dial(ctx, c.base.JoinPath(path).String(), &websocket.DialOptions{
		HTTPClient:   &http.Client{Transport: up},
		HTTPHeader:   header,
		Subprotocols: []string{"emma.v1"},
	})
	if err != nil {
		if resp != nil {
			return nil, &refused{status: resp.StatusCode}
		}
		return nil, err
	}
	ws.SetReadLimit(16 << 20)
	return &socket{ws: ws, client: c}, nil
}

// refused says that the server answered the upgrade with another status.
type refused struct{ status int }

func (r *refused) Error() string {
	return fmt.Sprintf("the server answered the upgrade with status %d", r.status)
}

// socket is an open WebSocket that speaks frames. One goroutine may read while others write.
type socket struct {
	ws     *websocket.Conn
	client *client
}

// send writes one frame. When ctx ends the connection is gone.
func (s *socket) send(ctx context.Context, payload []byte) error {
	return s.ws.Write(ctx, websocket.MessageText, payload)
}

// next waits for a frame. After an error the socket is of no more use; closeCode reads the reason from the error.
func (s *socket) next(ctx context.Context) (frame, error) {
	_, r, err := s.ws.Reader(ctx)
	if err != nil {
		return frame{}, err
	}
	buf := s.client.buffers.Get().(*bytes.Buffer)
	defer s.client.buffers.Put(buf)
	buf.Reset()
	if _, err := io.Copy(buf, r); err != nil {
		return frame{}, err
	}
	f := frame{at: time.Now()}
	if err := json.Unmarshal(buf.Bytes(), &f); err != nil {
		return frame{}, fmt.Errorf("the server sent a frame that is not the protocol: %w", err)
	}
	return f, nil
}

// bye closes in an orderly way with code 1000; gone drops the connection.
func (s *socket) bye()  { s.ws.Close(websocket.StatusNormalClosure, "") }
func (s *socket) gone() { s.ws.CloseNow() }

// closeCode is the code with which the peer closed, or 0 when the connection broke without one.
func closeCode(err error) int {
	var closed websocket.CloseError
	if errors.As(err, &closed) {
		return int(closed.Code)
	}
	return 0
}
