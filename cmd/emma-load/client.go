package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"sync"
)

// client opens sockets to one server. It is safe for concurrent use.
type client struct {
	base    *url.URL // http or https
	sources int      // number of loopback addresses to dial from; 0: the system chooses
	buffers sync.Pool
	readers sync.Pool
}

// newClient accepts an http or https address of a server. Dials to a loopback IPv4 address are spread over `sources`
// addresses 127.0.0.2, .3, …, so that neither ports nor limits for each address run out.
func newClient(address string, sources int) (*client, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("--url %q is not an http or https address", address)
	}
	if ip := net.ParseIP(u.Hostname()).To4(); ip == nil || ip[0] != 127 {
		sources = 0
	}
	return &client{
		base:    u,
		sources: min(sources, 250),
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
		readers: sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4096) }},
	}, nil
}

// origin is the server's own origin, as a browser on its pages would send it.
func (c *client) origin() string { return c.base.Scheme + "://" + c.base.Host }

// connect opens the TCP connection, with TLS for https.
func (c *client) connect(ctx context.Context, n int) (net.Conn, error) {
	d := net.Dialer{KeepAlive: -1}
	if c.sources > 0 {
		d.LocalAddr = &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(2+n%c.sources))}
	}
	address := c.base.Host
	if c.base.Port() == "" {
		address = net.JoinHostPort(c.base.Hostname(), c.base.Scheme)
	}
	if c.base.Scheme == "https" {
		return (&tls.Dialer{NetDialer: &d}).DialContext(ctx, "tcp", address)
	}
	return d.DialContext(ctx, "tcp", address)
}
