package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"emma/knowledge"
)

// shelf is a base with two topics; the article b2 exists in Spanish only.
type shelf struct{}

func (shelf) Search(context.Context, knowledge.Query) (knowledge.Result, error) {
	return knowledge.Result{}, nil
}

func (shelf) Known(string, string) float64 { return 0 }

func (shelf) Published(id, language string) (knowledge.Published, bool) {
	if id == "b2" && language == knowledge.English {
		return knowledge.Published{}, false
	}
	p := knowledge.Published{}
	p.ID, p.Language, p.Question = id, language, id+" in "+language
	return p, true
}

func (shelf) Topics(language string) []knowledge.Topic {
	b := []string{"b1", "b3"}
	if language == knowledge.Spanish {
		b = []string{"b1", "b2", "b3"}
	}
	return []knowledge.Topic{{ID: "a", Label: "A " + language, Articles: []string{"a1", "a2"}}, {ID: "b", Label: "B " + language, Articles: b}}
}

func edited(t *testing.T, e Edits) *Bot {
	t.Helper()
	phrases, err := DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	return New(shelf{}, phrases).Edited(e)
}

// chosen are the ids and labels of the choices that a quick reply leads to.
func chosen(t *testing.T, b *Bot, choice, language string) string {
	t.Helper()
	d, err := b.Decide(context.Background(), Question{Choice: choice, Memory: Memory{Language: language, Chosen: true}})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range d.Choices {
		all = append(all, c.ID+"="+c.Label)
	}
	return strings.Join(all, ", ")
}

func TestTheMenuStandsInTheEditorsOrder(t *testing.T) {
	b := edited(t, Edits{Menu: []MenuTopic{
		{ID: "gone", Articles: []string{"x"}}, // a topic that has no article any more
		{ID: "b", Labels: map[string]string{"en": "Bees", "es": "Abejas"}, Articles: []string{"b3", "gone", "b2"}},
	}})
	for _, test := range []struct{ choice, language, want string }{
		{"menu", "en", "topic:b=Bees, topic:a=A en, agent"},
		{"menu", "es", "topic:b=Abejas, topic:a=A es, agent"},
		{"topic:b", "en", "article:b3=b3 in en, article:b1=b1 in en, menu"},
		{"topic:b", "es", "article:b3=b3 in es, article:b2=b2 in es, article:b1=b1 in es, menu"},
		{"topic:a", "en", "article:a1=a1 in en, article:a2=a2 in en, menu"},
	} {
		if got := chosen(t, b, test.choice, test.language); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s in %s shows %s, want %s", test.choice, test.language, got, test.want)
		}
	}
	if label, ok := b.Label("topic:b", "es"); !ok || label != "Abejas" {
		t.Errorf("choosing the topic stands in the log as %q", label)
	}
	menu := b.Menu()
	if len(menu) != 2 || menu[0].ID != "b" || menu[0].Labels["en"] != "Bees" || menu[0].Usual["en"] != "B en" {
		t.Fatalf("the editor sees %+v", menu)
	}
	var ids []string
	for _, a := range menu[0].Articles {
		ids = append(ids, a.ID)
	}
	if want := []string{"b3", "b2", "b1"}; !slices.Equal(ids, want) {
		t.Errorf("the editor sees the articles %v, want %v", ids, want)
	}
	if _, english := menu[0].Articles[1].Questions["en"]; english || menu[0].Articles[1].Questions["es"] != "b2 in es" {
		t.Errorf("the article in Spanish only is shown as %+v", menu[0].Articles[1])
	}
	if usual := edited(t, Edits{}); chosen(t, usual, "menu", "en") != "topic:a=A en, topic:b=B en, agent=Talk to a person" {
		t.Errorf("the usual menu is %s", chosen(t, usual, "menu", "en"))
	}
}

func TestEditorsChangeWhatEmmaSays(t *testing.T) {
	b := edited(t, Edits{Say: map[string]map[string]string{
		"greeting":     {"en": "Welcome!", "es": "¡Bienvenida!"},
		"gone_warning": {"en": "No place here.", "es": "Aquí tampoco."}, // does not fit: left out
		"unheard_of":   {"en": "x", "es": "x"},
	}})
	for language, want := range map[string]string{"en": "Welcome!", "es": "¡Bienvenida!"} {
		d, err := b.Decide(context.Background(), Question{Text: map[string]string{"en": "hello", "es": "hola"}[language]})
		if err != nil || d.Text != want {
			t.Errorf("in %s Emma greets with %q (%v), want %q", language, d.Text, err, want)
		}
	}
	if !strings.Contains(b.Say("gone_warning", "en"), "{minutes}") || b.HasPhrase("unheard_of") {
		t.Error("a text that does not fit was taken over")
	}
	if New(shelf{}, b.Phrases).Say("greeting", "en") == edited(t, Edits{}).Say("greeting", "en") {
		t.Error("the bot that was edited did not change")
	}
}

func TestAPhraseIsCheckedBeforeItIsSaid(t *testing.T) {
	phrases, err := DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("ñ", longestPhrase)
	for _, test := range []struct{ key, en, es, language string }{
		{"greeting", "Hi", "Hola", ""},
		{"greeting", long, long, ""},
		{"greeting", "", "Hola", "en"},
		{"greeting", "Hi", " \n", "es"},
		{"greeting", "Hi", long + "ñ", "es"},
		{"greeting", "Hi\x00", "Hola", "en"},
		{"greeting", "Hi {name}", "Hola", "en"},
		{"long_wait", "From {low} to {high}.", "De {low} a {high}.", ""},
		{"long_wait", "{high}, {low}, {low}", "{low}{high}", ""},
		{"long_wait", "From {low} to {high}.", "Hasta {high}.", "es"},
		{"long_wait", "From {low} to {High}.", "De {low} a {high}.", "en"},
	} {
		err := phrases.CheckPhrase(test.key, map[string]string{"en": test.en, "es": test.es})
		var wrong *PhraseError
		errors.As(err, &wrong)
		if (err == nil) != (test.language == "") || wrong != nil && wrong.Language != test.language {
			t.Errorf("%s %q %q: %v", test.key, test.en, test.es, err)
		}
	}
	if phrases.CheckPhrase("unheard_of", map[string]string{"en": "Hi", "es": "Hola"}) == nil {
		t.Error("a phrase that does not exist was accepted")
	}
}

// TestEveryPhraseIsExplained reads what comes with the program: both languages have the
// same phrases with the same places, and an editor is told when each is said.
func TestEveryPhraseIsExplained(t *testing.T) {
	phrases, err := DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, about := range phrases.About() {
		if about.Group == "" || about.When == "" || explained[about.Key] {
			t.Errorf("%q is explained badly or twice", about.Key)
		}
		explained[about.Key] = true
	}
	for key, english := range phrases.say[knowledge.English] {
		if !explained[key] {
			t.Errorf("%q is not explained", key)
		}
		if err := phrases.CheckPhrase(key, map[string]string{"en": english, "es": phrases.say[knowledge.Spanish][key]}); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if len(explained) != len(phrases.say[knowledge.English]) || len(explained) != len(phrases.say[knowledge.Spanish]) {
		t.Errorf("%d are explained, %d English, %d Spanish", len(explained), len(phrases.say[knowledge.English]), len(phrases.say[knowledge.Spanish]))
	}
}
