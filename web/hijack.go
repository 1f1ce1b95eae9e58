package web

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
)

// smallHijacker gives a connection small buffers: net/http hands over 4 KiB in each
// direction, which is most of the memory of an idle connection.
type smallHijacker struct {
	http.ResponseWriter
	out *corked // set by Hijack
}

// Hijack implements http.Hijacker. What the client sent right after its request is
// already in the old reader: it is moved into the new one, and into its buffer,
// since Accept keeps only what is buffered.
func (h *smallHijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	hijacker, ok := h.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, errors.New("the connection cannot be taken over")
	}
	conn, rw, err := hijacker.Hijack()
	if err != nil {
		return nil, nil, err
	}
	h.out = &corked{conn: conn}
	early, err := rw.Reader.Peek(rw.Reader.Buffered())
	if err != nil {
		return nil, nil, fmt.Errorf("reading what came with the request: %w", err)
	}
	early = bytes.Clone(early)
	var source io.Reader = conn
	if len(early) > 0 {
		source = io.MultiReader(bytes.NewReader(early), conn)
	}
	reader := bufio.NewReaderSize(source, max(readBuffer, len(early)))
	if _, err := reader.Peek(len(early)); err != nil {
		return nil, nil, fmt.Errorf("keeping what came with the request: %w", err)
	}
	return conn, bufio.NewReadWriter(reader, bufio.NewWriterSize(h.out, writeBuffer)), nil
}
