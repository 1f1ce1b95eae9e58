package main

import (
	"strings"
	"testing"

	"emma/web"
)

const identitySecret = "a secret of at least thirty-two characters"

func visitorHash(id string) string { return web.VisitorHash(identitySecret, id) }

// named opens a visitor's socket whose site names the visitor.
func (p *program) named(t testing.TB, token, id, hash string) (*client, frame) {
	t.Helper()
	c := dial(t, "ws://"+p.address+"/ws/visitor", nil)
	c.send(map[string]any{"type": "hello", "token": token, "after": 0, "language": "en", "page": "",
		"user":       map[string]any{"id": id, "hash": hash, "name": "Maria", "email": "maria@example.org", "further": true},
		"attributes": map[string]any{"plan": "family", "children": 2, "nothing": nil}})
	return c, c.until(func(f frame) bool { return f.Type == "welcome" })
}

func TestVerifiedVisitorsKeepTheirConversationAcrossDevices(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), append(flags, "--identity-secret", identitySecret)...)
		hash := web.VisitorHash(identitySecret, "42")
		phone, first := p.named(t, "", "42", hash)
		phone.ask("How do I change my address?")
		computer, second := p.named(t, "", "42", hash)
		if second.Conversation != first.Conversation || second.Token == first.Token || second.Token == "" {
			t.Fatalf("on the phone %+v, on the computer %+v", first, second)
		}
		computer.until(func(f frame) bool { return f.Author == "visitor" && f.Text == "How do I change my address?" })
		if _, again := p.named(t, second.Token, "42", hash); again.Conversation != first.Conversation {
			t.Errorf("the computer's own token opens %s", again.Conversation)
		}

		agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
		agent.send(map[string]any{"type": "open", "conversation": first.Conversation, "after": 0})
		opened := agent.until(func(f frame) bool { return f.Type == "opened" })
		if v := opened.Visitor; v == nil || !v.Verified || v.Name != "Maria" || v.Attributes["plan"] != "family" || v.Attributes["children"] != "2" {
			t.Errorf("staff see %+v", v)
		}

		_, other := p.named(t, "", "43", web.VisitorHash(identitySecret, "43"))
		if other.Conversation == first.Conversation {
			t.Error("another visitor sees the conversation")
		}
		thief := dial(t, "ws://"+p.address+"/ws/visitor", nil)
		thief.send(map[string]any{"type": "hello", "token": first.Token, "after": 0, "language": "en", "page": "",
			"user": map[string]string{"id": "43", "hash": web.VisitorHash(identitySecret, "43")}})
		if code := thief.closeCode(); code != 4504 {
			t.Errorf("with the token of another verified visitor: closed with %d, want 4504", code)
		}
	})
}

func TestAWrongHashIsNotVerified(t *testing.T) {
	p := start(t, t.TempDir(), "--identity-secret", identitySecret)
	hash := web.VisitorHash(identitySecret, "42")
	verified, first := p.named(t, "", "42", hash)
	verified.ask("How do I change my address?")
	for _, wrong := range []string{"", "00", strings.Repeat("0", 64), web.VisitorHash("another secret", "42"), strings.ToUpper(hash)} {
		c, welcome := p.named(t, "", "42", wrong)
		if welcome.Conversation == first.Conversation {
			t.Errorf("the hash %q opens the conversation of 42", wrong)
		}
		if refused := c.until(func(f frame) bool { return f.Type == "error" }); refused.Code != "identity" {
			t.Errorf("the hash %q gave %+v", wrong, refused)
		}
	}
	plain := start(t, t.TempDir())
	c, _ := plain.named(t, "", "42", web.VisitorHash("", "42"))
	if refused := c.until(func(f frame) bool { return f.Type == "error" }); refused.Code != "identity" {
		t.Errorf("without a secret the hash with an empty one gave %+v", refused)
	}
	if code, _, errs := command(t, "", "serve", "--data", t.TempDir(), "--identity-secret", "short"); code == 0 || !strings.Contains(errs, "openssl rand -hex 32") {
		t.Errorf("a short secret gave %d: %s", code, errs)
	}
}
