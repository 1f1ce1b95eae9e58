package main

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// canaries are numbers and addresses of one person. The first two must be stored
// nowhere; the others only where they were sealed.
type canaries struct{ never, sealed []string }

func theCanaries() canaries {
	return canaries{
		never: []string{"512-67-3391", "512673391", "4111 1111 1111 1111", "4111111111111111", "DE89370400440532013000"},
		sealed: []string{"IOE0912345678", "ioe-09-1234-9876", "A123-987-654", "Maria.Canary@mail.example", "(305) 555-0142", "03/04/1985",
			"1234 5678 9012"},
	}
}

// in returns the first canary that a text holds, or "".
func (c canaries) in(text string, all bool) string {
	list := c.never
	if all {
		list = append(append([]string{}, c.never...), c.sealed...)
	}
	for _, canary := range list {
		if strings.Contains(text, canary) {
			return canary
		}
	}
	return ""
}

func TestNumbersOfPersonsLeaveNoTrace(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir, "--message-rate", "0")
	browser := p.signIn(t, "agent", p.password(t, "agent"))
	agent := p.staff(t, browser)
	visitor, welcome := p.visitor(t, "", 0)
	for _, text := range []string{
		"My social is 512-67-3391 or 512673391, card 4111 1111 1111 1111, IBAN DE89370400440532013000",
		"card 4111111111111111 for the zorblax of my application, reach me at Maria.Canary@mail.example or (305) 555-0142",
		"I was born on 03/04/1985. How do I change my address? My online account number is 1234 5678 9012",
		"why is my case IOE0912345678 delayed?",
		"it is ioe-09-1234-9876, A123-987-654",
	} {
		if ack := visitor.ask(text); ack.Type != "ack" {
			t.Fatalf("%q gave %+v", text, ack)
		}
		visitor.until(isMessage("emma"))
	}
	visitor.send(map[string]any{"type": "feedback", "id": newID(), "seq": 2, "helpful": false, "comment": "call (305) 555-0142, SSN 512-67-3391"})
	visitor.until(func(f frame) bool { return f.Type == "ack" })
	if !heardText(visitor, "For your safety I removed a number") || !heardText(visitor, "I kept your number for the agent") {
		t.Error("the visitor was not told what happens to the numbers")
	}
	agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": welcome.Conversation})
	agent.until(func(f frame) bool { return f.Type == "ack" })
	agent.send(map[string]any{"type": "say", "id": newID(), "conversation": welcome.Conversation, "text": "So your SSN is 512-67-3391?"})
	agent.until(func(f frame) bool { return f.Type == "ack" })

	// The agent sees marks, and what is behind one only by a reveal that stays in the log.
	agent.send(map[string]any{"type": "open", "conversation": welcome.Conversation, "after": 0})
	marked := agent.until(func(f frame) bool {
		return f.Type == "message" && strings.HasPrefix(f.Text, "why is my case [receipt number 1")
	})
	agent.send(map[string]any{"type": "reveal", "id": newID(), "conversation": welcome.Conversation, "seq": marked.Seq, "number": 1})
	var shown, audit frame // in either order
	agent.until(func(f frame) bool {
		switch f.Type {
		case "revealed":
			shown = f
		case "reveal":
			audit = f
		}
		return shown.Type != "" && audit.Type != ""
	})
	if shown.Value != "IOE0912345678" || audit.Name != "agent" || audit.Target != marked.Seq {
		t.Errorf("revealed %+v, the audit is %+v", shown, audit)
	}

	c := theCanaries()
	for who, heard := range map[string][]frame{"visitor": visitor.heard, "agent": agent.heard} {
		for _, f := range heard {
			if f.Type == "revealed" {
				continue
			}
			if found := c.in(encodeFrame(t, f), true); found != "" {
				t.Errorf("the %s heard %q in %+v", who, found, f)
			}
		}
	}
	editor := p.signIn(t, "admin", p.password(t, "admin"))
	for path, who := range map[string]*http.Client{"/api/articles": editor, "/api/gaps": editor, "/api/conversations": browser} {
		if status, body := p.call(t, who, "GET", path, nil); status == http.StatusOK && c.in(body, true) != "" {
			t.Errorf("%s holds %q", path, c.in(body, true))
		}
	}
	exports := t.TempDir()
	for _, name := range []string{"base.jsonl", "base.csv", "base.xlsx"} {
		if code, _, errs := command(t, "", "kb", "export", filepath.Join(exports, name), "--data", dir); code != 0 {
			t.Fatalf("exporting %s: %s", name, errs)
		}
	}
	noneInFiles(t, exports, c, true)
	noneInFiles(t, dir, c, false) // with the write-ahead log
	noneInFiles(t, filepath.Join(dir, "index"), c, true)
	p.stop()
	noneInFiles(t, dir, c, false)
	if found := c.in(p.output.String(), true); found != "" {
		t.Errorf("the log holds %q", found)
	}
	holds := false
	eachFile(t, dir, func(_, content string) { holds = holds || strings.Contains(content, "IOE0912345678") })
	if !holds {
		t.Error("the sealed receipt number is in no file: the search of this test finds nothing")
	}
}

func heardText(c *client, part string) bool {
	for _, f := range c.heard {
		if strings.Contains(f.Text, part) {
			return true
		}
	}
	return false
}

func encodeFrame(t *testing.T, f frame) string {
	t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func noneInFiles(t *testing.T, dir string, c canaries, all bool) {
	t.Helper()
	eachFile(t, dir, func(name, content string) {
		if found := c.in(content, all); found != "" {
			t.Errorf("%s holds %q", name, found)
		}
	})
}

func eachFile(t *testing.T, dir string, look func(name, content string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		look(path, string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
