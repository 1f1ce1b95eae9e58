package bot

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestEmmaListensForTheEditorsWords(t *testing.T) {
	usual, _ := starterBot(t)
	b := usual.Edited(Edits{Triggers: map[string]map[string][]string{
		"danger_emergency": {"en": {"Code Purple"}, "es": {"clave morada"}},
		"greeting":         {"en": {"ahoy there"}, "es": {"épale"}},
		"unheard_of":       {"en": {"x"}},
	}})
	for _, test := range []struct {
		text, kind string
		reason     Reason
		language   string
	}{
		{"CODE PURPLE!!!", "danger_emergency", Safety, "en"},
		{"please hurry it is a códe   purple in the lobby", "danger_emergency", Safety, "en"},
		{"es clave morada", "danger_emergency", Safety, "es"},
		{"Ahoy there!", "greeting", "", "en"},
		{"EPALE", "greeting", "", "es"},
	} {
		d := decide(t, b, test.text)
		if !slices.Contains(d.Signals, test.kind) || !slices.Contains(d.Signals, EditorsWords) || d.Reason != test.reason || d.Language != test.language {
			t.Errorf("%q is decided as %s %s in %s by %v", test.text, d.Action, d.Reason, d.Language, d.Signals)
		}
		if d := decide(t, usual, test.text); slices.Contains(d.Signals, EditorsWords) || d.Reason == Safety {
			t.Errorf("without the editors' words %q is decided as %s by %v", test.text, d.Reason, d.Signals)
		}
	}
	for _, text := range []string{"what does code mean on my purple notice", "ahoy there, how do I renew my green card", "x"} {
		if d := decide(t, b, text); slices.Contains(d.Signals, EditorsWords) {
			t.Errorf("%q is decided by the editors' words: %v", text, d.Signals)
		}
	}
	if d := decide(t, b, "I want to kill myself"); d.Reason != Safety {
		t.Errorf("the words that come with the program are forgotten: %v", d.Signals)
	}
}

func TestTheExamplesOfTriggersAreWhatEmmaKnowsByHerself(t *testing.T) {
	b, _ := starterBot(t)
	for _, trigger := range b.Triggers() {
		if b.Say(trigger.Kind, "en") == "" || trigger.When == "" {
			t.Errorf("%+v lacks words", trigger)
		}
		for language, examples := range trigger.Examples {
			for _, text := range examples {
				d := decide(t, b, text)
				if danger := trigger.Group == TriggerDanger; !slices.Contains(d.Signals, trigger.Kind) || (d.Reason == Safety) != danger || d.Language != language {
					t.Errorf("%q is decided as %s in %s by %v, want %s", text, d.Reason, d.Language, d.Signals, trigger.Kind)
				}
			}
		}
	}
}

func TestAWordingThatWouldHideAnswersIsRefused(t *testing.T) {
	usual, _ := starterBot(t)
	b := usual.Edited(Edits{Triggers: map[string]map[string][]string{"danger_violence": {"en": {"code purple"}}}})
	for _, test := range []struct{ kind, language, text, part string }{
		{"danger_emergency", "en", "green card", "Visitors who ask that would no longer get it"},
		{"danger_emergency", "en", "what is it", "almost every message"},
		{"danger_emergency", "en", "Code purple!", "stands under “Somebody is attacked or threatened.”"},
		{"danger_emergency", "es", "¿?…", "no words"},
		{"danger_emergency", "en", strings.Repeat("red ", 13), "longer than 12 words"},
		{"danger_emergency", "en", strings.Repeat("e", 81), "80 characters"},
		{"danger_emergency", "en", "code\x00purple", "no words"},
		{"danger_emergency", "fr", "au secours", "English and Spanish only"},
		{"ok", "en", "How do I renew my green card?", "Visitors who ask that would no longer get it"},
	} {
		_, err := b.CheckTrigger(test.kind, map[string][]string{test.language: {"a first one that is right", test.text}})
		var wrong *PhraseError
		if !errors.As(err, &wrong) || wrong.Language != test.language || !strings.Contains(wrong.Text, test.part) {
			t.Errorf("%q is taken, or refused as %v, want %s", test.text, err, test.part)
		}
	}
	if _, err := b.CheckTrigger("unheard_of", nil); err == nil {
		t.Error("a kind that does not exist is taken")
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = "purple " + strings.Repeat("ab", i%30) + string(rune('a'+i%26)) + string(rune('a'+i/26))
	}
	if _, err := b.CheckTrigger("thanks", map[string][]string{"en": many}); err == nil {
		t.Error("101 phrases are taken")
	}
	tidy, err := b.CheckTrigger("thanks", map[string][]string{"en": {"  much   obliged ", "", "much obliged"}})
	if err != nil || !slices.Equal(tidy["en"], []string{"much obliged"}) {
		t.Errorf("tidied up it is %q (%v)", tidy, err)
	}
}
