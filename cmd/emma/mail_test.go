package main

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

func busyServer() error {
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again later"}
}

// answeredByMail leaves a message, answers it, and returns its reference.
func answeredByMail(t *testing.T, p *program) string {
	t.Helper()
	agent := p.signIn(t, "agent", p.password(t, "agent"))
	visitor, _ := p.visitor(t, "", 0)
	visitor.send(map[string]any{"type": "leave_message", "id": newID(), "text": "My card never came.", "name": "Maria", "email": "maria@example.org", "consent": true})
	reference := visitor.until(func(f frame) bool { return f.Author == "system" && f.Case != nil }).Case.Reference
	status, body := p.call(t, agent, "POST", "/api/cases/"+reference+"/answer", map[string]any{"id": newID(), "text": "We sent IOE0912345678 again. Call 800-375-5283."})
	decodeCase(t, status, body)
	return reference
}

func mailFlags(m *mailServer) []string {
	return []string{"--smtp", "smtp://" + m.address, "--mail-from", "Emma <emma@example.org>", "--mail-retry", "50ms"}
}

// waitFor waits until something holds.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s did not come", what)
		}
	}
}

func TestAnAnswerIsMailedOnceThoughTheServerFailsTwice(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		server := startMailServer(t, func(try int, step string) error {
			if try == 1 && step == "rcpt" || try == 2 && step == "data" {
				return busyServer()
			}
			return nil
		})
		dir := t.TempDir()
		p := start(t, dir, append(flags, mailFlags(server)...)...)
		reference := answeredByMail(t, p)
		waitFor(t, "the mail", func() bool { n, _ := server.mails(); return n > 0 })
		listed := func() string {
			_, out, _ := command(t, "", append([]string{"cases", "mail", "--data", dir}, flags...)...)
			return out
		}
		waitFor(t, "the record", func() bool { return strings.Contains(listed(), "sent") })
		p.stop()
		p = start(t, dir, append(flags, mailFlags(server)...)...)
		time.Sleep(300 * time.Millisecond) // six times the pause after which it would be tried again
		if n, tries := server.mails(); n != 1 || tries != 3 {
			t.Errorf("%d mails came in %d tries", n, tries)
		}
		m, text := server.received[0], server.bodies[0]
		if m.Header.Get("To") != "<maria@example.org>" || !strings.HasSuffix(m.Header.Get("Message-ID"), "@example.org>") {
			t.Errorf("the header is %v", m.Header)
		}
		if !strings.Contains(text, "800-375-5283") || strings.Contains(text, "0912345678") || !strings.Contains(text, reference[:4]+"-") {
			t.Errorf("the mail says %s", text)
		}
		if strings.Contains(p.output.String(), "maria@") {
			t.Error("the log holds an address")
		}
	})
}

func TestAMailWithoutAnswerFromTheServerIsNotSentTwice(t *testing.T) {
	server := startMailServer(t, func(_ int, step string) error {
		if step == "data" {
			return hangUp
		}
		return nil
	})
	dir := t.TempDir()
	p := start(t, dir, mailFlags(server)...)
	answeredByMail(t, p)
	listed := func() string { _, out, _ := command(t, "", "cases", "mail", "--data", dir); return out }
	waitFor(t, "the doubt", func() bool { return strings.Contains(listed(), "doubtful") })
	time.Sleep(300 * time.Millisecond)
	if n, tries := server.mails(); n != 1 || tries != 1 {
		t.Errorf("%d mails came in %d tries", n, tries)
	}
	// A person looked after it and decides.
	id := strings.Fields(strings.Split(listed(), "\n")[1])[0]
	server.mu.Lock()
	server.trouble = func(int, string) error { return nil }
	server.mu.Unlock()
	if code, _, errs := command(t, "", "cases", "mail", "--again", id, "--data", dir); code != 0 {
		t.Fatal(errs)
	}
	waitFor(t, "the second mail", func() bool { n, _ := server.mails(); return n == 2 })
	if a, b := server.received[0].Header.Get("Message-ID"), server.received[1].Header.Get("Message-ID"); a != b || a == "" {
		t.Errorf("the two tries have the ids %s and %s", a, b)
	}
}

func TestAnAddressThatIsRefusedForGoodIsNotTriedAgain(t *testing.T) {
	server := startMailServer(t, func(_ int, step string) error {
		if step == "rcpt" {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		}
		return nil
	})
	dir := t.TempDir()
	p := start(t, dir, mailFlags(server)...)
	answeredByMail(t, p)
	waitFor(t, "the refusal", func() bool {
		_, out, _ := command(t, "", "cases", "mail", "--data", dir)
		return strings.Contains(out, "failed")
	})
	time.Sleep(300 * time.Millisecond)
	if n, tries := server.mails(); n != 0 || tries != 1 {
		t.Errorf("%d mails came in %d tries", n, tries)
	}
}
