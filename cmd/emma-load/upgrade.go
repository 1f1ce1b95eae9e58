package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"net"
	"net/http"
	"time"
)

// upgrade is an http.RoundTripper for one upgrade request. It hands out the bare connection, without the buffers and
// goroutines of http.Transport, and can send the first frame along with the request.
type upgrade struct {
	client *client
	n      int
	early  []byte
}

func (u *upgrade) RoundTrip(req *http.Request) (*http.Response, error) {
	conn, err := u.client.connect(req.Context(), u.n)
	if err != nil {
		return nil, err
	}
	resp, err := u.exchange(conn, req)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return resp, nil
}

func (u *upgrade) exchange(conn net.Conn, req *http.Request) (*http.Response, error) {
	if deadline, ok := req.Context().Deadline(); ok {
		conn.SetDeadline(deadline)
	}
	out := u.client.buffers.Get().(*bytes.Buffer)
	defer u.client.buffers.Put(out)
	out.Reset()
	if err := req.Write(out); err != nil {
		return nil, err
	}
	if len(u.early) > 0 {
		appendFrame(out, u.early)
	}
	if _, err := conn.Write(out.Bytes()); err != nil {
		return nil, err
	}
	br := u.client.readers.Get().(*bufio.Reader)
	defer func() { br.Reset(nil); u.client.readers.Put(br) }()
	br.Reset(conn)
	resp, err := http.ReadResponse(br, req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusSwitchingProtocols {
		conn.Close()
		resp.Body = http.NoBody
		return resp, nil
	}
	conn.SetDeadline(time.Time{})
	rest, _ := br.Peek(br.Buffered())
	resp.Body = &bareConn{Conn: conn, first: bytes.Clone(rest)}
	return resp, nil
}

// bareConn gives first what was read along with the answer to the upgrade, then the connection.
type bareConn struct {
	net.Conn
	first []byte
}

func (b *bareConn) Read(p []byte) (int, error) {
	if len(b.first) == 0 {
		return b.Conn.Read(p)
	}
	n := copy(p, b.first)
	if b.first = b.first[n:]; len(b.first) == 0 {
		b.first = nil
	}
	return n, nil
}

// appendFrame appends a whole masked text frame (RFC 6455 §5.2) with a payload of less than 64 KiB.
func appendFrame(out *bytes.Buffer, payload []byte) {
	const final, text, masked = 0x80, 0x01, 0x80
	out.WriteByte(final | text)
	if len(payload) < 126 {
		out.WriteByte(masked | byte(len(payload)))
	} else {
		out.WriteByte(masked | 126)
		out.Write(binary.BigEndian.AppendUint16(nil, uint16(len(payload))))
	}
	var mask [4]byte
	rand.Read(mask[:])
	out.Write(mask[:])
	for i, b := range payload {
		out.WriteByte(b ^ mask[i%4])
	}
}
