package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// person adds somebody to the staff and signs them in.
func (p *program) person(t *testing.T, dir, name, role string, flags ...string) *http.Client {
	t.Helper()
	args := append([]string{"staff", "add", name, "--role", role, "--password-stdin", "--data", dir}, flags...)
	if code, _, errs := command(t, "four random words here\n", args...); code != 0 {
		t.Fatal(errs)
	}
	return p.signIn(t, name, "four random words here")
}

// move sends a command of the staff and returns its answer.
func (c *client) move(kind, conversation string, more map[string]any) frame {
	c.t.Helper()
	f := map[string]any{"type": kind, "id": newID(), "conversation": conversation}
	for name, value := range more {
		f[name] = value
	}
	c.send(f)
	return c.until(func(answer frame) bool { return answer.ID == f["id"] })
}

func TestTheDeskMovesAConversationAsItsRulesSay(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	ann := p.staff(t, p.person(t, dir, "Ann", "agent", "--capacity", "1"))
	officer := p.staff(t, p.person(t, dir, "Olu", "senior"))
	sam := p.staff(t, p.person(t, dir, "Sam", "supervisor"))
	visitor, welcome := p.visitor(t, "", 0)
	chat := welcome.Conversation
	wants := func(f frame, kind, code string) {
		t.Helper()
		if f.Type != kind || f.Code != code {
			t.Errorf("the answer is %+v, want %s %s", f, kind, code)
		}
	}
	visitor.send(map[string]any{"type": "agent", "id": newID()})
	visitor.until(isState("waiting"))
	wants(ann.move("claim", chat, nil), "ack", "")

	// A full agent takes no other; a supervisor may not overfill them either.
	other, second := p.visitor(t, "", 0)
	other.send(map[string]any{"type": "agent", "id": newID()})
	other.until(isState("waiting"))
	wants(ann.move("claim", second.Conversation, nil), "error", "full")
	here := sam.until(func(f frame) bool { return f.Type == "desk" && len(f.Agents) == 3 && len(f.Held) == 1 })
	id := map[string]string{}
	for _, a := range here.Agents {
		id[a.Name] = a.ID
	}
	wants(sam.move("assign", second.Conversation, map[string]any{"agent": id["Ann"]}), "error", "full")
	wants(ann.move("priority", second.Conversation, map[string]any{"priority": 1}), "error", "forbidden")
	wants(sam.move("priority", second.Conversation, map[string]any{"priority": 1}), "ack", "")

	// A whisper reaches the agent and never the visitor.
	wants(sam.move("whisper", chat, map[string]any{"text": "Ask for the date."}), "ack", "")
	ann.until(func(f frame) bool { return f.Type == "whisper" && f.Text == "Ask for the date." })

	// To a colleague who is away or full: refused, and it stays.
	officer.send(map[string]any{"type": "status", "status": "away"})
	officer.until(func(f frame) bool {
		for _, a := range f.Agents {
			if a.Name == "Olu" && a.Status == "away" {
				return true
			}
		}
		return false
	})
	wants(ann.move("transfer", chat, map[string]any{"agent": id["Olu"], "note": ""}), "error", "away")
	wants(ann.move("transfer", chat, map[string]any{"team": "nowhere", "note": ""}), "error", "no_team")
	officer.send(map[string]any{"type": "status", "status": "available"})

	// To the officers, with a note, and the visitor is told the truth.
	wants(ann.move("escalate", chat, map[string]any{"question": "Why was it transferred?", "facts": "Filed in March."}), "ack", "")
	said := visitor.until(func(f frame) bool {
		return f.Type == "message" && f.Author == "system" && strings.Contains(f.Text, "officer")
	})
	if !strings.Contains(said.Text, "keep your place") {
		t.Errorf("at the escalation the visitor heard %q", said.Text)
	}
	wants(ann.move("claim", chat, nil), "error", "tier")
	wants(ann.move("say", chat, map[string]any{"text": "One more thing"}), "error", "lost")
	wants(officer.move("claim", chat, nil), "ack", "")
	brief := officer.until(func(f frame) bool { return f.Type == "note" && f.Brief != nil })
	if brief.Brief.Question != "Why was it transferred?" || brief.Brief.Facts != "Filed in March." {
		t.Errorf("the note is %+v", brief)
	}

	// The supervisor takes over, and the officer's next message is refused.
	wants(sam.move("takeover", chat, nil), "ack", "")
	wants(officer.move("say", chat, map[string]any{"text": "And so"}), "error", "taken")
	wants(sam.move("say", chat, map[string]any{"text": "This is Sam."}), "ack", "")
	visitor.until(func(f frame) bool { return f.Text == "This is Sam." })
	wants(sam.move("close", chat, map[string]any{"disposition": "", "tags": []string{}}), "ack", "")
	visitor.until(isState("closed"))

	// From the same browser it is opened again, back to the same team and tier.
	visitor.send(map[string]any{"type": "reopen", "id": newID()})
	again := visitor.until(isState("waiting"))
	if again.Reason != "reopened" || again.Team != "general" {
		t.Errorf("reopened as %+v", again)
	}
	for _, f := range visitor.heard {
		if f.Type == "whisper" || f.Type == "note" || f.Text == "One more thing" || f.Text == "And so" {
			t.Errorf("the visitor heard %+v", f)
		}
	}
}

