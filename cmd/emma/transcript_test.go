package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func (p *program) transcript(t *testing.T, token, format string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest("GET", p.origin+"/api/transcript?format="+format, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestATranscriptHoldsTheTalkAndNoNumbers(t *testing.T) {
	server := startMailServer(t, func(int, string) error { return nil })
	p := start(t, t.TempDir(), mailFlags(server)...)
	canaries := []string{"123-45-6789", "4111 1111 1111 1111", "IOE0912345678", "A123456789", "maria.canary@example.org", "212-555-0142"}
	visitor, welcome := p.visitor(t, "", 0)
	visitor.ask("<script>alert(1)</script> mine are " + strings.Join(canaries, ", ") + ".")
	visitor.until(isState("waiting")) // the receipt number asks for a person
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
	agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": welcome.Conversation})
	visitor.until(isState("agent"))
	agent.send(map[string]any{"type": "note", "id": newID(), "conversation": welcome.Conversation, "text": "only for us"})
	agent.send(map[string]any{"type": "say", "id": newID(), "conversation": welcome.Conversation, "text": "I found IOE 0912 345 678 for you."})
	visitor.until(isMessage("agent"))

	for _, format := range []string{"text", "html"} {
		response, body := p.transcript(t, welcome.Token, format)
		if response.StatusCode != 200 || !strings.Contains(response.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %s %v", format, response.Status, response.Header)
		}
		for _, want := range []string{"mine are", "for you.", "agent (person)", "Emma (computer program)"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q:\n%s", format, want, body)
			}
		}
		for _, secret := range append(canaries, "0912 345 678", "only for us", welcome.Token) {
			if strings.Contains(body, secret) {
				t.Errorf("%s holds %s", format, secret)
			}
		}
		if format == "html" && strings.Contains(body, "<script") {
			t.Error("the page holds a script of the visitor")
		}
	}
	for _, token := range []string{"", "wrong"} {
		if response, body := p.transcript(t, token, "text"); response.StatusCode < 400 || strings.Contains(body, "mine are") {
			t.Errorf("the token %q gave %s", token, response.Status)
		}
	}
	if response, _ := p.transcript(t, "", "text&token="+welcome.Token); response.StatusCode != 401 {
		t.Errorf("a token in the address gave %s", response.Status)
	}

	once := newID()
	for i, id := range []string{once, once, newID(), newID(), newID()} {
		visitor.send(map[string]any{"type": "transcript", "id": id, "email": "Maria@example.org"})
		answer := visitor.until(func(f frame) bool { return f.ID == id })
		if want := map[bool]string{true: "error", false: "ack"}[i == 4]; answer.Type != want {
			t.Errorf("copy %d gave %+v", i+1, answer)
		}
	}
	waitFor(t, "the copies", func() bool { n, _ := server.mails(); return n >= 3 })
	server.mu.Lock()
	defer server.mu.Unlock()
	if len(server.bodies) != 3 || !strings.Contains(server.bodies[0], "mine are") || strings.Contains(strings.Join(server.bodies, ""), "0912") {
		t.Errorf("%d copies came:\n%s", len(server.bodies), server.bodies)
	}
}
