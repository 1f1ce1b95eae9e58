package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const examples = "../../web/testdata/protocol"

// example decodes a frame of the protocol's examples.
func example(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(examples, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestAllFramesOfTheServerAreUnderstood(t *testing.T) {
	paths, err := filepath.Glob(examples + "/server-*.json")
	if err != nil || len(paths) < 15 {
		t.Fatalf("%d examples, %v", len(paths), err)
	}
	for _, path := range paths {
		name := filepath.Base(path)
		var f frame
		var event struct{ Seq, At int64 } // what every event has, and no other frame
		example(t, name[:len(name)-len(".json")], &f)
		example(t, name[:len(name)-len(".json")], &event)
		if f.Type == "" || f.event() != (event.Seq > 0 && event.At > 0) {
			t.Errorf("%s: type %q, event %v", name, f.Type, f.event())
		}
	}
}

func TestAFrameHasWhatTheExampleSays(t *testing.T) {
	for name, want := range map[string]frame{
		"server-ack":         {Type: "ack", ID: "0190c0de-0000-7000-8000-000000000001", Seq: 1},
		"server-state-agent": {Type: "state", Conversation: "0190c0de-0000-7000-8000-0000000000aa", Seq: 5, State: "agent"},
		"server-message-visitor": {Type: "message", Seq: 1, Author: "visitor", Text: "How do I renew my green card?",
			ClientID: "0190c0de-0000-7000-8000-000000000001"},
		"server-desk": {Type: "desk", Waiting: []row{{Conversation: "0190c0de-0000-7000-8000-0000000000aa", State: "waiting", Seq: 3}}},
	} {
		var got frame
		example(t, name, &got)
		if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(frame{})); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestAnUnknownKindOfEventIsAnEvent(t *testing.T) {
	if !(frame{Type: "later", Seq: 3}).event() || (frame{Type: "later"}).event() {
		t.Error("an unknown frame is an event when it has a number, and only then")
	}
}

func TestSumsTellEventsApart(t *testing.T) {
	frames := []frame{
		{Type: "message", Author: "visitor", Text: "a"}, {Type: "message", Author: "agent", Text: "a"},
		{Type: "message", Author: "visitor", Text: "b"}, {Type: "state", State: "waiting"}, {Type: "state", State: "bot"}, {Type: "note"},
	}
	seen := map[uint64]frame{}
	for _, f := range frames {
		if other, ok := seen[f.sum()]; ok {
			t.Errorf("%+v and %+v have the same sum", f, other)
		}
		seen[f.sum()] = f
	}
}

func TestCommandsAreWrittenLikeTheExamples(t *testing.T) {
	const id, talk = "0190c0de-0000-7000-8000-000000000001", "0190c0de-0000-7000-8000-0000000000aa"
	answered, zero := "answered", int64(0)
	for name, sent := range map[string]any{
		"visitor-hello":  visitorHello{Type: "hello", Language: "en", Page: "https://www.example.org/cards"},
		"visitor-say":    command{Type: "say", ID: id, Text: "How do I renew my green card?"},
		"visitor-agent":  command{Type: "agent", ID: id},
		"visitor-cancel": command{Type: "cancel", ID: id},
		"staff-hello":    command{Type: "hello", Status: "available"},
		"staff-open":     command{Type: "open", Conversation: talk, After: &zero},
		"staff-leave":    command{Type: "leave", Conversation: talk},
		"staff-claim":    command{Type: "claim", ID: id, Conversation: talk},
		"staff-say":      command{Type: "say", ID: id, Conversation: talk, Text: "Hello, this is Dana."},
		"staff-close":    command{Type: "close", ID: id, Conversation: talk, Disposition: &answered, Tags: &[]string{"card"}},
	} {
		var want, got any
		example(t, name, &want)
		if fields, ok := want.(map[string]any); ok && name == "visitor-hello" {
			delete(fields, "user") // only sites that know their visitors send these
			delete(fields, "attributes")
		}
		if err := json.Unmarshal(encode(sent), &got); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}