func TestATeamIsChangedByFileAndApiBesideTheServer(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		p := start(t, dir, flags...)
		at := append([]string{"--data", dir}, flags...)
		admin := p.signIn(t, "admin", p.password(t, "admin"))
		code, out, errs := command(t, "", append([]string{"team", "show", "general"}, at...)...)
		if code != 0 {
			t.Fatal(errs)
		}
		file := filepath.Join(dir, "teams.yaml")
		if !strings.Contains(out, "# languages: A chat in a language") {
			t.Errorf("the file does not say what the languages are for:\n%.200s", out)
		}
		changed := strings.NewReplacer("assignment: pick", "assignment: automatic", "offer_for: 20s", "offer_for: 5s",
			"federal_holidays: true", "federal_holidays: true\n      dates: {2026-12-24: ['08:00-12:00']}",
			"reopen_for: 24h", "reopen_for: 24h\n    dispositions: [answered]\n    disposition_required: true").Replace(out)
		if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errs := command(t, "", append([]string{"team", "apply", file}, at...)...); code != 0 {
			t.Fatal(errs)
		}
		agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
		visitor, welcome := p.visitor(t, "", 0)
		visitor.send(map[string]any{"type": "agent", "id": newID()})
		agent.until(func(f frame) bool { return f.Type == "desk" && len(f.Offers) == 1 }) // the server noticed
		if f := agent.move("accept", welcome.Conversation, nil); f.Type != "ack" {
			t.Fatalf("accepting gave %+v", f)
		}
		visitor.until(isState("agent"))
		if f := agent.move("close", welcome.Conversation, map[string]any{"disposition": "", "tags": []string{}}); f.Code != "disposition" {
			t.Errorf("closing without a disposition gave %+v", f)
		}
		if f := agent.move("close", welcome.Conversation, map[string]any{"disposition": "answered", "tags": []string{}}); f.Type != "ack" {
			t.Errorf("closing gave %+v", f)
		}
		// The API reads and writes the same.
		status, body := p.call(t, admin, "GET", "/api/teams/general", nil)
		var team map[string]any
		if err := json.Unmarshal([]byte(body), &team); err != nil || status != http.StatusOK || !strings.Contains(body, `"2026-12-24":["08:00-12:00"]`) {
			t.Fatalf("the team is %d %s (%v)", status, body, err)
		}
		team["offer_for"] = "1s"
		if status, body := p.call(t, admin, "PUT", "/api/teams/general", team); status != http.StatusBadRequest || !strings.Contains(body, "at least 5s") {
			t.Errorf("a wrong team answers %d %s", status, body)
		}
		team["offer_for"] = "30s"
		if status, body := p.call(t, admin, "PUT", "/api/teams/general", team); status != http.StatusOK {
			t.Errorf("saving answers %d %s", status, body)
		}
		// A visitor who writes in a language that it does not answer in goes to one that does.
		team["languages"] = []string{"en"}
		if status, body := p.call(t, admin, "PUT", "/api/teams/general", team); status != http.StatusOK {
			t.Errorf("saving the languages answers %d %s", status, body)
		}
		visitante, _ := p.visitor(t, "", 0)
		visitante.send(map[string]any{"type": "language", "language": "es"})
		visitante.send(map[string]any{"type": "agent", "id": newID()})
		if f := visitante.until(isState("waiting")); f.Team != "military" {
			t.Errorf("in Spanish the line is that of %q", f.Team)
		}
		visitante.send(map[string]any{"type": "cancel", "id": newID()})
		visitante.until(isState("bot"))
		if status, body := p.call(t, admin, "GET", "/api/waits", nil); status != http.StatusOK || !strings.Contains(body, `"waits":1`) {
			t.Errorf("the waits are %d %s", status, body)
		}
		if status, _ := p.call(t, admin, "DELETE", "/api/teams/general", nil); status != http.StatusBadRequest {
			t.Errorf("removing general help answers %d", status)
		}
		if status, _ := p.call(t, admin, "DELETE", "/api/teams/premium", nil); status != http.StatusNoContent {
			t.Errorf("removing a team answers %d", status)
		}
	})
}
