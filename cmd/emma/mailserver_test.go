package main

import (
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// mailServer is an SMTP server on loopback that misbehaves as a test wants.
type mailServer struct {
	address string

	mu       sync.Mutex
	tries    int
	trouble  func(try int, step string) error // step is "rcpt" or "data"
	received []*mail.Message
	bodies   []string
}

// hangUp, returned by trouble at "data", takes the mail and breaks off without an answer.
var hangUp = &smtp.SMTPError{Code: -1}

func startMailServer(t testing.TB, trouble func(try int, step string) error) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mailServer{address: listener.Addr().String(), trouble: trouble}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &mailSession{server: m, conn: c}, nil }))
	server.Domain = "localhost"
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-served })
	return m
}

func (m *mailServer) mails() (count int, tries int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.received), m.tries
}

type mailSession struct {
	server *mailServer
	conn   *smtp.Conn
	try    int
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.tries++
	s.try = s.server.tries
	return nil
}

func (s *mailSession) Rcpt(string, *smtp.RcptOptions) error { return s.server.trouble(s.try, "rcpt") }

func (s *mailSession) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	trouble := s.server.trouble(s.try, "data")
	if trouble != nil && trouble != error(hangUp) {
		return trouble
	}
	message, err := mail.ReadMessage(strings.NewReader(string(content)))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(message.Body)
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	s.server.received = append(s.server.received, message)
	s.server.bodies = append(s.server.bodies, string(body))
	s.server.mu.Unlock()
	if trouble != nil {
		return s.conn.Conn().Close()
	}
	return nil
}

func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }
