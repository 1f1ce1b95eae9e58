package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"emma/handoff"
)

// MailSettings say how mails are sent.
type MailSettings struct {
	SMTP      string        `name:"smtp" help:"Mail server for answers by e-mail: smtp://user:password@host:587 (changes to TLS), or smtps://… (TLS from the start). Better set in the environment as EMMA_SMTP, where other users do not see the password. Without it no mail is sent."`
	MailFrom  string        `help:"Sender of the mails, such as 'Emma <emma@example.org>'; needed with --smtp."`
	MailRetry time.Duration `help:"Pause before a mail is tried again; it doubles up to an hour." default:"30s"`
}

// mailTimeout bounds each step of a delivery. RFC 5321 asks for minutes; a server that
// needs longer than this for a small mail is tried again later.
const mailTimeout = 30 * time.Second

// mailer delivers one letter at a time to the mail server. nil delivers nothing.
type mailer struct {
	client *gomail.Client
	from   *mail.Address
	domain string // of the Message-IDs
}

// newMailer returns nil without a server, or an error that says what is wrong.
func newMailer(c MailSettings) (*mailer, error) {
	if c.SMTP == "" {
		return nil, nil
	}
	u, err := url.Parse(c.SMTP)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" {
		return nil, errors.New("--smtp: write it like smtp://user:password@mail.example.org:587, with special characters of the password as %XX")
	}
	from, err := mail.ParseAddress(c.MailFrom)
	if err != nil {
		return nil, errors.New("--mail-from: write the sender like 'Emma <emma@example.org>'")
	}
	m := &mailer{from: from, domain: from.Address[strings.LastIndexByte(from.Address, '@')+1:]}
	options := []gomail.Option{gomail.WithTimeout(mailTimeout), gomail.WithHELO(m.domain)}
	// A server on this machine may do without TLS; its certificate is not for "localhost".
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	switch {
	case u.Scheme == "smtps":
		options = append(options, gomail.WithSSLPort(false))
	case here:
		options = append(options, gomail.WithTLSPortPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPortPolicy(gomail.TLSMandatory))
	}
	if port, err := strconv.Atoi(u.Port()); err == nil {
		options = append(options, gomail.WithPort(port))
	}
	if name := u.User.Username(); name != "" {
		password, _ := u.User.Password()
		auth := gomail.SMTPAuthAutoDiscover
		if here {
			auth = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithUsername(name), gomail.WithPassword(password), gomail.WithSMTPAuth(auth))
	}
	if m.client, err = gomail.NewClient(u.Hostname(), options...); err != nil {
		return nil, fmt.Errorf("--smtp: %w", err)
	}
	return m, nil
}

// message is a letter as a mail. It is the same at every try.
func (m *mailer) message(l handoff.Letter) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	msg.FromMailAddress(m.from)
	if err := msg.To(l.Recipient); err != nil {
		return nil, fmt.Errorf("the address cannot be used: %w", err)
	}
	msg.Subject(l.Subject)
	msg.SetMessageIDWithValue(l.ID + "@" + m.domain)
	msg.SetDateWithValue(l.CreatedAt)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	}
	return msg, nil
}

// outcome is how a delivery ended.
type outcome int

const (
	delivered outcome = iota
	refused           // the server surely has nothing; it may be tried again
	refusedForGood
	unknown // the end was sent and no answer came
)

// deliver sends a letter. handing is called when all but the end of the mail was sent;
// when it fails the end is not sent, and the server throws away what it has.
func (m *mailer) deliver(ctx context.Context, l handoff.Letter, handing func() error) (outcome, error) {
	msg, err := m.message(l)
	if err != nil {
		return refusedForGood, err
	}
	client, err := m.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return refused, fmt.Errorf("reaching the mail server: %w", err)
	}
	// Close rather than Quit: an unfinished mail must end with the connection.
	defer func() { _ = client.Close() }()
	defer context.AfterFunc(ctx, func() { _ = client.Close() })()
	if err := client.Mail(m.from.Address); err != nil {
		return refused, err
	}
	if err := client.Rcpt(l.Recipient); err != nil {
		return refusal(err), err
	}
	w, err := client.Data()
	if err != nil {
		return refused, err
	}
	if _, err := msg.WriteTo(w); err != nil {
		return refused, err
	}
	if err := handing(); err != nil {
		return refused, err
	}
	if err := client.UpdateDeadline(mailTimeout); err != nil {
		return unknown, err
	}
	if err := w.Close(); err != nil {
		var answer *textproto.Error
		if errors.As(err, &answer) {
			return refusal(err), err
		}
		return unknown, err
	}
	_ = client.Quit() // the mail is theirs already
	return delivered, nil
}

// refusal tells a refusal for good (5yz) from one that may pass (RFC 5321, 4.2.1).
func refusal(err error) outcome {
	var answer *textproto.Error
	if errors.As(err, &answer) && answer.Code >= 500 {
		return refusedForGood
	}
	return refused
}
