package web

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// examples returns the protocol examples whose name begins with a prefix.
func examples(t testing.TB, prefix string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/protocol/" + prefix + "-*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no examples of %s (%v)", prefix, err)
	}
	found := map[string][]byte{}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found[strings.TrimSuffix(filepath.Base(name), ".json")] = content
	}
	return found
}

func TestEveryCommandHasAnExampleThatDecodes(t *testing.T) {
	for _, side := range []struct {
		prefix string
		fresh  func(string) frame
		kinds  []string
	}{
		{"visitor", newVisitorFrame, []string{"hello", "say", "choose", "agent", "cancel", "feedback", "rate", "leave_message", "call_back", "case", "transcript", "end", "reopen", "language", "typing", "read", "ping"}},
		{"staff", newStaffFrame, []string{"hello", "status", "open", "leave", "viewing", "claim", "say", "note", "transfer", "return", "close", "typing", "read", "ping", "reveal", "accept", "decline", "escalate", "whisper", "takeover", "assign", "priority", "done", "active"}},
	} {
		all := examples(t, side.prefix)
		for _, kind := range side.kinds {
			example, ok := all[side.prefix+"-"+kind]
			if !ok {
				t.Errorf("no example of %s %s", side.prefix, kind)
				continue
			}
			delete(all, side.prefix+"-"+kind)
			if _, _, err := decode(example, side.fresh); err != nil {
				t.Errorf("%s %s: %v", side.prefix, kind, err)
			}
		}
		for name := range all {
			t.Errorf("%s is an example of nothing", name)
		}
	}
}

func TestExamplesOfTheServerAreWhatItEncodes(t *testing.T) {
	frames := map[string]any{
		"welcome": &welcomeFrame{}, "staff-welcome": &staffWelcomeFrame{}, "ack": &ackFrame{}, "error": &errorFrame{}, "error-taken": &errorFrame{}, "error-full": &errorFrame{}, "whisper": &noteFrame{}, "note-brief": &noteFrame{}, "note-priority": &noteFrame{},
		"queue-long": &queueFrame{}, "queue-unstaffed": &queueFrame{}, "desk-supervisor": &deskFrame{}, "desk-idle": &deskFrame{},
		"message": &messageFrame{}, "message-visitor": &messageFrame{}, "message-staff": &messageFrame{}, "state": &stateFrame{}, "state-agent": &stateFrame{},
		"queue": &queueFrame{}, "queue-closed": &queueFrame{}, "typing": &typingFrame{}, "pong": &pongFrame{}, "desk": &deskFrame{}, "opened": &openedFrame{},
		"note": &noteFrame{}, "feedback": &opinionFrame{}, "rating": &opinionFrame{}, "read": &seenFrame{}, "viewing": &viewingFrame{}, "reveal": &revealEventFrame{}, "revealed": &revealedFrame{}, "message-sealed": &messageFrame{},
		"error-field": &errorFrame{}, "message-case": &messageFrame{}, "message-offers": &messageFrame{}, "note-case": &noteFrame{}, "case": &caseFrame{}, "cases": &casesFrame{},
	}
	for name, example := range examples(t, "server") {
		into, ok := frames[strings.TrimPrefix(name, "server-")]
		if !ok {
			t.Errorf("%s is an example of nothing", name)
			continue
		}
		d := json.NewDecoder(strings.NewReader(string(example)))
		d.DisallowUnknownFields()
		if err := d.Decode(into); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var want, got map[string]any
		if err := errors.Join(json.Unmarshal(example, &want), json.Unmarshal(encode(into), &got)); err != nil {
			t.Fatal(err)
		}
		for field := range want {
			if _, ok := got[field]; !ok {
				t.Errorf("%s: the server leaves out %s", name, field)
			}
		}
	}
}

func TestBadFramesAreRefused(t *testing.T) {
	const id = `"id":"0190c0de-0000-7000-8000-000000000001"`
	for name, text := range map[string]string{
		"no JSON":                 `hello`,
		"an array":                `[]`,
		"nothing":                 ``,
		"no type":                 `{}`,
		"type is a number":        `{"type":1}`,
		"unknown type":            `{"type":"shout"}`,
		"unknown field":           `{"type":"say",` + id + `,"text":"a","admin":true}`,
		"text is an object":       `{"type":"say",` + id + `,"text":{"$ne":1}}`,
		"id is missing":           `{"type":"say","text":"a"}`,
		"id is no UUID":           `{"type":"say","id":"1","text":"a"}`,
		"id in capitals":          `{"type":"say","id":"0190C0DE-0000-7000-8000-000000000001","text":"a"}`,
		"id in braces":            `{"type":"say","id":"{0190c0de-0000-7000-8000-000000000001}","text":"a"}`,
		"two frames":              `{"type":"ping"}{"type":"ping"}`,
		"negative cursor":         `{"type":"hello","token":"","after":-1,"language":"","page":""}`,
		"cursor is too large":     `{"type":"hello","token":"","after":9223372036854775808,"language":"","page":""}`,
		"cursor is a fraction":    `{"type":"hello","token":"","after":1.5,"language":"","page":""}`,
		"language":                `{"type":"hello","token":"","after":0,"language":"de","page":""}`,
		"six stars":               `{"type":"rate",` + id + `,"stars":6}`,
		"no opinion":              `{"type":"feedback",` + id + `,"seq":1}`,
		"a command of the staff":  `{"type":"claim",` + id + `,"conversation":"0190c0de-0000-7000-8000-000000000001"}`,
		"a hundred thousand deep": strings.Repeat(`[`, 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			if f, _, err := decode([]byte(text), newVisitorFrame); !errors.Is(err, errFrame) {
				t.Errorf("decoded to %+v with %v, want a bad frame", f, err)
			}
		})
	}
}

func TestOnlyTheBarePageIsKept(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.example.org/cards?case=IOE0912345678#top": "https://www.example.org/cards",
		"https://user:secret@www.example.org/a":                "https://www.example.org/a",
		"javascript:alert(1)":                                  "",
		"":                                                     "",
		"/relative":                                            "",
		"https://[":                                            "",
	} {
		if got := pageOf(address); got != want {
			t.Errorf("pageOf(%q) is %q, want %q", address, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, prefix := range []string{"visitor", "staff"} {
		for _, example := range examples(f, prefix) {
			f.Add(example)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, fresh := range []func(string) frame{newVisitorFrame, newStaffFrame} {
			got, id, err := decode(data, fresh)
			if err != nil && !errors.Is(err, errFrame) {
				t.Errorf("the error %v is no bad frame", err)
			}
			if err == nil && got == nil {
				t.Error("neither a frame nor an error")
			}
			if _, err := parseID(id); id != "" && err != nil {
				t.Errorf("the id %q is no id", id)
			}
		}
	})
}
