package handoff

import (
	"fmt"
	"testing"
)

func TestTitlesAreShort(t *testing.T) {
	for text, want := range map[string]string{
		"  Where\n is  my card? ": "Where is my card?",
		"":                        "",
	} {
		if got := title(text); got != want {
			t.Errorf("title(%q) is %q, want %q", text, got, want)
		}
	}
	long := title(fmt.Sprintf("%0100d", 0) + "é")
	if n := len([]rune(long)); n != titleLength {
		t.Errorf("a long title has %d characters", n)
	}
}

func TestOnlyWhatChangedIsWoken(t *testing.T) {
	bot := Conversation{ID: "x", State: StateBot, LastSeq: 1}
	said := Conversation{ID: "x", State: StateBot, LastSeq: 2, Title: "new"}
	waiting := Conversation{ID: "x", State: StateWaiting, LastSeq: 3}
	more := Conversation{ID: "x", State: StateWaiting, LastSeq: 4, Title: "more"}
	held := Conversation{ID: "x", State: StateAgent, Agent: "a", LastSeq: 5}
	talk := Conversation{ID: "x", State: StateAgent, Agent: "a", LastSeq: 6}
	for _, test := range []struct {
		name          string
		before, after Conversation
		want          []Topic
	}{
		{"a question to Emma", bot, said, []Topic{"c/x"}},
		{"joining the line", said, waiting, []Topic{"c/x", TopicDesk}},
		{"a message in the line", waiting, more, []Topic{"c/x", TopicDesk}},
		{"a claim", waiting, held, []Topic{"c/x", TopicDesk, "a/a"}},
		{"a message to an agent", held, talk, []Topic{"c/x", "a/a"}},
	} {
		var got []Topic
		for _, s := range Signals(test.before, test.after) {
			got = append(got, s.Topic)
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s wakes %v, want %v", test.name, got, test.want)
		}
	}
}
